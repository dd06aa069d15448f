"""The template as plain data, and an AWS of one test."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
import yaml
from moto import mock_aws

from sales_order_config import aws
from tests.contract.project import ROOT

REGION = "eu-west-1"


class CloudFormationLoader(yaml.SafeLoader):
    """Reads `!Ref x` as {"Ref": x} and `!If […]` as {"Fn::If": […]}; refuses duplicate keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        assert len(names) == len(set(names)), f"a duplicate key{node.start_mark}"
        return super().construct_mapping(node, deep=deep)


def _function(loader: CloudFormationLoader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    match node:
        case yaml.ScalarNode():
            return {name: loader.construct_scalar(node)}
        case yaml.SequenceNode():
            return {name: loader.construct_sequence(node, deep=True)}
        case yaml.MappingNode():
            return {name: loader.construct_mapping(node, deep=True)}
        case _:
            raise TypeError(node)


yaml.add_multi_constructor("!", _function, CloudFormationLoader)


@pytest.fixture(scope="session")
def template() -> dict[str, Any]:
    text = (ROOT / "template.yaml").read_text()
    loaded: dict[str, Any] = yaml.load(text, CloudFormationLoader)
    return loaded


@pytest.fixture(scope="session")
def resources(template: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = template["Resources"]
    return found


@pytest.fixture(scope="session")
def functions(resources: dict[str, Any]) -> dict[str, Any]:
    """Logical id -> properties of every function."""
    return {
        logical_id: resource["Properties"]
        for logical_id, resource in resources.items()
        if resource["Type"] == "AWS::Serverless::Function"
    }


@pytest.fixture(scope="session")
def api(resources: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = resources["Api"]["Properties"]
    return found


@pytest.fixture
def table(resources: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An AWS (moto) that holds the template's table, empty, and a key; the table is handed out."""
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("TABLE_NAME", "config")
    declared = resources["Table"]["Properties"]
    with mock_aws():
        aws.client.cache_clear()
        key = boto3.client("kms").create_key()["KeyMetadata"]["Arn"]
        monkeypatch.setenv("KEY_ID", key)
        yield boto3.resource("dynamodb").create_table(
            TableName="config",
            BillingMode=declared["BillingMode"],
            KeySchema=declared["KeySchema"],
            AttributeDefinitions=declared["AttributeDefinitions"],
        )
    aws.client.cache_clear()
