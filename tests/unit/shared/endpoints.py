"""Endpoints whose store does as it is told, and what is expected of all their answers."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, NoReturn

from sales_order_config.store import Stored
from tests.events import Answer
from tests.unit.shared.calls import PATH, request_event

STORED = Stored(value="20", version=3, updated_at="2021-07-13T20:18:25Z", request_id="r-0")
EVERYWHERE = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Request-Id": "the-gateways-id",
}


def event(**changes: Any) -> dict[str, Any]:
    made = request_event(**{"body": b'{"value": 20}', **changes})
    made["requestContext"]["requestId"] = "the-gateways-id"
    made["multiValueHeaders"]["X-Request-Id"] = ["the-clients-id"]
    return made


def failing(error: Exception) -> Callable[..., NoReturn]:
    """Something that raises this when it is called."""

    def fail(*_: object) -> NoReturn:
        raise error

    return fail


def assert_problem(answer: Answer, status: int, code: str, message: str) -> None:
    """A whole problem of an event that was made here."""
    assert answer.status == status
    assert (
        answer.headers.items()
        >= (EVERYWHERE | {"Content-Type": "application/problem+json"}).items()
    )
    assert answer.json == {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": message,
        "instance": PATH,
        "error_code": code,
        "message": message,
        "messages": [message],
        "request_id": "the-gateways-id",
    }
