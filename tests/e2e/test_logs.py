"""What the functions log: who did what, and never a secret or a token."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from tests.e2e.client import Client
from tests.e2e.target import WRITE, LocalStack
from tools.local import deployment

KEY = "never-to-be-logged-0815"


def test_no_secret_and_no_token_reaches_a_log(
    api: Client, scoped: Callable[[str], Client], stack: LocalStack, tenant: str
) -> None:
    began = int(time.time() * 1000)
    writer = scoped(WRITE)
    webhook = {"url": "https://oms.example.com", "api_key": KEY}
    assert writer.put("external_order_webhook", webhook).status == 200
    assert writer.put("external_order_webhook", webhook | {"nonsense": KEY}).status == 400
    assert api.get("external_order_webhook").json["value"]["api_key"] == KEY
    assert api.with_token(f"{api.token}{KEY}").get("external_oms").status == 403
    stranger = "e30." + (api.token or "").partition(".")[2]
    assert api.with_token(stranger).get("external_oms").status == 403

    messages = list(_messages(stack, began))

    everything = "\n".join(messages)
    assert KEY not in everything
    for token in (api.token, writer.token, stranger):
        assert token is not None
        assert token[-40:] not in everything
    assert "the token is refused" in everything
    lines: list[dict[str, Any]] = [json.loads(text) for text in messages if tenant in text]
    assert [(line["method"], line["status"]) for line in lines] == [
        ("PUT", 200),
        ("PUT", 400),
        ("GET", 200),
    ]


def _messages(stack: LocalStack, began: int) -> Iterator[str]:
    """What was logged since then, in milliseconds since 1970."""
    logs = deployment.session().client("logs", endpoint_url=stack.emulator_url)
    groups = logs.describe_log_groups()["logGroups"]
    for group in groups:
        pages = logs.get_paginator("filter_log_events").paginate(
            logGroupName=group["logGroupName"], startTime=began
        )
        for page in pages:
            yield from (event["message"] for event in page["events"])
