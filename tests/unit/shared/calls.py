"""Calls of the API, made from the events in events/."""

import base64
import itertools
import json
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import pytest

from sales_order_config.endpoint import Handler
from sales_order_config.problem import Problem
from sales_order_config.request import Request
from tests import events
from tests.events import Answer, Context

SECRETS = "newstore:configuration:write newstore:configuration:secrets"
PATH = "/v0/config/sales_order/external_oms"

_numbers = itertools.count()


def new_tenant() -> str:
    """A tenant that has set nothing."""
    return f"tenant-{next(_numbers)}"


def request_event(
    name: str = "external_oms/put",
    *,
    body: bytes | str | None = b'{"value": {"enabled": true}}',
    headers: Mapping[str, list[str]] | None = None,
    query: Mapping[str, list[str]] | None = None,
    path: str = PATH,
    **caller: Any,
) -> dict[str, Any]:
    """The event of events/{name}.json with changes.

    body: bytes come in base64, as the gateway hands JSON over; text comes as text. headers: added
    to the event's, in exchange for those of the same name; query: None for none, as the gateway
    has it. caller: changes to the authorizer's context.
    """
    event = events.load(name)
    event["isBase64Encoded"] = isinstance(body, bytes)
    event["body"] = base64.b64encode(body).decode() if isinstance(body, bytes) else body
    event["multiValueHeaders"] |= headers or {}
    event["multiValueQueryStringParameters"] = query
    event["requestContext"]["path"] = path
    event["requestContext"]["authorizer"] |= caller
    return event


def request_of(event: dict[str, Any]) -> Request:
    return Request.of(event, Context())


def problem_of(call: Callable[[], object]) -> Problem:
    """The problem that a call ends with."""
    with pytest.raises(Problem) as raised:
        call()
    return raised.value


def put(config_name: str, value: Any, tenant: str, scope: str = SECRETS) -> Answer:
    """Write through the deployed handler."""
    return put_body(config_name, {"value": value}, tenant, scope)


def put_body(config_name: str, body: Any, tenant: str, scope: str = SECRETS) -> Answer:
    name = f"{config_name}/put"
    raw = json.dumps(body).encode()
    return events.feed(handler(name), request_event(name, body=raw, tenant=tenant, scope=scope))


def get(config_name: str, tenant: str, scope: str = SECRETS) -> Answer:
    """Read through the deployed handler."""
    name = f"{config_name}/get"
    return events.feed(handler(name), request_event(name, body=None, tenant=tenant, scope=scope))


def handler(name: str) -> Handler:
    """The handler of functions/{name}.py."""
    found: Handler = import_module(name.replace("/", ".")).handler
    return found
