"""What make sam-local takes for equal, and what not."""

import json
from typing import Any

import pytest

from tools.sam_local.compare import differences, is_the_gateways_own, status

PROBLEM = {"status": 404, "instance": "/v0/x", "messages": ["No."], "request_id": "a"}
DOCUMENT = {"value": {"enabled": True}, "updated_at": "2026-11-25T12:00:00Z"}
ALLOW = {
    "principalId": "client",
    "policyDocument": {"Statement": [{"Effect": "Allow", "Resource": ["arn:1"]}]},
}


def answer(body: dict[str, Any], status: int = 200, **headers: str) -> dict[str, Any]:
    return {
        "statusCode": status,
        "headers": {"X-Request-Id": "a", "Content-Type": "application/json"} | headers,
        "body": json.dumps(body),
    }


@pytest.mark.parametrize(
    "equal",
    [
        answer(DOCUMENT),
        answer(DOCUMENT | {"updated_at": "2026-11-25T12:00:01Z"}),
        answer(DOCUMENT, 200, **{"X-Request-Id": "b"}),
        answer(dict(reversed(DOCUMENT.items()))),
        {**answer(DOCUMENT), "headers": {"x-request-id": "a", "content-type": "application/json"}},
    ],
)
def test_times_request_ids_order_and_a_headers_case_make_no_difference(
    equal: dict[str, Any],
) -> None:
    assert differences(answer(DOCUMENT), equal) == []


@pytest.mark.parametrize(
    ("other", "difference"),
    [
        (answer(DOCUMENT, status=201), "statusCode: 201, deployed: 200"),
        (answer(DOCUMENT, Allow="GET"), 'headers.allow: "GET", deployed: absent'),
        (answer(DOCUMENT | {"updated_at": None}), "body.updated_at: null, deployed: a time"),
        (answer(DOCUMENT | {"value": {}}), "body.value: {}, deployed: absent"),
        (
            answer(DOCUMENT | {"value": {"enabled": 1}}),
            "body.value.enabled: 1, deployed: true",
        ),
    ],
)
def test_everything_else_is_a_difference_that_names_its_place(
    other: dict[str, Any], difference: str
) -> None:
    assert difference in differences(answer(DOCUMENT), other)


def test_a_problem_may_name_another_request() -> None:
    assert differences(answer(PROBLEM, 404), answer(PROBLEM | {"request_id": "b"}, 404)) == []


def test_over_http_a_functions_answer_is_compared_whole() -> None:
    other = answer(PROBLEM | {"messages": ["Never."]}, 404, Server="Werkzeug")
    assert differences(answer(PROBLEM, 404), other, over_http=True) == [
        'body.messages.0: "Never.", deployed: "No."'
    ]


def test_the_status_is_the_first_difference() -> None:
    assert differences(answer(DOCUMENT), answer(PROBLEM, 404))[0].startswith("statusCode")


def test_an_authorizers_policy_is_compared_whole() -> None:
    other = ALLOW | {"policyDocument": {"Statement": [{"Effect": "Allow", "Resource": ["arn:2"]}]}}
    assert differences(ALLOW, ALLOW) == []
    assert differences(ALLOW, other) == [
        'policyDocument.Statement.0.Resource.0: "arn:2", deployed: "arn:1"'
    ]


@pytest.mark.parametrize("over_http", [False, True])
@pytest.mark.parametrize(
    "failure",
    [
        answer(PROBLEM, 503),
        {
            "errorMessage": "boom",
            "errorType": "E",
            "requestId": "a",
            "stackTrace": [],
            "headers": {},
        },
    ],
)
def test_two_failures_are_not_equal(failure: dict[str, Any], over_http: bool) -> None:
    assert differences(failure, failure, over_http=over_http)


@pytest.mark.parametrize(
    ("over_http", "expected"), [(True, []), (False, ['body.instance: "/v0/y", deployed: "/v0/x"'])]
)
def test_instance_counts_where_the_event_is_the_same(over_http: bool, expected: list[str]) -> None:
    other = answer(PROBLEM | {"instance": "/v0/y"}, 404)
    assert differences(answer(PROBLEM, 404), other, over_http=over_http) == expected


def test_of_the_gateways_own_answer_the_status_alone_counts() -> None:
    own = {"statusCode": 404, "headers": {"Server": "x"}, "body": '{"message": "No"}'}
    assert is_the_gateways_own(own)
    assert differences(answer(PROBLEM, 404), own, over_http=True) == []
    assert differences(answer(DOCUMENT), own, over_http=True) == ["statusCode: 404, deployed: 200"]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [(answer(PROBLEM, 404), "404"), (ALLOW, "Allow"), ({"errorMessage": "boom"}, "boom")],
)
def test_a_line_shows_a_status_an_effect_or_a_failure(shown: dict[str, Any], expected: str) -> None:
    assert status(shown) == expected
