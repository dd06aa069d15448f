"""A request's way: what a read and a write answer, and the order of their checks."""

import json
from typing import Any

import pytest

from sales_order_config import endpoint, store
from sales_order_config.documents.grace_period import GracePeriod
from sales_order_config.documents.order_id_sequence import OrderIdSequence
from sales_order_config.endpoint import read, write
from sales_order_config.problem import Problem
from sales_order_config.request import Request
from sales_order_config.store import Stored
from tests.events import feed
from tests.unit.shared.calls import PATH
from tests.unit.shared.endpoints import EVERYWHERE, STORED, assert_problem, event, failing

# Answers


def test_a_write_answers_what_is_stored_now() -> None:
    answer = feed(write(GracePeriod, lambda *_: STORED), event(body=b'{"value": 3}'))
    assert answer.status == 200
    assert answer.headers == EVERYWHERE | {"Content-Type": "application/json"}
    assert answer.json == {"value": 20, "updated_at": "2021-07-13T20:18:25Z"}


def test_a_write_stores_what_was_sent_for_the_caller() -> None:
    saved: list[tuple[str, Any]] = []

    def save(request: Request, document: GracePeriod) -> Stored:
        saved.append((request.tenant, document.effective_value()))
        return STORED

    feed(write(GracePeriod, save), event(body=b'{"value": 3}', tenant="beta"))
    assert saved == [("beta", 3)]


def test_a_read_answers_what_is_stored_and_the_schema_of_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store, "get", lambda *_: STORED)
    answer = feed(read("grace_period"), event(name="external_oms/get", body=None))
    published = json.loads((endpoint.DOCUMENTS / "grace_period.json").read_bytes())
    assert answer.status == 200
    assert answer.headers == EVERYWHERE | {"Content-Type": "application/json"}
    assert answer.json == {
        "value": 20,
        "updated_at": "2021-07-13T20:18:25Z",
        "schema": published["schema"],
    }


def test_a_read_of_what_was_never_set_answers_the_default_without_a_date(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store, "get", lambda *_: None)
    answer = feed(read("external_oms"), event(body=None))
    assert answer.status == 200
    assert answer.json["value"] == {"enabled": False}
    assert answer.json["updated_at"] is None


def test_a_read_of_what_was_never_set_and_has_no_default_is_not_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store, "get", lambda *_: None)
    answer = feed(read("grace_period"), event(body=None))
    assert_problem(answer, 404, "not_found", "This document has never been set.")


def test_read_and_write_show_the_value_as_the_document_reveals_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def reveal(request: Request, stored: Stored) -> Any:
        return [request.tenant, stored.value]

    monkeypatch.setattr(store, "get", lambda *_: STORED)
    for handler in (read("grace_period", reveal), write(GracePeriod, lambda *_: STORED, reveal)):
        assert feed(handler, event()).json["value"] == ["acme", "20"]


# The order of the checks

EVERYTHING_WRONG: dict[str, Any] = {
    "expires_at": "0",
    "path": f"{PATH}/",
    "query": {"dry_run": ["true"]},
    "body": b"\xff" * 65_537,
    "headers": {"Content-Type": ["text/plain"]},
}
MENDED: list[tuple[dict[str, Any], int, str]] = [
    ({}, 403, "The access token has expired."),
    ({"expires_at": "4102444800"}, 404, "There is nothing at this path."),
    ({"path": PATH}, 400, "dry_run: unknown query parameter"),
    ({"query": None}, 413, "The body is larger than 65536 bytes."),
    ({"body": b"\xff"}, 415, "Content-Type: must be application/json, in UTF-8."),
    ({"headers": {}}, 400, "body: is not valid UTF-8"),
    ({"body": b'{"value": {"size": 0, "size": 65}}'}, 400, "value.size: stands more than once"),
    ({"body": b'{"value": {"prefix": null}}'}, 400, "value.prefix: Input should be a valid string"),
    ({"body": b'{"value": {}}'}, 409, "This document is already set and can't be changed."),
]


@pytest.mark.parametrize("mended", range(len(MENDED)))
def test_the_first_of_all_faults_is_the_answer(mended: int) -> None:
    changes = EVERYTHING_WRONG
    for change, _, _ in MENDED[: mended + 1]:
        changes = changes | change
    immutable = Problem("immutable", "This document is already set and can't be changed.")
    answer = feed(write(OrderIdSequence, failing(immutable)), event(**changes))
    _, status, message = MENDED[mended]
    assert (answer.status, answer.messages) == (status, [message])


@pytest.mark.parametrize("name", ["expires_at", "path", "query"])
def test_a_read_is_refused_as_a_write_is(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(store, "get", failing(AssertionError()))
    answer = feed(read("external_oms"), event(body=None, **{name: EVERYTHING_WRONG[name]}))
    assert answer.status in (403, 404, 400)


def test_a_read_looks_at_no_body(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "get", lambda *_: STORED)
    for body in (None, b"\xff", "{"):
        assert feed(read("grace_period"), event(body=body)).status == 200
