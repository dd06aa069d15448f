"""The files of events/ are what API Gateway sends: a REST API's proxy and authorizer events."""

import base64
import json
from typing import Any

import pytest
from aws_lambda_powertools.utilities.parser.models import (
    ApiGatewayAuthorizerRequest,
    APIGatewayProxyEventModel,
)

from tests import events

FILES = [path.relative_to(events.EVENTS) for path in sorted(events.EVENTS.rglob("*.json"))]
NAMES = [path.with_suffix("").as_posix() for path in FILES]
AUTHORIZER_EVENTS = [name for name in NAMES if name.startswith("authorizer/")]
PROXY_EVENTS = [name for name in NAMES if name not in AUTHORIZER_EVENTS]
DOCUMENT_EVENTS = [name for name in PROXY_EVENTS if "proxy" not in events.load(name)["resource"]]


@pytest.mark.parametrize("name", PROXY_EVENTS)
def test_a_proxy_event_has_the_members_of_one(name: str) -> None:
    event = events.load(name)
    APIGatewayProxyEventModel.model_validate(event)
    assert event.keys() == {
        *("resource", "path", "httpMethod", "headers", "multiValueHeaders"),
        *("queryStringParameters", "multiValueQueryStringParameters", "pathParameters"),
        *("stageVariables", "requestContext", "body", "isBase64Encoded"),
    }


@pytest.mark.parametrize("name", AUTHORIZER_EVENTS)
def test_an_authorizer_event_has_the_members_of_one(name: str) -> None:
    event = events.load(name)
    ApiGatewayAuthorizerRequest.model_validate(event)
    assert event.keys() == {
        *("type", "methodArn", "resource", "path", "httpMethod", "headers", "multiValueHeaders"),
        *("queryStringParameters", "multiValueQueryStringParameters", "pathParameters"),
        *("stageVariables", "requestContext"),
    }
    call = event["requestContext"]
    assert event["methodArn"] == (
        f"arn:aws:execute-api:eu-west-1:{call['accountId']}:{call['apiId']}"
        f"/{call['stage']}/{event['httpMethod']}{event['path']}"
    )


@pytest.mark.parametrize("name", NAMES)
def test_what_an_event_says_twice_it_says_alike(name: str) -> None:
    event = events.load(name)
    call = event["requestContext"]
    assert call["httpMethod"] == event["httpMethod"]
    assert call["resourcePath"] == event["resource"]
    assert call["stage"] == "v0"
    assert call["path"] == f"/v0{event['path']}"
    assert call["domainName"].split(".")[0] == call["domainPrefix"] == call["apiId"]
    assert event["headers"]["Host"] == call["domainName"]
    assert event["headers"]["User-Agent"] == call["identity"]["userAgent"]
    assert event["headers"]["X-Forwarded-For"] == call["identity"]["sourceIp"]
    assert event["headers"] == _last(event["multiValueHeaders"])
    assert event["queryStringParameters"] == _last(event["multiValueQueryStringParameters"])
    if event["resource"] == "/{proxy+}":
        assert event["pathParameters"] == {"proxy": event["path"].removeprefix("/")}
    else:
        assert event["resource"] == event["path"].removesuffix("/")
        assert not event["pathParameters"]


def _last(values: dict[str, list[str]] | None) -> dict[str, str] | None:
    """How the gateway folds headers and parameters: the last value counts."""
    return None if values is None else {name: each[-1] for name, each in values.items()}


@pytest.mark.parametrize("name", PROXY_EVENTS)
def test_an_event_knows_its_caller_where_the_gateway_asks_for_a_token(name: str) -> None:
    context = events.load(name)["requestContext"].get("authorizer")
    if name not in DOCUMENT_EVENTS:
        assert context is None
        return
    assert context.keys() == {
        *("tenant", "client_id", "scope", "expires_at"),
        *("principalId", "integrationLatency"),
    }
    assert context["scope"] == (
        "newstore:configuration:read" if name.endswith("/get") else "newstore:configuration:write"
    )
    # 1 January 2100 and 2020.
    assert context["expires_at"] == (
        "1577836800" if name == "errors/expired_token" else "4102444800"
    )


@pytest.mark.parametrize("name", PROXY_EVENTS)
def test_json_comes_in_base64_as_a_binary_media_type_does(name: str) -> None:
    """A body that comes as text all the same is an event's own subject."""
    event = events.load(name)
    if event["isBase64Encoded"]:
        assert event["headers"]["Content-Type"] == "application/json"
        assert base64.b64decode(event["body"], validate=True)
    elif event["body"] is not None:
        assert name in {
            "cancelable_locations/put",
            "errors/broken_text",
            "errors/wrong_media_type",
            "order_id_sequence/put",
        }


def test_no_event_holds_a_real_token_or_key() -> None:
    for name in NAMES:
        for token in events.load(name)["multiValueHeaders"].get("Authorization", []):
            assert _is_fake(token), name


def _is_fake(token: str) -> bool:
    scheme, _, credentials = token.partition(" ")
    if "obviously-fake" in credentials:
        return True
    header = credentials.partition(".")[0]
    decoded = base64.urlsafe_b64decode(header + "=" * (-len(header) % 4))
    return b"obviously:fake" in decoded if scheme == "Basic" else b"obviously-fake" in decoded


def test_no_two_events_are_the_same_request() -> None:
    ids = [events.load(name)["requestContext"]["requestId"] for name in NAMES]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_indented_json(name: str) -> None:
    text = (events.EVENTS / f"{name}.json").read_text()
    loaded: dict[str, Any] = json.loads(text)
    assert text == json.dumps(loaded, indent=2, ensure_ascii=False) + "\n"
