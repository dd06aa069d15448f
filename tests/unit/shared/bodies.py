"""Reading a body as a write does, and what is said of it."""

from collections.abc import Mapping
from typing import Any

from sales_order_config.body import read_json
from sales_order_config.problem import Problem
from tests.unit.shared.calls import problem_of, request_event, request_of

type Body = bytes | str | None
type Headers = Mapping[str, list[str]]


def read(body: Body, headers: Headers | None = None) -> Any:
    return read_json(request_of(request_event(body=body, headers=headers)))


def refusal(body: Body, headers: Headers | None = None) -> Problem:
    return problem_of(lambda: read(body, headers))


def faults(body: Body) -> list[str]:
    """The messages of a 400."""
    problem = refusal(body)
    assert problem.code == "bad_request"
    return problem.messages
