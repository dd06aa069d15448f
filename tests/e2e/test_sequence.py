"""The order ID sequence is written once, whoever writes at the same time."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.e2e.client import Answer, Client
from tests.e2e.target import LocalStack

WRITERS = 50
WARM_SECONDS = 5
NAME = "order_id_sequence"


def _all_at_once(api: Client, values: list[Any]) -> list[Answer]:
    with ThreadPoolExecutor(len(values)) as pool:
        return list(pool.map(lambda value: api.put(NAME, value), values))


@pytest.fixture
def _warm(api: Client) -> None:
    """Bursts until they are quick: the emulator unpacks every layer for each worker it starts."""
    for size in (10, 25, *[WRITERS] * 4):
        began = time.monotonic()
        _all_at_once(api, ["not valid"] * size)
        if size == WRITERS and time.monotonic() - began < WARM_SECONDS:
            return


def test_it_can_be_set_once(api: Client) -> None:
    first = api.put(NAME, {"prefix": "NS", "size": 16})
    again = api.put(NAME, {"prefix": "NS", "size": 16, "start": 1, "step": 1})
    other = api.put(NAME, {"prefix": "NS", "size": 17})
    invalid = api.put(NAME, {"prefix": "NS", "size": 2})

    assert (first.status, again.status, again.json) == (200, 200, first.json)
    assert (other.status, other.json["error_code"]) == (409, "immutable")
    assert (invalid.status, invalid.json["messages"][0].partition(":")[0]) == (400, "value.size")
    assert api.get(NAME).json["value"] == first.json["value"]


@pytest.mark.usefixtures("_warm")
def test_of_fifty_different_first_writes_exactly_one_wins(api: Client) -> None:
    answers = _all_at_once(api, [{"start": start} for start in range(1, WRITERS + 1)])

    assert Counter(answer.status for answer in answers) == {200: 1, 409: WRITERS - 1}
    losers = {answer.json["error_code"] for answer in answers if answer.status == 409}
    assert losers == {"immutable"}
    winner = next(answer for answer in answers if answer.status == 200)
    stored = api.get(NAME).json
    assert {name: stored[name] for name in ("value", "updated_at")} == winner.json


@pytest.mark.usefixtures("_warm")
def test_fifty_equal_first_writes_are_all_answered_alike(api: Client) -> None:
    answers = _all_at_once(api, [{"prefix": "EQ"}] * WRITERS)

    assert {answer.status for answer in answers} == {200}
    assert len({answer.raw for answer in answers}) == 1


def test_it_survives_a_restart(api: Client, stack: LocalStack) -> None:
    value = {"prefix": "GD", "size": 11, "start": 1234, "step": 1}
    webhook = {"url": "https://oms.example.com", "api_key": "not-a-real-key", "timeout": 5}
    first = api.put(NAME, value)
    assert (first.status, api.put("external_order_webhook", webhook).status) == (200, 200)

    stack.stop()
    stack.start()

    assert api.put(NAME, value).json == first.json
    assert api.put(NAME, value | {"step": 2}).status == 409
    assert api.get(NAME).json["value"] == value
    assert api.get("external_order_webhook").json["value"] == webhook
    assert api.call("DELETE", f"/config/sales_order/{NAME}").status == 405
    assert api.with_token(None).get(NAME).json["error_code"] == "unauthorized"
