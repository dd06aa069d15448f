"""The table, the key and the logs: what prod keeps, and what stays how long."""

from typing import Any

import pytest

KEPT_ON_PROD = {"Fn::If": ["IsProd", "Retain", "Delete"]}
ON_PROD = {"Fn::If": ["IsProd", True, False]}


def test_prod_is_the_environment_prod(template: dict[str, Any]) -> None:
    assert template["Conditions"]["IsProd"] == {"Fn::Equals": [{"Ref": "Environment"}, "prod"]}
    assert template["Parameters"]["Environment"]["AllowedValues"] == ["local", "dev", "prod"]
    assert "Default" not in template["Parameters"]["Environment"]


def test_a_deletion_policy_may_depend_on_the_environment(template: dict[str, Any]) -> None:
    """Only with this transform, and before SAM's."""
    assert template["Transform"] == ["AWS::LanguageExtensions", "AWS::Serverless-2016-10-31"]


@pytest.mark.parametrize("kept", ["Table", "Key"])
def test_prod_keeps_table_and_key_when_the_stack_goes(resources: dict[str, Any], kept: str) -> None:
    assert resources[kept]["DeletionPolicy"] == KEPT_ON_PROD
    assert resources[kept]["UpdateReplacePolicy"] == KEPT_ON_PROD


def test_the_table_has_one_item_per_tenant_and_config_name(resources: dict[str, Any]) -> None:
    assert resources["Table"]["Properties"] == {
        "BillingMode": "PAY_PER_REQUEST",
        "DeletionProtectionEnabled": ON_PROD,
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": ON_PROD},
        "KeySchema": [
            {"AttributeName": "tenant", "KeyType": "HASH"},
            {"AttributeName": "config_name", "KeyType": "RANGE"},
        ],
        "AttributeDefinitions": [
            {"AttributeName": "tenant", "AttributeType": "S"},
            {"AttributeName": "config_name", "AttributeType": "S"},
        ],
    }


def test_the_key_is_rotated(resources: dict[str, Any]) -> None:
    properties = resources["Key"]["Properties"]
    assert properties.keys() == {"Description", "EnableKeyRotation", "KeyPolicy"}
    assert properties["EnableKeyRotation"] is True


def test_there_is_one_log_group_and_it_forgets(
    template: dict[str, Any], resources: dict[str, Any], functions: dict[str, Any]
) -> None:
    groups = [r for r in resources.values() if r["Type"] == "AWS::Logs::LogGroup"]
    assert groups == [resources["Logs"]]
    assert resources["Logs"]["Properties"] == {"RetentionInDays": {"Ref": "LogRetentionDays"}}
    assert template["Parameters"]["LogRetentionDays"]["Default"] == 30
    assert template["Globals"]["Function"]["LoggingConfig"]["LogGroup"] == {"Ref": "Logs"}
    assert not any("LoggingConfig" in function for function in functions.values())


def test_whoever_deploys_finds_what_was_made(template: dict[str, Any]) -> None:
    url = "https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/v0"
    assert template["Outputs"]["ApiUrl"]["Value"] == {"Fn::Sub": url}
    assert template["Outputs"]["ApiId"]["Value"] == {"Ref": "Api"}
    assert template["Outputs"]["TableName"]["Value"] == {"Ref": "Table"}
