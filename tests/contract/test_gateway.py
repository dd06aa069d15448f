"""The REST API: its stage, authorizer and limits, and the answers that the gateway gives itself.

A function that crashes, does not end in time or finds no free concurrency: the emulator answers
that raw, with the exception's text. On AWS the gateway answers with INTEGRATION_FAILURE,
INTEGRATION_TIMEOUT or DEFAULT_5XX of the template, so that this is where those answers are shown.
"""

import json
from typing import Any

import pytest

from sales_order_config import answer
from sales_order_config.problem import CODES, Problem

# The promised types, each with its code. Exactly these.
RESPONSES = {
    "UNAUTHORIZED": "unauthorized",
    "ACCESS_DENIED": "forbidden",
    "WAF_FILTERED": "forbidden",
    "MISSING_AUTHENTICATION_TOKEN": "not_found",
    "RESOURCE_NOT_FOUND": "not_found",
    "INVALID_SIGNATURE": "not_found",
    "REQUEST_TOO_LARGE": "payload_too_large",
    "UNSUPPORTED_MEDIA_TYPE": "unsupported_media_type",
    "THROTTLED": "too_many_requests",
    "QUOTA_EXCEEDED": "too_many_requests",
    "AUTHORIZER_FAILURE": "service_unavailable",
    "AUTHORIZER_CONFIGURATION_ERROR": "service_unavailable",
    "INTEGRATION_FAILURE": "service_unavailable",
    "INTEGRATION_TIMEOUT": "service_unavailable",
    "API_CONFIGURATION_ERROR": "internal_server_error",
    "DEFAULT_5XX": "internal_server_error",
    "DEFAULT_4XX": "bad_request",
}
STATUSES = {
    "bad_request": 400,
    "unauthorized": 401,
    "forbidden": 403,
    "not_found": 404,
    "payload_too_large": 413,
    "unsupported_media_type": 415,
    "too_many_requests": 429,
    "internal_server_error": 500,
    "service_unavailable": 503,
}
CONTEXT = {
    "$context.stage": "v0",
    "$context.resourcePath": "/config/sales_order/external_oms",
    "$context.requestId": "the-gateways-id",
}
PATH = "/v0/config/sales_order/external_oms"


def rendered(response: dict[str, Any]) -> dict[str, Any]:
    """The gateway's answer in the shape of a function's: its template filled in, unescaped."""
    body: str = response["ResponseTemplates"]["application/json"]
    for name, value in CONTEXT.items():
        body = body.replace(name, value)
    assert "$" not in body, "a variable that is not filled in, or says too much"
    headers = {
        name: value[1:-1] if value.startswith("'") else CONTEXT[f"${value}"]
        for name, value in response["ResponseParameters"]["Headers"].items()
    }
    return {
        "statusCode": response["StatusCode"],
        "headers": headers,
        "body": json.loads(body),
        "isBase64Encoded": False,
    }


def test_the_gateway_has_an_answer_for_each_of_these_and_no_other(api: dict[str, Any]) -> None:
    assert api["GatewayResponses"].keys() == RESPONSES.keys()


@pytest.mark.parametrize(("kind", "code"), RESPONSES.items())
def test_the_gateway_answers_as_a_function_would(api: dict[str, Any], kind: str, code: str) -> None:
    response = api["GatewayResponses"][kind]
    assert response.keys() == {"StatusCode", "ResponseParameters", "ResponseTemplates"}
    assert response["ResponseParameters"].keys() == {"Headers"}
    assert response["ResponseTemplates"].keys() == {"application/json"}
    found = rendered(response)
    problem = Problem(code, found["body"]["message"])
    expected = answer.failure(problem, instance=PATH, request_id="the-gateways-id")
    assert found == expected | {"body": json.loads(expected["body"])}
    assert found["statusCode"] == STATUSES[code]


@pytest.mark.parametrize(("kind", "code"), RESPONSES.items())
def test_the_gateways_text_does_not_depend_on_the_request(
    api: dict[str, Any], kind: str, code: str
) -> None:
    body = json.loads(api["GatewayResponses"][kind]["ResponseTemplates"]["application/json"])
    assert body == {
        "type": "about:blank",
        "title": CODES[code][0].phrase,
        "status": STATUSES[code],
        "detail": body["message"],
        "instance": "/$context.stage$context.resourcePath",
        "error_code": code,
        "message": body["message"],
        "messages": [body["message"]],
        "request_id": "$context.requestId",
    }
    assert "$" not in body["message"]
    assert "\n" not in api["GatewayResponses"][kind]["ResponseTemplates"]["application/json"]


@pytest.mark.parametrize(
    ("code", "header"),
    [
        ("unauthorized", ("WWW-Authenticate", "'Bearer'")),
        ("too_many_requests", ("Retry-After", "'1'")),
        ("service_unavailable", ("Retry-After", "'5'")),
    ],
)
def test_the_gateway_says_what_to_do_next(
    api: dict[str, Any], code: str, header: tuple[str, str]
) -> None:
    for kind, its_code in RESPONSES.items():
        headers = api["GatewayResponses"][kind]["ResponseParameters"]["Headers"]
        assert (header in headers.items()) == (its_code == code), kind


@pytest.mark.parametrize(
    "kind",
    ["AUTHORIZER_FAILURE", "INTEGRATION_FAILURE", "INTEGRATION_TIMEOUT"],
)
def test_a_lost_answer_promises_nothing_about_the_write(api: dict[str, Any], kind: str) -> None:
    template = api["GatewayResponses"][kind]["ResponseTemplates"]["application/json"]
    assert "not known" in json.loads(template)["message"]


def test_the_api_is_a_regional_one_with_the_stage_v0(api: dict[str, Any]) -> None:
    assert api["StageName"] == "v0"
    assert api["EndpointConfiguration"] == {"Type": "REGIONAL"}
    assert api["OpenApiVersion"] == "3.0.1"  # else SAM adds a stage called Stage
    assert api["TracingEnabled"] is True


def test_the_exact_bytes_of_a_body_reach_the_function(api: dict[str, Any]) -> None:
    assert api["BinaryMediaTypes"] == ["application/json"]


def test_nothing_else_is_set(api: dict[str, Any]) -> None:
    assert api.keys() == {
        "StageName",
        "OpenApiVersion",
        "EndpointConfiguration",
        "BinaryMediaTypes",
        "TracingEnabled",
        "MethodSettings",
        "AccessLogSetting",
        "Auth",
        "GatewayResponses",
    }


def test_every_method_is_measured_and_throttled(
    template: dict[str, Any], api: dict[str, Any]
) -> None:
    assert api["MethodSettings"] == [
        {
            "HttpMethod": "*",
            "ResourcePath": "/*",
            "MetricsEnabled": True,
            "ThrottlingRateLimit": {"Ref": "ThrottlingRate"},
            "ThrottlingBurstLimit": {"Ref": "ThrottlingBurst"},
        }
    ]
    assert template["Parameters"]["ThrottlingRate"]["Default"] == 50
    assert template["Parameters"]["ThrottlingBurst"]["Default"] == 100


def test_every_call_needs_a_token_whose_judgement_is_kept_a_minute(api: dict[str, Any]) -> None:
    assert api["Auth"] == {
        "DefaultAuthorizer": "TokenAuthorizer",
        "Authorizers": {
            "TokenAuthorizer": {
                "FunctionArn": {"Fn::Sub": "${Authorizer.Arn}:live"},
                "FunctionPayloadType": "REQUEST",
                "Identity": {"Headers": ["Authorization"], "ReauthorizeEvery": 60},
            }
        },
    }


def test_the_authorizers_alias_is_there_before_the_gateway_may_call_it(
    template: dict[str, Any], resources: dict[str, Any]
) -> None:
    alias = template["Globals"]["Function"]["AutoPublishAlias"]
    assert resources["Api"]["DependsOn"] == f"AuthorizerAlias{alias}"


def test_access_logs_are_off_unless_asked_for_and_hold_no_token(
    template: dict[str, Any], api: dict[str, Any]
) -> None:
    condition, setting, otherwise = api["AccessLogSetting"]["Fn::If"]
    assert template["Conditions"][condition] == {"Fn::Equals": [{"Ref": "AccessLogs"}, "true"]}
    assert template["Parameters"]["AccessLogs"]["Default"] == "false"
    assert otherwise == {"Ref": "AWS::NoValue"}
    assert setting["DestinationArn"] == {"Fn::GetAtt": "Logs.Arn"}
    assert json.loads(setting["Format"]) == {
        "requestId": "$context.requestId",
        "method": "$context.httpMethod",
        "path": "$context.path",
        "status": "$context.status",
        "latency": "$context.responseLatency",
        "tenant": "$context.authorizer.tenant",
    }
