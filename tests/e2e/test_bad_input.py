"""Bad input over real HTTP: a clear problem, and nothing is stored."""

import gzip
from typing import Any

import pytest

from tests.e2e.client import JSON_TYPE, Answer, Client, document_path

UNSET = "grace_period"
PATH = document_path(UNSET)


def _assert_problem(answer: Answer, status: int, code: str, instance: str = f"/v0{PATH}") -> Any:
    assert answer.status == status, answer.raw
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json
    assert set(problem) == {
        *("type", "title", "status", "detail", "instance"),
        *("error_code", "message", "messages", "request_id"),
    }
    assert (problem["status"], problem["error_code"]) == (status, code)
    assert problem["instance"] == instance
    return problem


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "body: is missing"),
        (b"{", "body: is not valid JSON"),
        (b'{"value": 20', "body: is not valid JSON"),
        (b"[]", "body: "),
        (b"{}", "value: "),
        (b'{"value": null}', "value: "),
        (b'{"value": "20"}', "value: "),
        (b'{"value": true}', "value: "),
        (b'{"value": 20.5}', "value: "),
        (b'{"value": 20.0}', "value: "),
        (b'{"value": 1e2}', "value: "),
        (b'{"value": -1}', "value: "),
        (b'{"value": 2147483648}', "value: "),
        (b'{"value": NaN}', "value: "),
        (b'{"value": Infinity}', "value: "),
        (b'{"value": 1, "value": 1}', "value: stands more than once"),
        (b'{"value": 1, "extra_member": 1}', "extra_member: "),
        (b'{"value": "\\ud800"}', "value: holds a lone surrogate"),
        (b'{"value": "\\u0000"}', "value: holds a NUL"),
        (b'\xef\xbb\xbf{"value": 1}', "body: begins with a byte order mark"),
        (b'{"value": "\xff"}', "body: is not valid UTF-8"),
        (b"[" * 1000 + b"]" * 1000, "body: "),
        (b"[" * 60_000, "body: "),
        (b'{"value": ' + b"9" * 5000 + b"}", "body: holds a number with too many digits"),
    ],
)
def test_a_bad_body_is_400_and_names_the_place(api: Client, body: bytes, message: str) -> None:
    problem = _assert_problem(api.put_raw(UNSET, body), 400, "bad_request")

    assert problem["messages"][0].startswith(message)
    assert api.get(UNSET).status == 404


def test_every_fault_is_named(api: Client) -> None:
    answer = api.put("external_order_webhook", {"url": "http://x", "timeout": 26, "port": 1})

    places = [message.partition(":")[0] for message in answer.json["messages"]]
    assert places == ["value.url", "value.api_key", "value.timeout", "value.port"]


def test_the_body_may_have_65536_bytes_and_no_more(api: Client) -> None:
    body = b'{"value": 20}'
    assert api.put_raw(UNSET, body.ljust(65_537)).status == 413
    assert api.get(UNSET).status == 404
    assert api.put_raw(UNSET, body.ljust(65_536)).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("Content-Type", "text/plain")],
        [("Content-Type", "application/x-www-form-urlencoded")],
        [("Content-Type", "application/problem+json")],
        [("Content-Type", "application/json; charset=latin-1")],
        [JSON_TYPE, ("Content-Encoding", "gzip")],
    ],
)
def test_any_other_media_type_is_415(api: Client, headers: list[tuple[str, str]]) -> None:
    body = gzip.compress(b'{"value": 20}') if len(headers) == 2 else b'{"value": 20}'
    _assert_problem(api.call("PUT", PATH, body, headers), 415, "unsupported_media_type")
    assert api.get(UNSET).status == 404


@pytest.mark.parametrize("media_type", ["APPLICATION/JSON", 'application/json; charset="UTF-8"'])
def test_the_media_type_is_read_in_any_case(api: Client, media_type: str) -> None:
    answer = api.call("PUT", PATH, b'{"value": 20}', [("Content-Type", media_type)])

    assert answer.status == 200


@pytest.mark.smoke
@pytest.mark.parametrize("query", ["dry_run=true", "dry_run", "x=1&x=2", "%0a=1"])
def test_an_unknown_query_parameter_is_400(api: Client, query: str) -> None:
    read = api.call("GET", f"{document_path('external_oms')}?{query}")
    written = api.call("PUT", f"{document_path('external_oms')}?{query}", b"{}", [JSON_TYPE])

    for answer in (read, written):
        problem = _assert_problem(answer, 400, "bad_request", f"/v0{document_path('external_oms')}")
        assert all("unknown query parameter" in message for message in problem["messages"])


@pytest.mark.smoke
@pytest.mark.parametrize("with_token", [True, False])
@pytest.mark.parametrize("method", ["DELETE", "PATCH", "OPTIONS", "HEAD"])
def test_another_method_is_405_with_allow(api: Client, method: str, *, with_token: bool) -> None:
    answer = (api if with_token else api.with_token(None)).call(method, PATH)

    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, POST, PUT"
    if method != "HEAD":
        _assert_problem(answer, 405, "method_not_allowed")


@pytest.mark.smoke
@pytest.mark.parametrize("with_token", [True, False])
@pytest.mark.parametrize(
    "path", ["", "/", "/config", "/config/sales_order", "/config/sales_order/nope", f"{PATH}/x"]
)
def test_an_unknown_path_is_404(api: Client, path: str, *, with_token: bool) -> None:
    answer = (api if with_token else api.with_token(None)).call("GET", path)

    assert (answer.status, answer.json["error_code"]) == (404, "not_found")


@pytest.mark.smoke
@pytest.mark.parametrize("path", [f"{PATH}/", "/config/sales_order//grace_period"])
def test_a_path_with_an_empty_segment_is_404(api: Client, path: str) -> None:
    assert api.call("GET", path).status == 404
    assert api.call("PUT", path, b'{"value": 20}', [JSON_TYPE]).status == 404


@pytest.mark.smoke
@pytest.mark.parametrize("method", ["TRACE", "QUERY", "MADEUP"])
def test_a_made_up_method_is_some_4xx(api: Client, method: str) -> None:
    assert 400 <= api.call(method, PATH).status < 500


def test_a_refused_request_stores_nothing_in_any_document(api: Client) -> None:
    unset = ["order_id_sequence", "grace_period", "external_order_webhook"]
    for config_name in unset:
        assert api.put(config_name, {"nonsense": True}).status == 400
        assert api.get(config_name).status == 404
