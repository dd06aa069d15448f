"""A bare boto3 handler: no validation, no logs, no error shape."""

import base64
import json
import os
from datetime import UTC, datetime

import boto3

dynamodb = boto3.client("dynamodb")
TABLE_NAME = os.environ["TABLE_NAME"]


def handler(event, context):
    tenant = event["requestContext"]["authorizer"]["tenant"]
    key = {"tenant": {"S": tenant}, "config_name": {"S": "grace_period"}}
    if event["httpMethod"] == "GET":
        item = dynamodb.get_item(TableName=TABLE_NAME, Key=key, ConsistentRead=True)["Item"]
    else:
        body = json.loads(base64.b64decode(event["body"]))
        item = dynamodb.update_item(
            TableName=TABLE_NAME,
            Key=key,
            UpdateExpression="SET #value = :value, updated_at = :now",
            ExpressionAttributeNames={"#value": "value"},
            ExpressionAttributeValues={
                ":value": {"S": json.dumps(body["value"])},
                ":now": {"S": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")},
            },
            ReturnValues="ALL_NEW",
        )["Attributes"]
    answer = {"value": json.loads(item["value"]["S"]), "updated_at": item["updated_at"]["S"]}
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps(answer),
    }
