"""Each function's block holds exactly what its name implies; all that is equal is in Globals."""

import tomllib
from importlib import import_module
from typing import Any

import pytest

from tests.contract.project import CONFIG_NAMES, ROOT, SEQUENCE, WEBHOOK, logical_id, path_of

GATEWAY_TIMEOUT = 29
REVISION = {"Ref": "Revision"}  # SAM does not take it in Globals
READ_POLICIES = {WEBHOOK: ["ReadPolicy", "DecryptPolicy"]}
WRITE_POLICIES = {
    SEQUENCE: ["ReadPolicy", "WriteOncePolicy"],
    WEBHOOK: ["ReadPolicy", "WritePolicy", "DecryptPolicy", "EncryptPolicy"],
}


def block(
    config_name: str, verb: str, policies: list[str], *methods: str
) -> dict[str, dict[str, Any] | str]:
    environment = {"Variables": {"KEY_ID": {"Fn::GetAtt": "Key.Arn"}}}
    return {
        "Type": "AWS::Serverless::Function",
        "Properties": {
            "Handler": f"{config_name}.{verb}.handler",
            "AutoPublishCodeSha256": REVISION,
            "Policies": [{"Ref": policy} for policy in policies],
            "Events": {
                method.title(): api_event(path_of(config_name), method) for method in methods
            },
            **({"Environment": environment} if config_name == WEBHOOK else {}),
        },
    }


def api_event(path: str, method: str, **more: Any) -> dict[str, Any]:
    properties = {"RestApiId": {"Ref": "Api"}, "Path": path, "Method": method, **more}
    return {"Type": "Api", "Properties": properties}


@pytest.mark.parametrize("config_name", CONFIG_NAMES)
def test_a_read_answers_get_and_may_read(resources: dict[str, Any], config_name: str) -> None:
    policies = READ_POLICIES.get(config_name, ["ReadPolicy"])
    expected = block(config_name, "get", policies, "GET")
    assert resources[logical_id(config_name, "get")] == expected


@pytest.mark.parametrize("config_name", CONFIG_NAMES)
def test_a_write_answers_put_and_post_and_may_do_what_its_kind_needs(
    resources: dict[str, Any], config_name: str
) -> None:
    policies = WRITE_POLICIES.get(config_name, ["WritePolicy"])
    expected = block(config_name, "put", policies, "PUT", "POST")
    assert resources[logical_id(config_name, "put")] == expected


def test_the_fallback_takes_the_rest_without_a_token_and_may_do_nothing(
    resources: dict[str, Any],
) -> None:
    nobody = {"Authorizer": "NONE"}
    assert resources["Fallback"] == {
        "Type": "AWS::Serverless::Function",
        "Properties": {
            "Handler": "fallback.any.handler",
            "AutoPublishCodeSha256": REVISION,
            "Events": {
                "Root": api_event("/", "ANY", Auth=nobody),
                "Rest": api_event("/{proxy+}", "ANY", Auth=nobody),
            },
        },
    }


def test_the_authorizer_has_its_own_layer_and_settings_and_may_do_nothing(
    resources: dict[str, Any],
) -> None:
    assert resources["Authorizer"] == {
        "Type": "AWS::Serverless::Function",
        "Properties": {
            "Handler": "authorizer.authorize.handler",
            "AutoPublishCodeSha256": REVISION,
            "Layers": [{"Ref": "AuthorizerLayer"}],
            "Environment": {
                "Variables": {
                    "ISSUER_TEMPLATE": {"Ref": "IssuerTemplate"},
                    "KEYS_URL_TEMPLATE": {"Ref": "KeysUrlTemplate"},
                    "AUDIENCE": {"Ref": "Audience"},
                }
            },
        },
    }


def test_what_is_equal_is_in_globals(template: dict[str, Any]) -> None:
    assert template["Globals"] == {
        "Function": {
            "Runtime": "python3.13",
            "Architectures": [{"Ref": "Architecture"}],
            "CodeUri": "functions",
            "MemorySize": {"Ref": "MemoryMiB"},
            "AutoPublishAlias": "live",
            "AutoPublishAliasAllProperties": True,
            "SnapStart": {"ApplyOn": {"Fn::If": ["HasSnapStart", "PublishedVersions", "None"]}},
            "ProvisionedConcurrencyConfig": {
                "Fn::If": [
                    "HasProvisionedConcurrency",
                    {"ProvisionedConcurrentExecutions": {"Ref": "ProvisionedConcurrency"}},
                    {"Ref": "AWS::NoValue"},
                ]
            },
            "Timeout": 12,
            "Tracing": "Active",
            "Layers": [{"Ref": "SharedLayer"}, {"Ref": "DependenciesLayer"}],
            "LoggingConfig": {"LogGroup": {"Ref": "Logs"}, "LogFormat": "JSON"},
            "Environment": {
                "Variables": {
                    "TABLE_NAME": {"Ref": "Table"},
                    "POWERTOOLS_SERVICE_NAME": "sales-order-config",
                }
            },
        }
    }


def test_snapshots_and_warm_instances_are_off_and_exclude_each_other(
    template: dict[str, Any],
) -> None:
    assert template["Parameters"]["SnapStart"]["Default"] == "false"
    assert template["Parameters"]["ProvisionedConcurrency"]["Default"] == 0
    asked_for = {"Fn::Equals": [{"Ref": "SnapStart"}, "true"]}
    no_instances = {"Fn::Equals": [{"Ref": "ProvisionedConcurrency"}, 0]}
    assert template["Conditions"]["HasSnapStart"] == asked_for
    assert template["Conditions"]["HasProvisionedConcurrency"] == {"Fn::Not": [no_instances]}
    (rule,) = template["Rules"].values()
    assert rule["RuleCondition"] == asked_for
    assert [assertion["Assert"] for assertion in rule["Assertions"]] == [no_instances]


def test_a_function_ends_before_the_gateway_gives_it_up(template: dict[str, Any]) -> None:
    assert template["Globals"]["Function"]["Timeout"] == 12 < GATEWAY_TIMEOUT


def test_every_handler_exists(functions: dict[str, Any]) -> None:
    for function in functions.values():
        module, _, name = function["Handler"].rpartition(".")
        assert callable(getattr(import_module(module), name))


def test_only_the_webhook_knows_the_key(functions: dict[str, Any]) -> None:
    knowing = {
        logical_id
        for logical_id, function in functions.items()
        if "KEY_ID" in function.get("Environment", {}).get("Variables", {})
    }
    assert knowing == {"ExternalOrderWebhookGet", "ExternalOrderWebhookPut"}


def test_the_python_version_is_the_same_everywhere(
    template: dict[str, Any], resources: dict[str, Any]
) -> None:
    layers = [r for r in resources.values() if r["Type"] == "AWS::Serverless::LayerVersion"]
    assert template["Globals"]["Function"]["Runtime"] == "python3.13"
    assert len(layers) == 3
    assert all(layer["Properties"]["CompatibleRuntimes"] == ["python3.13"] for layer in layers)
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert pyproject["project"]["requires-python"] == "==3.13.*"
    makefile = (ROOT / "layers/Makefile").read_text()
    assert "--python-version 3.13 " in makefile
    assert "--platform manylinux2014_$(MACHINE)" in makefile
    assert "--require-hashes" in makefile


@pytest.mark.parametrize("layer", ["SharedLayer", "DependenciesLayer", "AuthorizerLayer"])
def test_every_layer_is_built_by_the_makefile(resources: dict[str, Any], layer: str) -> None:
    assert resources[layer] == {
        "Type": "AWS::Serverless::LayerVersion",
        "Metadata": {"BuildMethod": "makefile", "BuildArchitecture": {"Ref": "Architecture"}},
        "Properties": {
            "ContentUri": "layers",
            "CompatibleRuntimes": ["python3.13"],
            "RetentionPolicy": "Delete",
        },
    }
    assert f"\nbuild-{layer}:\n" in (ROOT / "layers/Makefile").read_text()
