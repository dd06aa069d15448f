"""Least privilege: what each kind of function may do, and that nobody may do more.

The emulator enforces the DynamoDB half of it in the end-to-end tests; it never fills
kms:EncryptionContext, so that the keys' conditions are shown here only.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.project import CONFIG_NAMES, WEBHOOK, logical_id

TABLE = {"Fn::GetAtt": "Table.Arn"}
KEY = {"Fn::GetAtt": "Key.Arn"}
WITH_ITS_CONTEXT = {
    "StringEquals": {"kms:EncryptionContext:config_name": WEBHOOK},
    "Null": {"kms:EncryptionContext:tenant": "false"},
    "ForAllValues:StringEquals": {"kms:EncryptionContextKeys": ["tenant", "config_name"]},
}
STATEMENTS = {
    "ReadPolicy": {"Action": "dynamodb:GetItem", "Resource": TABLE},
    "WritePolicy": {"Action": "dynamodb:UpdateItem", "Resource": TABLE},
    "WriteOncePolicy": {"Action": "dynamodb:PutItem", "Resource": TABLE},
    "DecryptPolicy": {"Action": "kms:Decrypt", "Resource": KEY, "Condition": WITH_ITS_CONTEXT},
    "EncryptPolicy": {"Action": "kms:Encrypt", "Resource": KEY, "Condition": WITH_ITS_CONTEXT},
}


def found_under(name: str, tree: Any) -> Iterator[Any]:
    """Every value of a member of this name, however deep."""
    match tree:
        case dict():
            for key, value in tree.items():
                if key == name:
                    yield value
                yield from found_under(name, value)
        case list():
            for item in tree:
                yield from found_under(name, item)


@pytest.mark.parametrize("policy", STATEMENTS)
def test_a_policy_grants_one_action_on_one_resource(resources: dict[str, Any], policy: str) -> None:
    assert resources[policy] == {
        "Type": "AWS::IAM::ManagedPolicy",
        "Properties": {
            "PolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", **STATEMENTS[policy]}],
            }
        },
    }


def test_there_are_no_other_policies_or_roles(resources: dict[str, Any]) -> None:
    iam = {name for name, resource in resources.items() if "::IAM::" in resource["Type"]}
    assert iam == set(STATEMENTS)
    kinds = {resource["Type"] for resource in resources.values()}
    assert kinds == {
        "AWS::Serverless::Api",
        "AWS::Serverless::Function",
        "AWS::Serverless::LayerVersion",
        "AWS::DynamoDB::Table",
        "AWS::KMS::Key",
        "AWS::Logs::LogGroup",
        "AWS::IAM::ManagedPolicy",
    }


def test_a_function_has_policies_by_reference_only(
    template: dict[str, Any], functions: dict[str, Any]
) -> None:
    assert not {"Policies", "Role"} & template["Globals"]["Function"].keys()
    for function in functions.values():
        assert "Role" not in function
        assert all(policy.keys() == {"Ref"} for policy in function.get("Policies", []))
        assert {policy["Ref"] for policy in function.get("Policies", [])} <= STATEMENTS.keys()


def test_nobody_may_delete_scan_query_or_do_everything(
    resources: dict[str, Any], template: dict[str, Any]
) -> None:
    apart_from_the_key = {name: r for name, r in resources.items() if name != "Key"}
    assert sorted(found_under("Action", apart_from_the_key)) == [
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "kms:Decrypt",
        "kms:Encrypt",
    ]
    assert not list(found_under("NotAction", template))
    assert not list(found_under("NotResource", template))
    assert "*" not in list(found_under("Resource", apart_from_the_key))


def users(functions: dict[str, Any], policy: str) -> set[str]:
    return {
        n for n, function in functions.items() if {"Ref": policy} in function.get("Policies", [])
    }


def test_only_the_webhooks_two_functions_may_use_the_key(functions: dict[str, Any]) -> None:
    assert users(functions, "DecryptPolicy") == {
        "ExternalOrderWebhookGet",
        "ExternalOrderWebhookPut",
    }
    assert users(functions, "EncryptPolicy") == {"ExternalOrderWebhookPut"}


def test_only_the_sequence_may_put_and_it_may_not_update(functions: dict[str, Any]) -> None:
    writes = {logical_id(config_name, "put") for config_name in CONFIG_NAMES}
    assert users(functions, "WriteOncePolicy") == {"OrderIdSequencePut"}
    assert users(functions, "WritePolicy") == writes - {"OrderIdSequencePut"}


def test_the_authorizer_and_the_fallback_may_use_no_data(functions: dict[str, Any]) -> None:
    assert "Policies" not in functions["Authorizer"]
    assert "Policies" not in functions["Fallback"]


def test_the_keys_own_policy_leaves_it_to_the_accounts_policies(
    resources: dict[str, Any],
) -> None:
    root = {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}
    assert resources["Key"]["Properties"]["KeyPolicy"] == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "AccountDecidesByPolicies",
                "Effect": "Allow",
                "Principal": {"AWS": root},
                "Action": "kms:*",
                "Resource": "*",
            }
        ],
    }
