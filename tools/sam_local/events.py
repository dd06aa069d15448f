"""The events of events/: which function each is for, and the HTTP request it stands for."""

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sales_order_config.routes import ROUTES
from tools.local.issuer import Issuer

# One error is that of a sequence that is set, another that of a webhook that is not.
LAST_FOLDERS = ("errors", "external_order_webhook", "authorizer")
# The other headers of an event are made by the gateway or by the connection.
HEADERS_OF_A_CLIENT = frozenset({"accept", "authorization", "content-encoding", "content-type"})


@dataclass(frozen=True)
class Event:
    """name: folder and case, `external_oms/put`; function: its logical id in the template."""

    name: str
    file: Path
    content: dict[str, Any]
    function: str


@dataclass(frozen=True)
class HttpRequest:
    """path: below the stage, with the query."""

    method: str
    path: str
    headers: list[tuple[str, str]]
    body: bytes | None


def load(folder: Path, template: dict[str, Any]) -> list[Event]:
    """Every event in the folder, in an order in which they can be sent one after the other.

    Raises LookupError that names an event for which the template has no function.
    """
    return [_event(file, template) for file in sorted(folder.glob("*/*.json"), key=_place)]


def is_answered_by_its_path(event: Event) -> bool:
    """Whether a function decides by requestContext.path: a trailing slash, an undeclared method."""
    path, context = event.content["path"], event.content["requestContext"]
    return path.endswith("/") or ("{" in context["resourcePath"] and context["path"] in ROUTES)


def request(event: Event, issuer: Issuer) -> HttpRequest:
    """What a client would send for it, with a token of the event's caller where it has one."""
    content = event.content
    query: dict[str, list[str]] = content.get("multiValueQueryStringParameters") or {}
    caller: dict[str, Any] = content["requestContext"].get("authorizer") or {}
    headers = [
        (name, value)
        for name, values in content["multiValueHeaders"].items()
        for value in values
        if name.lower() in HEADERS_OF_A_CLIENT
    ]
    if caller:
        token = issuer.token(
            caller["tenant"], caller["client_id"], caller["scope"], exp=int(caller["expires_at"])
        )
        headers = [(name, value) for name, value in headers if name.lower() != "authorization"]
        headers.append(("Authorization", f"Bearer {token}"))
    return HttpRequest(
        method=content["httpMethod"],
        path=content["path"] + (f"?{urlencode(query, doseq=True)}" if query else ""),
        headers=headers,
        body=_body(content),
    )


def _event(file: Path, template: dict[str, Any]) -> Event:
    name = f"{file.parent.name}/{file.stem}"
    content = json.loads(file.read_bytes())
    for logical_id, resource in template["Resources"].items():
        if resource["Type"] == "AWS::Serverless::Function" and _is_for(
            resource["Properties"], file.parent.name, content
        ):
            return Event(name, file, content, logical_id)
    raise LookupError(f"{file}: the template has no function for it")


def _is_for(function: dict[str, Any], folder: str, content: dict[str, Any]) -> bool:
    if content.get("type") == "REQUEST":  # an authorizer's own
        return str(function["Handler"]).startswith(f"{folder}.")
    return any(
        route["Properties"]["Path"] == content["resource"]
        and route["Properties"]["Method"] in (content["httpMethod"], "ANY")
        for route in function.get("Events", {}).values()
    )


def _place(file: Path) -> tuple[int, Path]:
    folder = file.parent.name
    return LAST_FOLDERS.index(folder) + 1 if folder in LAST_FOLDERS else 0, file


def _body(content: dict[str, Any]) -> bytes | None:
    body: str | None = content.get("body")
    if body is None:
        return None
    return base64.b64decode(body) if content.get("isBase64Encoded") else body.encode()
