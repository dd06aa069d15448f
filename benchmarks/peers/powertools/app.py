"""The Powertools way: Logger, Tracer, Metrics, event handler, Pydantic."""

import json
import os
from datetime import UTC, datetime
from typing import Annotated

import boto3
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from pydantic import BaseModel, Field

logger = Logger()
tracer = Tracer()
metrics = Metrics()
app = APIGatewayRestResolver(enable_validation=True)
dynamodb = boto3.client("dynamodb")
TABLE_NAME = os.environ["TABLE_NAME"]
PATH = "/config/sales_order/grace_period"


class GracePeriod(BaseModel):
    value: Annotated[int, Field(ge=0, le=2_147_483_647)]


class Stored(GracePeriod):
    updated_at: str


def key():
    tenant = app.current_event.request_context.authorizer["tenant"]
    return {"tenant": {"S": tenant}, "config_name": {"S": "grace_period"}}


def stored(item) -> Stored:
    return Stored(value=json.loads(item["value"]["S"]), updated_at=item["updated_at"]["S"])


@app.get(PATH)
@tracer.capture_method
def get() -> Stored:
    found = dynamodb.get_item(TableName=TABLE_NAME, Key=key(), ConsistentRead=True)
    return stored(found["Item"])


@app.put(PATH)
@tracer.capture_method
def put(document: GracePeriod) -> Stored:
    updated = dynamodb.update_item(
        TableName=TABLE_NAME,
        Key=key(),
        UpdateExpression="SET #value = :value, updated_at = :now",
        ExpressionAttributeNames={"#value": "value"},
        ExpressionAttributeValues={
            ":value": {"S": json.dumps(document.value)},
            ":now": {"S": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")},
        },
        ReturnValues="ALL_NEW",
    )
    return stored(updated["Attributes"])


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_REST)
@tracer.capture_lambda_handler
@metrics.log_metrics
def handler(event, context):
    metrics.add_metric(name="Calls", unit=MetricUnit.Count, value=1)
    answer = app.resolve(event, context)
    logger.info("answered", status=answer["statusCode"])
    return answer
