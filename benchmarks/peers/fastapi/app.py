"""FastAPI behind Mangum."""

import json
import os
from datetime import UTC, datetime
from typing import Annotated

import boto3
from fastapi import FastAPI, Request
from mangum import Mangum
from pydantic import BaseModel, Field

app = FastAPI()
dynamodb = boto3.client("dynamodb")
TABLE_NAME = os.environ["TABLE_NAME"]
PATH = "/config/sales_order/grace_period"


class GracePeriod(BaseModel):
    value: Annotated[int, Field(ge=0, le=2_147_483_647)]


class Stored(GracePeriod):
    updated_at: str


def key(request):
    tenant = request.scope["aws.event"]["requestContext"]["authorizer"]["tenant"]
    return {"tenant": {"S": tenant}, "config_name": {"S": "grace_period"}}


def stored(item) -> Stored:
    return Stored(value=json.loads(item["value"]["S"]), updated_at=item["updated_at"]["S"])


@app.get(PATH)
def get(request: Request) -> Stored:
    found = dynamodb.get_item(TableName=TABLE_NAME, Key=key(request), ConsistentRead=True)
    return stored(found["Item"])


@app.put(PATH)
def put(document: GracePeriod, request: Request) -> Stored:
    updated = dynamodb.update_item(
        TableName=TABLE_NAME,
        Key=key(request),
        UpdateExpression="SET #value = :value, updated_at = :now",
        ExpressionAttributeNames={"#value": "value"},
        ExpressionAttributeValues={
            ":value": {"S": json.dumps(document.value)},
            ":now": {"S": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")},
        },
        ReturnValues="ALL_NEW",
    )
    return stored(updated["Attributes"])


handler = Mangum(app, lifespan="off")
