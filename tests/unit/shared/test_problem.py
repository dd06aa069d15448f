"""The error table and the one shape of every error."""

import pytest

from sales_order_config.problem import CODES, Problem

# What is promised: code -> status and what tells a client what to do next.
EXPECTED: dict[str, tuple[int, str, set[str]]] = {
    "bad_request": (400, "Bad Request", set()),
    "unauthorized": (401, "Unauthorized", {"WWW-Authenticate"}),
    "forbidden": (403, "Forbidden", set()),
    "not_found": (404, "Not Found", set()),
    "method_not_allowed": (405, "Method Not Allowed", set()),
    "immutable": (409, "Conflict", set()),
    "conflict": (409, "Conflict", {"Retry-After"}),
    "payload_too_large": (413, "Content Too Large", set()),
    "unsupported_media_type": (415, "Unsupported Media Type", set()),
    "too_many_requests": (429, "Too Many Requests", {"Retry-After"}),
    "internal_server_error": (500, "Internal Server Error", set()),
    "service_unavailable": (503, "Service Unavailable", {"Retry-After"}),
}


def test_these_are_the_codes() -> None:
    assert EXPECTED.keys() <= CODES.keys()


@pytest.mark.parametrize("code", EXPECTED)
def test_a_code_has_its_status_its_title_and_its_headers(code: str) -> None:
    status, title, headers = EXPECTED[code]
    problem = Problem(code, "Something is wrong.")
    assert problem.headers.keys() == headers
    assert problem.body(instance="/v0/x", request_id="r-1") == {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": "Something is wrong.",
        "instance": "/v0/x",
        "error_code": code,
        "message": "Something is wrong.",
        "messages": ["Something is wrong."],
        "request_id": "r-1",
    }


@pytest.mark.parametrize("code", ["conflict", "too_many_requests", "service_unavailable"])
def test_a_client_learns_in_whole_seconds_when_to_try_again(code: str) -> None:
    assert int(Problem(code).headers["Retry-After"]) >= 1


def test_a_missing_token_is_asked_for_as_a_bearer_token() -> None:
    assert Problem("unauthorized").headers == {"WWW-Authenticate": "Bearer"}


def test_a_problem_without_words_says_its_title() -> None:
    problem = Problem("internal_server_error")
    assert problem.message == "Internal Server Error"
    assert problem.messages == ["Internal Server Error"]


def test_a_problems_own_headers_stand_beside_its_codes() -> None:
    headers = Problem("service_unavailable", headers={"Allow": "GET"}).headers
    assert headers == {"Retry-After": "5", "Allow": "GET"}
    assert Problem("service_unavailable").headers == {"Retry-After": "5"}


def test_one_fault_is_the_message() -> None:
    problem = Problem("bad_request", faults=["value.size: too small"])
    assert problem.message == "value.size: too small"
    assert problem.messages == ["value.size: too small"]


def test_the_message_of_many_faults_counts_them_and_tells_the_first() -> None:
    problem = Problem("bad_request", faults=["a: wrong", "b: wrong", "c: wrong"])
    assert problem.message == "3 faults; the first one: a: wrong"
    assert problem.messages == ["a: wrong", "b: wrong", "c: wrong"]


@pytest.mark.parametrize(
    ("count", "last"),
    [
        (99, "98: wrong"),
        (100, "99: wrong"),
        (101, "1 more faults are not shown"),
        (20_000, "19900 more faults are not shown"),
    ],
)
def test_at_most_100_faults_are_listed_and_then_how_many_more(count: int, last: str) -> None:
    faults = [f"{number}: wrong" for number in range(count)]
    problem = Problem("bad_request", faults=faults)
    assert problem.messages[:100] == faults[:100]
    assert problem.messages[-1] == last
    assert len(problem.messages) == min(count, 101)


def test_an_unknown_code_is_a_programming_error() -> None:
    with pytest.raises(KeyError):
        Problem("no_such_code")


def test_a_problem_as_an_exception_says_its_code_only() -> None:
    assert str(Problem("bad_request", faults=["value.x: wrong"])) == "bad_request"
