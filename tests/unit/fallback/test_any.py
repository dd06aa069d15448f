"""What no other function answers: 404, or 405 with Allow, always as a problem."""

import json
from typing import Any

import pytest

from fallback.any import handler
from sales_order_config.routes import ROUTES

EVERYWHERE = {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Request-Id": "the-gateways-id",
}
BASE = "/v0/config/sales_order"


def call(path: str, method: str = "GET", token: str | None = None) -> dict[str, Any]:
    headers = {"x-request-id": ["the-clients-id"]}
    if token is not None:
        headers["Authorization"] = [token]
    event = {
        "resource": "/{proxy+}",
        "path": path.removeprefix("/v0"),
        "httpMethod": method,
        "multiValueHeaders": headers,
        "multiValueQueryStringParameters": None,
        "requestContext": {"path": path, "httpMethod": method, "requestId": "the-gateways-id"},
        "body": None,
        "isBase64Encoded": False,
    }
    return handler(event, None)


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD"])
@pytest.mark.parametrize(
    "path",
    [
        "/v0",
        "/v0/",
        "/v0/config",
        BASE,
        f"{BASE}/",
        f"{BASE}/external_om",
        f"{BASE}/external_omss",
        f"{BASE}/External_OMS",
        f"{BASE}/external-oms",
        f"{BASE}/external_oms/",
        f"{BASE}/external_oms/value",
        f"{BASE}//external_oms",
        f"{BASE}/external%5Foms",
        f"{BASE}/../sales_order/external_oms",
        "/v0/config/routing/external_oms",
        "/v1/config/sales_order/external_oms",
        "/config/sales_order/external_oms",
        "",
    ],
)
def test_an_unknown_path_is_not_found_with_any_method(path: str, method: str) -> None:
    answer = call(path, method)
    assert answer["statusCode"] == 404
    assert answer["headers"] == EVERYWHERE
    assert answer["isBase64Encoded"] is False
    assert json.loads(answer["body"]) == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this path.",
        "instance": path,
        "error_code": "not_found",
        "message": "There is nothing at this path.",
        "messages": ["There is nothing at this path."],
        "request_id": "the-gateways-id",
    }


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ROUTES)
def test_another_method_on_a_known_path_is_not_allowed(path: str, method: str) -> None:
    answer = call(path, method)
    assert answer["statusCode"] == 405
    assert answer["headers"] == EVERYWHERE | {"Allow": "GET, POST, PUT"}
    assert answer["isBase64Encoded"] is False
    assert json.loads(answer["body"]) == {
        "type": "about:blank",
        "title": "Method Not Allowed",
        "status": 405,
        "detail": "This path knows GET, POST, PUT only.",
        "instance": path,
        "error_code": "method_not_allowed",
        "message": "This path knows GET, POST, PUT only.",
        "messages": ["This path knows GET, POST, PUT only."],
        "request_id": "the-gateways-id",
    }


@pytest.mark.parametrize("token", ["Bearer garbage", "Bearer a.b.c", "Basic x", ""])
@pytest.mark.parametrize("path", ["/v0/nothing", f"{BASE}/external_oms"])
def test_a_token_makes_no_difference(path: str, token: str) -> None:
    assert call(path, "DELETE", token) == call(path, "DELETE")


def test_the_table_has_the_documents_only_and_nobody_can_change_it() -> None:
    assert all(path.startswith(f"{BASE}/") for path in ROUTES)
    assert set(ROUTES.values()) == {("GET", "POST", "PUT")}
    with pytest.raises(TypeError):
        ROUTES["/v0/x"] = ("GET",)  # type: ignore[index]
