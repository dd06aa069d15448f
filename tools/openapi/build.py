"""The contract as a whole: its paths, from operations.yaml, the models and the events."""

import base64
import json
from pathlib import Path
from typing import Any

import yaml

from sales_order_config.cipher import mask
from sales_order_config.document import Document
from tools.openapi import components
from tools.openapi.components import READ_SCOPE, REF, WRITE_SCOPE
from tools.schemas import PlainJsonSchema, all_documents, published

FILE = Path("docs/openapi.json")
EVENTS = Path("events")
OPERATIONS = Path(__file__).with_name("operations.yaml")
EXAMPLE_TIME = "2021-07-13T20:18:25Z"

READ_CODES = (
    *("bad_request", "unauthorized", "forbidden", "not_found", "too_many_requests"),
    *("internal_server_error", "service_unavailable"),
)
WRITE_CODES = (*READ_CODES, "payload_too_large", "unsupported_media_type")
# What only one document's write answers.
MORE_WRITE_CODES = {"order_id_sequence": ("immutable",), "external_order_webhook": ("conflict",)}


def contract() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    models = {document.config_name: document for document in all_documents()}
    resources = yaml.safe_load(OPERATIONS.read_text())
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "API to manage sales order configurations",
            "version": "0.1.0",
            "description": "Six documents per tenant tell the platform how to treat a retailer's "
            "orders. The tenant is the realm that issued the access token. Any write may be "
            "repeated: one whose effective value is the stored one is 200 and changes nothing. "
            "Every error is `application/problem+json`.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "jsonSchemaDialect": PlainJsonSchema.schema_dialect,
        "servers": [
            {
                "url": "https://{tenant}.{stage}.newstore.net/v0",
                "description": "The platform",
                "variables": {"tenant": {"default": "mycompany"}, "stage": {"default": "p"}},
            },
            {"url": "http://127.0.0.1:3000/v0", "description": "The local stack (make run)"},
        ],
        "security": [{"newStoreAccessToken": [READ_SCOPE]}],
        "tags": [{"name": r["title"], "description": r["about"]} for r in resources.values()],
        "paths": {
            f"/config/sales_order/{config_name}": _path(resource, models[config_name])
            for config_name, resource in resources.items()
        },
        "components": components.of(list(models.values())),
    }


def text() -> str:
    """The file's text."""
    return json.dumps(contract(), indent=2, ensure_ascii=False) + "\n"


def request_example(config_name: str) -> Any:
    """The body of the document's event."""
    event = json.loads((EVENTS / config_name / "put.json").read_bytes())
    body = event["body"]
    return json.loads(base64.b64decode(body) if event["isBase64Encoded"] else body)


def _path(resource: dict[str, Any], model: type[Document]) -> dict[str, Any]:
    words = "".join(word.title() for word in model.config_name.split("_"))
    put = _write(resource, model)
    return {
        "get": {"operationId": f"get{words}", **_read(resource, model)},
        "put": {"operationId": f"set{words}", **put},
        "post": {
            "operationId": f"post{words}",
            **put,
            "summary": f"{put['summary']} (POST)",
            "description": f"The same as PUT. {put['description']}",
        },
    }


def _read(resource: dict[str, Any], model: type[Document]) -> dict[str, Any]:
    set_ = _answer(model) | {"schema": published(model)["schema"]}
    examples = {"set": {"summary": "As it is set", "value": set_}}
    if model.default is not None:
        never_set = set_ | {"value": model.default, "updated_at": None}
        examples["never_set"] = {"summary": "The default, never set", "value": never_set}
    return {
        "tags": [resource["title"]],
        **resource["get"],
        "responses": {
            "200": _success(f"{REF}{model.__name__}", examples),
            **components.problems(*READ_CODES),
        },
    }


def _write(resource: dict[str, Any], model: type[Document]) -> dict[str, Any]:
    description = "\n\n".join(
        filter(None, [resource["put"]["description"], resource.get("beyond_schema")])
    )
    examples = {"written": {"summary": "As it is stored now", "value": _answer(model)}}
    more = MORE_WRITE_CODES.get(model.config_name, ())
    return {
        "tags": [resource["title"]],
        "summary": resource["put"]["summary"],
        "description": description,
        "security": [{"newStoreAccessToken": [WRITE_SCOPE]}],
        "requestBody": {
            "required": True,
            "description": "At most 65,536 bytes of JSON in UTF-8.",
            "content": {
                "application/json": {
                    "schema": {"$ref": f"{REF}{model.__name__}Write"},
                    "examples": {
                        "write": {
                            "summary": "A write",
                            "value": request_example(model.config_name),
                        }
                    },
                }
            },
        },
        "responses": {
            "200": _success(f"{REF}{model.__name__}Written", examples),
            **components.problems(*WRITE_CODES, *more),
        },
    }


def _answer(model: type[Document]) -> dict[str, Any]:
    """What is answered to the example's write: the effective value, its secret masked."""
    value = model.parse(request_example(model.config_name)).effective_value()
    if isinstance(value, dict) and "api_key" in value:
        value["api_key"] = mask(value["api_key"])
    return {"value": value, "updated_at": EXAMPLE_TIME}


def _success(schema: str, examples: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": "The document",
        "headers": components.header_refs(
            "Cache-Control", "X-Content-Type-Options", "X-Request-Id"
        ),
        "content": {"application/json": {"schema": {"$ref": schema}, "examples": examples}},
    }
