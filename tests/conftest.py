"""What more than one room of tests needs: the template, and an AWS made of it."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from hypothesis import HealthCheck, settings
from moto import mock_aws

from sales_order_config import aws
from tests import template as templates

REGION = "eu-west-1"

# No test's outcome depends on the clock.
settings.register_profile(
    "project", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("project")


@pytest.fixture(scope="session")
def template() -> dict[str, Any]:
    return templates.load()


@pytest.fixture(scope="session")
def resources(template: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = template["Resources"]
    return found


@pytest.fixture(scope="module")
def cloud(resources: dict[str, Any]) -> Iterator[Any]:
    """An AWS (moto) that holds the template's table and a key, for the tests of one module.

    The table is handed out. Each test takes a tenant of its own, or begins with `table`.
    """
    declared = resources["Table"]["Properties"]
    with pytest.MonkeyPatch.context() as environment, mock_aws():
        for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN"):
            environment.delenv(name, raising=False)
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            environment.setenv(name, "testing")
        environment.setenv("AWS_DEFAULT_REGION", REGION)
        environment.setenv("TABLE_NAME", "config")
        environment.setenv("KEY_ID", boto3.client("kms").create_key()["KeyMetadata"]["Arn"])
        aws.client.cache_clear()
        yield boto3.resource("dynamodb").create_table(
            TableName="config",
            BillingMode=declared["BillingMode"],
            KeySchema=declared["KeySchema"],
            AttributeDefinitions=declared["AttributeDefinitions"],
        )
    aws.client.cache_clear()


@pytest.fixture
def table(cloud: Any) -> Any:
    """The cloud's table, empty."""
    for item in cloud.scan()["Items"]:
        cloud.delete_item(Key={name: item[name] for name in ("tenant", "config_name")})
    return cloud
