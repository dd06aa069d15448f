"""The emulator enforces IAM: every role may do what its function does, and nothing else."""

from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.e2e.target import LocalStack
from tools.local import deployment

KEY = {"tenant": {"S": "least-privilege"}, "config_name": {"S": "none"}}
CALLS: dict[str, Callable[[Any, str], Any]] = {
    "GetItem": lambda table, name: table.get_item(TableName=name, Key=KEY),
    "PutItem": lambda table, name: table.put_item(TableName=name, Item=KEY),
    "UpdateItem": lambda table, name: table.update_item(TableName=name, Key=KEY),
    "DeleteItem": lambda table, name: table.delete_item(TableName=name, Key=KEY),
    "Scan": lambda table, name: table.scan(TableName=name),
    "Query": lambda table, name: table.query(
        TableName=name,
        KeyConditionExpression="tenant = :tenant",
        ExpressionAttributeValues={":tenant": KEY["tenant"]},
    ),
}
READ, WRITE, WRITE_ONCE = {"GetItem"}, {"UpdateItem"}, {"GetItem", "PutItem"}
ROLES = {
    "Authorizer": set[str](),
    "Fallback": set[str](),
    "ExternalOmsGet": READ,
    "ExternalOmsPut": WRITE,
    "OrderIdSequenceGet": READ,
    "OrderIdSequencePut": WRITE_ONCE,
    "GracePeriodGet": READ,
    "GracePeriodPut": WRITE,
    "CancelableLocationsGet": READ,
    "CancelableLocationsPut": WRITE,
    "BigSalesOrderGet": READ,
    "BigSalesOrderPut": WRITE,
    "ExternalOrderWebhookGet": READ,
    "ExternalOrderWebhookPut": READ | WRITE,
}


@pytest.mark.parametrize("function", ROLES)
def test_a_role_may_do_what_its_function_needs_and_nothing_else(
    stack: LocalStack, function: str
) -> None:
    name = deployment.outputs(stack.emulator_url)["TableName"]
    table = _as_role(stack, f"{function}Role").client("dynamodb", endpoint_url=stack.emulator_url)

    outcomes = {action: _outcome(call, table, name) for action, call in CALLS.items()}

    assert outcomes == {
        action: "allowed" if action in ROLES[function] else "AccessDeniedException"
        for action in CALLS
    }


@pytest.mark.parametrize("function", [name for name in ROLES if "Webhook" not in name])
def test_no_other_role_may_use_the_key(stack: LocalStack, function: str) -> None:
    kms = _as_role(stack, f"{function}Role").client("kms", endpoint_url=stack.emulator_url)
    with pytest.raises(ClientError, match="AccessDenied"):
        kms.encrypt(KeyId=_physical(stack, "Key"), Plaintext=b"x")


def _outcome(call: Callable[[Any, str], Any], table: Any, name: str) -> str:
    try:
        call(table, name)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "allowed"


def _as_role(stack: LocalStack, logical_id: str) -> boto3.Session:
    sts = deployment.session().client("sts", endpoint_url=stack.emulator_url)
    iam = deployment.session().client("iam", endpoint_url=stack.emulator_url)
    arn = iam.get_role(RoleName=_physical(stack, logical_id))["Role"]["Arn"]
    credentials = sts.assume_role(RoleArn=arn, RoleSessionName="test")["Credentials"]
    return boto3.Session(
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials["SessionToken"],
        region_name="us-east-1",
    )


def _physical(stack: LocalStack, logical_id: str) -> str:
    cloudformation = deployment.session().client("cloudformation", endpoint_url=stack.emulator_url)
    found = cloudformation.describe_stack_resources(
        StackName=deployment.STACK_NAME, LogicalResourceId=logical_id
    )
    return found["StackResources"][0]["PhysicalResourceId"]
