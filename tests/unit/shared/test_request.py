"""Who calls and what is refused before a body is looked at."""

import time
from typing import Any

import pytest

from sales_order_config.problem import Problem
from sales_order_config.request import Request, place_of, shown
from tests.unit.shared.calls import PATH, problem_of, request_event, request_of


def request(**changes: Any) -> Request:
    return request_of(request_event(**changes))


def refusal(**changes: Any) -> Problem:
    return problem_of(lambda: request(**changes))


def test_the_caller_is_the_authorizers() -> None:
    found = request(
        tenant="beta",
        client_id="erp",
        scope="newstore:configuration:read newstore:configuration:write",
        headers={"X-Tenant": ["acme"], "X-Request-Id": ["the-clients-id"]},
    )
    assert found.tenant == "beta"
    assert found.client_id == "erp"
    assert found.scopes == {"newstore:configuration:read", "newstore:configuration:write"}


def test_the_request_id_is_the_gateways() -> None:
    event = request_event(headers={"X-Request-Id": ["the-clients-id"]})
    event["requestContext"]["requestId"] = "the-gateways-id"
    assert request_of(event).request_id == "the-gateways-id"


def test_a_token_may_name_no_client() -> None:
    event = request_event()
    del event["requestContext"]["authorizer"]["client_id"]
    assert request_of(event).client_id is None


@pytest.mark.parametrize(
    ("scope", "may"),
    [
        ("newstore:configuration:secrets", True),
        ("newstore:configuration:write newstore:configuration:secrets", True),
        ("newstore:configuration:write", False),
        ("newstore:configuration:secrets2", False),
        ("x-newstore:configuration:secrets", False),
        ("NEWSTORE:configuration:secrets", False),
        ("newstore:configuration:write\tnewstore:configuration:secrets", False),
        ("newstore:configuration:write,newstore:configuration:secrets", False),
        ("", False),
    ],
)
def test_only_the_whole_scope_unmasks_secrets(scope: str, *, may: bool) -> None:
    assert request(scope=scope).may_see_secrets is may


@pytest.mark.parametrize(("expires_at", "expired"), [(999, True), (1000, True), (1001, False)])
def test_a_cached_policy_does_not_outlive_its_token(
    monkeypatch: pytest.MonkeyPatch, expires_at: int, *, expired: bool
) -> None:
    monkeypatch.setattr(time, "time", lambda: 1000.0)
    if not expired:
        assert request(expires_at=str(expires_at)).tenant == "acme"
        return
    problem = refusal(expires_at=str(expires_at))
    assert (problem.code, problem.message) == ("forbidden", "The access token has expired.")


@pytest.mark.parametrize(
    "path",
    [
        f"{PATH}/",
        f"{PATH}//",
        "/v0/config/sales_order//external_oms",
        "/v0//config/sales_order/external_oms",
        "//v0/config/sales_order/external_oms",
    ],
)
def test_a_path_with_an_empty_segment_is_not_found(path: str) -> None:
    assert refusal(path=path).code == "not_found"


@pytest.mark.parametrize(
    "query",
    [
        {"dry_run": ["true"]},
        {"dry_run": [""]},
        {"dry_run": ["true", "false"]},
        {"dry_run": ["true", "true"]},
        {"DRY_RUN": ["true"]},
        {"value": ["20"]},
        {"Authorization": ["Bearer x"]},
    ],
)
def test_a_query_parameter_is_refused_by_its_name(query: dict[str, list[str]]) -> None:
    problem = refusal(query=query)
    (name,) = query
    assert problem.code == "bad_request"
    assert problem.messages == [f"{name}: unknown query parameter"]


def test_every_query_parameter_is_named() -> None:
    problem = refusal(query={"b": ["1"], "a": ["1"]})
    assert problem.messages == ["b: unknown query parameter", "a: unknown query parameter"]


def test_a_query_parameter_without_a_name_is_the_query() -> None:
    assert refusal(query={"": ["1"]}).messages == ["query: unknown query parameter"]


def test_a_query_parameters_long_name_is_shortened_and_its_value_not_repeated() -> None:
    problem = refusal(query={"x" * 65: ["a value"]})
    assert problem.messages == [f"{'x' * 64}…: unknown query parameter"]


@pytest.mark.parametrize("query", [None, {}])
def test_no_query_is_fine(query: dict[str, list[str]] | None) -> None:
    assert request(query=query).tenant == "acme"


def test_access_is_judged_before_the_path_and_the_path_before_the_query() -> None:
    expired: dict[str, Any] = {"expires_at": "0", "path": f"{PATH}/", "query": {"x": ["1"]}}
    assert refusal(**expired).code == "forbidden"
    assert refusal(**expired | {"expires_at": "4102444800"}).code == "not_found"


@pytest.mark.parametrize("name", ["X-Some", "x-some", "X-SOME"])
def test_a_header_is_found_in_any_case_with_all_its_values(name: str) -> None:
    found = request(headers={name: ["a", "b"], "X-Some-Other": ["c"]})
    assert found.header("x-some") == ["a", "b"]


def test_headers_whose_names_differ_in_case_only_are_one_header() -> None:
    assert request(headers={"X-Some": ["a"], "x-some": ["b"]}).header("x-some") == ["a", "b"]


def test_a_header_that_is_not_there_has_no_values() -> None:
    event = request_event()
    event["multiValueHeaders"] = None
    assert request().header("x-some") == []
    assert request_of(event).header("x-some") == []


def test_the_time_left_is_lambdas_in_seconds() -> None:
    assert request().seconds_left == 12


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x" * 64, "x" * 64),
        ("x" * 65, "x" * 64 + "…"),
        ("ü" * 70, "ü" * 64 + "…"),
        (3, "3"),
        ("\ud800", "?"),
    ],
)
def test_a_clients_own_name_is_repeated_in_64_characters(name: object, expected: str) -> None:
    assert shown(name) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], "body"),
        (["value"], "value"),
        (["value", 1, "a"], "value.1.a"),
        (["value", ""], "value."),
        (["x" * 65, "y"], f"{'x' * 64}….y"),
        (["x" * 64] * 5, f"{'.'.join(['x' * 64] * 5)[:256]}…"),
    ],
)
def test_a_place_is_the_way_to_it_in_256_characters(parts: list[object], expected: str) -> None:
    assert place_of(parts) == expected
