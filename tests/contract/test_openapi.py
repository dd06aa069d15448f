"""The contract: what is committed is what the models say, and every example is true to it."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from authorizer import authorize
from sales_order_config import request
from sales_order_config.problem import CODES
from sales_order_config.routes import ROUTES
from tests.contract.project import CONFIG_NAMES, ROOT, path_of
from tools.local import issuer
from tools.openapi import build, components
from tools.openapi.build import contract

CONTRACT = contract()
METHODS = ("get", "put", "post")
READ_STATUSES = {"200", "400", "401", "403", "404", "429", "500", "503"}
WRITE_STATUSES = READ_STATUSES | {"413", "415"}


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in CONTRACT["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def resolved(part: dict[str, Any]) -> dict[str, Any]:
    """What a reference to a component stands for."""
    if "$ref" not in part:
        return part
    found: Any = CONTRACT
    for name in part["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return dict(found)


def contents() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every body with a schema and examples, by where it stands."""
    for path, method, operation in operations():
        bodies = {
            "request": operation.get("requestBody", {"content": {}}),
            **operation["responses"],
        }
        for status, body in bodies.items():
            for media in resolved(body)["content"].values():
                yield f"{method} {path} {status}", media


def test_the_committed_contract_is_what_the_models_say() -> None:
    """`make openapi` writes it anew."""
    assert build.FILE.read_text() == build.text()


def test_every_document_has_three_operations_in_the_order_of_the_routes() -> None:
    assert [f"/v0{path}" for path in CONTRACT["paths"]] == list(ROUTES)
    assert all(tuple(methods) == METHODS for methods in CONTRACT["paths"].values())
    ids = [operation["operationId"] for _, _, operation in operations()]
    assert len(ids) == len(set(ids)) == 18


def test_every_operation_says_what_it_is_and_what_it_answers() -> None:
    for _, method, operation in operations():
        assert operation["summary"]
        assert operation["description"]
        expected = READ_STATUSES if method == "get" else WRITE_STATUSES
        assert expected <= operation["responses"].keys() <= expected | {"409"}


@pytest.mark.parametrize(("where", "media"), list(contents()))
def test_every_example_satisfies_its_schema(where: str, media: dict[str, Any]) -> None:
    assert media["examples"], where
    schema = media["schema"] | {"components": CONTRACT["components"]}
    for example in media["examples"].values():
        Draft202012Validator(schema).validate(example["value"])


@pytest.mark.parametrize("config_name", CONFIG_NAMES)
def test_a_writes_example_is_its_event(config_name: str) -> None:
    for method in ("put", "post"):
        request_body = CONTRACT["paths"][path_of(config_name)][method]["requestBody"]
        (example,) = request_body["content"]["application/json"]["examples"].values()
        event = json.loads((ROOT / "events" / config_name / "put.json").read_bytes())
        body = event["body"]
        sent = base64.b64decode(body) if event["isBase64Encoded"] else body
        assert example["value"] == json.loads(sent)


@pytest.mark.parametrize("config_name", CONFIG_NAMES)
def test_post_is_put_under_another_name(config_name: str) -> None:
    put, post = (CONTRACT["paths"][path_of(config_name)][method] for method in ("put", "post"))
    own = {"operationId", "summary", "description"}
    assert {k: v for k, v in put.items() if k not in own} == {
        k: v for k, v in post.items() if k not in own
    }


def test_the_scopes_are_the_same_ones_everywhere() -> None:
    used = [authorize.READ_SCOPE, authorize.WRITE_SCOPE, request.SECRETS_SCOPE]
    assert used == list(components.SCOPES) == list(issuer.SCOPES)


def test_every_code_of_the_error_table_has_a_response() -> None:
    examples = {
        name: resolved(response)["content"]["application/problem+json"]["examples"]
        for name, response in CONTRACT["components"]["responses"].items()
    }
    assert {code for each in examples.values() for code in each} == set(CODES)
