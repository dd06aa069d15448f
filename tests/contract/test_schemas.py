"""The published schemas: built from the models, valid, and true of what is answered."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from tests.contract.project import CONFIG_NAMES
from tools.schemas import FOLDER, all_documents, text

DEFAULTS = {
    "big_sales_order": {"soft_limit_for_big_orders": 100},
    "cancelable_locations": ["store"],
    "external_oms": {"enabled": False},
    "external_order_webhook": None,
    "grace_period": None,
    "order_id_sequence": None,
}
WITH_DEFAULT = [name for name, default in DEFAULTS.items() if default is not None]


def published(config_name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{config_name}.json").read_bytes())
    return found


def validator(config_name: str) -> Draft202012Validator:
    schema = published(config_name)["schema"]
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("document", all_documents(), ids=lambda document: document.config_name)
def test_a_published_file_is_what_the_model_says(document: Any) -> None:
    """`make schemas` writes it anew."""
    assert (FOLDER / f"{document.config_name}.json").read_text() == text(document)


@pytest.mark.parametrize("config_name", CONFIG_NAMES)
def test_a_schema_is_a_valid_one_and_says_so(config_name: str) -> None:
    schema = published(config_name)["schema"]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    assert schema["required"] == ["value", "updated_at"]
    assert schema["properties"].keys() == {"value", "updated_at", "schema"}


@pytest.mark.parametrize("config_name", CONFIG_NAMES)
def test_a_default_is_the_designs(config_name: str) -> None:
    assert published(config_name)["default"] == DEFAULTS[config_name]


@pytest.mark.parametrize("config_name", WITH_DEFAULT)
def test_the_answer_that_holds_the_default_satisfies_its_schema(config_name: str) -> None:
    file = published(config_name)
    answer = {"value": file["default"], "updated_at": None, "schema": file["schema"]}
    validator(config_name).validate(answer)


@pytest.mark.parametrize("config_name", CONFIG_NAMES)
def test_only_a_document_with_a_default_may_be_without_a_date(config_name: str) -> None:
    updated_at = published(config_name)["schema"]["properties"]["updated_at"]
    kind = ["string", "null"] if config_name in WITH_DEFAULT else "string"
    assert updated_at == {"type": kind, "format": "date-time"}


@pytest.mark.parametrize(
    ("config_name", "value"),
    [
        ("big_sales_order", {"soft_limit_for_big_orders": 0}),
        ("big_sales_order", {"soft_limit_for_big_orders": 100, "x": 1}),
        ("big_sales_order", {}),
        ("cancelable_locations", []),
        ("cancelable_locations", ["shop"]),
        ("external_oms", {"enabled": None}),
        ("external_oms", {"enabled": 0}),
        ("external_order_webhook", {"url": "https://example.com"}),
        ("external_order_webhook", {"url": "http://example.com", "api_key": "x"}),
        ("external_order_webhook", {"url": "https://example.com", "api_key": "x", "timeout": 26}),
        ("grace_period", -1),
        ("grace_period", 20.5),
        ("grace_period", 2_147_483_648),
        ("order_id_sequence", {"step": 0}),
        ("order_id_sequence", {"prefix": "N S"}),
        ("order_id_sequence", {"size": 65}),
    ],
)
def test_a_schema_refuses_what_is_refused(config_name: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        validator(config_name).validate({"value": value, "updated_at": "2021-07-13T20:18:25Z"})


def test_the_grace_periods_schema_has_the_known_title_and_descriptions() -> None:
    schema = published("grace_period")["schema"]
    assert schema["title"] == "Schema for setting timer duration for on hold orders"
    assert schema["type"] == "object"
    assert schema["required"] == ["value", "updated_at"]
    assert schema["properties"]["value"]["description"] == "Timer duration in seconds"
    assert schema["properties"]["value"]["type"] == "integer"
    assert schema["properties"]["updated_at"] == {"type": "string", "format": "date-time"}


@pytest.mark.parametrize(
    ("config_name", "value"),
    [
        ("external_oms", {"enabled": False}),
        ("order_id_sequence", {"prefix": "NS", "size": 16, "start": 1, "step": 2}),
        ("grace_period", 20),
    ],
)
def test_the_references_own_samples_satisfy_the_schemas(config_name: str, value: Any) -> None:
    validator(config_name).validate({"value": value, "updated_at": "2021-07-13T20:18:25Z"})
