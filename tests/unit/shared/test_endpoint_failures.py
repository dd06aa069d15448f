"""What an endpoint says when something goes wrong, and what it logs."""

from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from sales_order_config import store
from sales_order_config.documents.grace_period import GracePeriod
from sales_order_config.endpoint import read, write
from sales_order_config.problem import Problem
from tests.events import Answer, feed
from tests.unit.shared.calls import PATH
from tests.unit.shared.conftest import Logged
from tests.unit.shared.endpoints import STORED, assert_problem, event, failing

PRIVATE = "a private thing"


def failed_write(error: Exception) -> Answer:
    return feed(write(GracePeriod, failing(error)), event())


def problem_from(cause: Exception) -> Problem:
    problem = Problem("service_unavailable")
    problem.__cause__ = cause
    return problem


# Failures


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError(PRIVATE),
        KeyError(PRIVATE),
        RecursionError(PRIVATE),
        ClientError({"Error": {"Code": "AccessDenied", "Message": PRIVATE}}, "PutItem"),
    ],
)
def test_an_unexpected_exception_is_a_500_that_says_nothing_of_it(
    error: Exception, logged: Logged
) -> None:
    answer = failed_write(error)
    assert_problem(answer, 500, "internal_server_error", "Internal Server Error")
    failure, answered = logged()
    assert failure["level"] == "ERROR"
    assert failure["exception"] == type(error).__name__
    assert any(" in fail\n" in frame for frame in failure["frames"])
    assert answered["status"] == 500
    assert PRIVATE not in str([answer, failure, answered])


def test_a_broken_event_is_a_500(logged: Logged) -> None:
    broken = event()
    del broken["requestContext"]["authorizer"]["expires_at"]
    assert_problem(
        feed(write(GracePeriod), broken), 500, "internal_server_error", "Internal Server Error"
    )
    assert logged()[0]["exception"] == "KeyError"


def test_a_service_that_is_down_is_a_503_with_retry_after_and_a_logged_cause(
    logged: Logged,
) -> None:
    throttled = ClientError(
        {"Error": {"Code": "ThrottlingException", "Message": PRIVATE}}, "UpdateItem"
    )
    answer = failed_write(problem_from(throttled))
    assert_problem(answer, 503, "service_unavailable", "Service Unavailable")
    assert answer.headers["Retry-After"] == "5"
    failure, _ = logged()
    assert failure["error_code"] == "service_unavailable"
    assert failure["exception"] == "ClientError"
    assert failure["service_error"] == "ThrottlingException"
    assert PRIVATE not in str(failure)


def test_a_service_that_is_silent_is_logged_without_its_address(logged: Logged) -> None:
    failed_write(problem_from(ReadTimeoutError(endpoint_url=f"https://{PRIVATE}")))
    failure, _ = logged()
    assert failure["exception"] == "ReadTimeoutError"
    assert "service_error" not in failure
    assert PRIVATE not in str(failure)


# The log


def test_every_call_is_one_line(logged: Logged) -> None:
    feed(write(GracePeriod, lambda *_: STORED), event(tenant="beta"))
    (line,) = logged()
    assert line["level"] == "INFO"
    assert line["message"] == "answered"
    assert line["method"] == "PUT"
    assert line["path"] == PATH
    assert line["status"] == 200
    assert line["tenant"] == "beta"
    assert line["correlation_id"] == "the-gateways-id"


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"body": f'{{"value": "{PRIVATE}"}}'.encode()},
        {"body": f'{{"{PRIVATE}": 1}}'.encode()},
        {"body": PRIVATE},
        {"query": {PRIVATE: [PRIVATE]}},
        {"expires_at": "0"},
        {"expires_at": PRIVATE},
    ],
)
def test_no_token_and_nothing_of_the_body_or_query_is_logged(
    changes: dict[str, Any], logged: Logged
) -> None:
    made = event(headers={"Authorization": [f"Bearer {PRIVATE}"]}, **changes)
    feed(write(GracePeriod, lambda *_: STORED), made)
    lines = logged()
    assert lines[-1]["message"] == "answered"
    assert PRIVATE not in str(lines)


# Cold start


@pytest.mark.parametrize("on_lambda", [True, False])
def test_the_client_is_made_during_init_and_on_lambda_only(
    monkeypatch: pytest.MonkeyPatch, *, on_lambda: bool
) -> None:
    made: list[bool] = []
    monkeypatch.setattr(store, "dynamodb", lambda: made.append(True))
    if on_lambda:
        monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "GracePeriodGet")
    else:
        monkeypatch.delenv("AWS_LAMBDA_FUNCTION_NAME", raising=False)
    read("grace_period")
    assert made == [True] * on_lambda
