"""The contract's components: schemas from the models, problems from the error table."""

from http import HTTPStatus
from typing import Any

from pydantic.json_schema import models_json_schema

from sales_order_config.document import SERVICE_MEMBERS, Document
from sales_order_config.problem import CODES, Problem
from tools.schemas import PlainJsonSchema, published

REF = "#/components/schemas/"
REQUEST_ID = "f4f06701-1e55-5c52-a0dd-714e11f2baca"

READ_SCOPE, WRITE_SCOPE, SECRETS_SCOPE = (
    f"newstore:configuration:{name}" for name in ("read", "write", "secrets")
)
SCOPES = {
    READ_SCOPE: "Read every document",
    WRITE_SCOPE: "Write every document, and read it",
    SECRETS_SCOPE: "See secrets in clear where they are masked otherwise",
}

# What a code's example says; a code that is not here says its status.
MESSAGES = {
    "bad_request": "dry_run: unknown query parameter",
    "unauthorized": "An access token is required.",
    "forbidden": "The access token is not valid or does not allow this.",
    "not_found": "This document has never been set.",
    "immutable": "This document is already set and can't be changed.",
    "conflict": "Other writes of this document came first.",
    "method_not_allowed": "This path knows GET, POST, PUT only.",
    "payload_too_large": "The body is larger than 65536 bytes.",
    "unsupported_media_type": "Content-Type: must be application/json, in UTF-8.",
    "too_many_requests": "Too many requests; try again later.",
}


def of(models: list[type[Document]]) -> dict[str, Any]:
    """The components of a contract of these documents."""
    return {
        "schemas": _schemas(models),
        "responses": {_name(code): _problem_response(code) for code in CODES},
        "headers": _headers(),
        "securitySchemes": {"newStoreAccessToken": _security_scheme()},
    }


def _name(code: str) -> str:
    return "".join(word.title() for word in code.split("_"))


def problems(*codes: str) -> dict[str, Any]:
    """Status -> reference to the response of each code."""
    return {
        str(CODES[code][0].value): {"$ref": f"#/components/responses/{_name(code)}"}
        for code in sorted(codes, key=lambda code: CODES[code][0])
    }


def _problem_response(code: str) -> dict[str, Any]:
    status, headers = CODES[code]
    faults = [MESSAGES[code]] if status == HTTPStatus.BAD_REQUEST else []
    problem = Problem(code, MESSAGES.get(code), faults=faults)
    body = problem.body(instance="/v0/config/sales_order/external_oms", request_id=REQUEST_ID)
    common = ("Cache-Control", "X-Content-Type-Options", "X-Request-Id")
    more = ("Allow",) if code == "method_not_allowed" else ()
    return {
        "description": f"{status.phrase}: `{code}`",
        "headers": header_refs(*common, *headers, *more),
        "content": {
            "application/problem+json": {
                "schema": {"$ref": f"{REF}Problem"},
                "examples": {code: {"summary": status.phrase, "value": body}},
            }
        },
    }


def header_refs(*names: str) -> dict[str, Any]:
    """Name -> reference to the header."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _headers() -> dict[str, Any]:
    texts = {
        "Allow": "The methods that the path knows",
        "Cache-Control": "`no-store`",
        "Retry-After": "Seconds after which to try again",
        "WWW-Authenticate": "`Bearer`",
        "X-Content-Type-Options": "`nosniff`",
        "X-Request-Id": "The request's id, as in an error's `request_id`",
    }
    return {
        name: {
            "description": description,
            "schema": {"type": "integer" if name == "Retry-After" else "string"},
        }
        for name, description in texts.items()
    }


def _schemas(models: list[type[Document]]) -> dict[str, Any]:
    _, definitions = models_json_schema(
        [(model, "validation") for model in models],
        ref_template=f"{REF}{{model}}",
        schema_generator=PlainJsonSchema,
    )
    schemas: dict[str, Any] = definitions["$defs"]
    for model in models:
        body = schemas.pop(model.__name__)
        answer = published(model)["schema"]["properties"] | body["properties"]
        schemas |= {
            model.__name__: body
            | {"properties": answer, "required": ["value", "updated_at", "schema"]},
            f"{model.__name__}Written": body
            | {
                "properties": body["properties"]
                | {"updated_at": {"type": "string", "format": "date-time"}},
                "required": ["value", "updated_at"],
            },
            f"{model.__name__}Write": body
            | {
                "properties": body["properties"]
                | {
                    name: {"description": "Ignored: what GET answered can be sent back."}
                    for name in sorted(SERVICE_MEMBERS)
                }
            },
        }
    return dict(sorted((schemas | {"Problem": _problem_schema()}).items()))


def _problem_schema() -> dict[str, Any]:
    string = {"type": "string"}
    properties = {
        "type": {"type": "string", "format": "uri-reference"},
        "title": string,
        "status": {"type": "integer"},
        "detail": string,
        "instance": {"type": "string", "description": "The request's path"},
        "error_code": {"type": "string", "enum": list(CODES)},
        "message": string,
        "messages": {
            "type": "array",
            "items": string,
            "description": "Every fault of a 400, each naming its place first, at most 100",
        },
        "request_id": string,
    }
    return {
        "title": "Problem",
        "description": "Problem details (RFC 9457)",
        "type": "object",
        "properties": properties,
        "required": list(properties),
    }


def _security_scheme() -> dict[str, Any]:
    return {
        "type": "oauth2",
        "description": "A JWT of the tenant's realm, as a bearer token",
        "flows": {
            "clientCredentials": {
                "tokenUrl": "http://127.0.0.1:3000/auth/realms/acme/protocol/openid-connect/token",
                "scopes": SCOPES,
            }
        },
    }
