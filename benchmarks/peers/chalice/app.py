"""Chalice."""

import json
import os
from datetime import UTC, datetime

import boto3
from chalice import Chalice

app = Chalice(app_name="peer")
dynamodb = boto3.client("dynamodb")
TABLE_NAME = os.environ["TABLE_NAME"]
PATH = "/config/sales_order/grace_period"


def key():
    tenant = app.current_request.context["authorizer"]["tenant"]
    return {"tenant": {"S": tenant}, "config_name": {"S": "grace_period"}}


def answer(item):
    return {"value": json.loads(item["value"]["S"]), "updated_at": item["updated_at"]["S"]}


@app.route(PATH, methods=["GET"])
def get():
    return answer(dynamodb.get_item(TableName=TABLE_NAME, Key=key(), ConsistentRead=True)["Item"])


@app.route(PATH, methods=["PUT"])
def put():
    updated = dynamodb.update_item(
        TableName=TABLE_NAME,
        Key=key(),
        UpdateExpression="SET #value = :value, updated_at = :now",
        ExpressionAttributeNames={"#value": "value"},
        ExpressionAttributeValues={
            ":value": {"S": json.dumps(app.current_request.json_body["value"])},
            ":now": {"S": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")},
        },
        ReturnValues="ALL_NEW",
    )
    return answer(updated["Attributes"])


handler = app
