"""Which function and which HTTP request an event of events/ stands for."""

import json
from pathlib import Path
from typing import Any

import jwt
import pytest

from tools.local.issuer import Issuer
from tools.sam_local.events import Event, is_answered_by_its_path, load, request

EVENTS = Path(__file__).parents[3] / "events"


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Issuer:
    key_file = tmp_path_factory.mktemp("issuer") / "issuer.pem"
    return Issuer("http://127.0.0.1:3010/auth/realms", key_file)


@pytest.fixture
def found(template: dict[str, Any]) -> dict[str, Event]:
    return {event.name: event for event in load(EVENTS, template)}


def test_every_event_is_loaded_and_has_a_function(found: dict[str, Event]) -> None:
    assert found.keys() == {f"{file.parent.name}/{file.stem}" for file in EVENTS.glob("*/*.json")}


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("external_oms/get", "ExternalOmsGet"),
        ("external_oms/put", "ExternalOmsPut"),
        ("errors/immutable", "OrderIdSequencePut"),
        ("errors/unknown_path", "Fallback"),
        ("errors/wrong_method", "Fallback"),
        ("authorizer/no_token", "Authorizer"),
    ],
)
def test_the_function_follows_from_route_and_method(
    found: dict[str, Event], name: str, function: str
) -> None:
    assert found[name].function == function


def test_an_event_without_a_function_is_named(template: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "errors/nowhere.json"
    file.parent.mkdir()
    file.write_text(json.dumps({"resource": "/nowhere", "httpMethod": "GET"}))
    with pytest.raises(LookupError, match=r"nowhere\.json"):
        load(tmp_path, template)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("order_id_sequence/put", "errors/immutable"),
        ("errors/mask_without_a_key", "external_order_webhook/put"),
        ("external_oms/get", "external_oms/put"),
    ],
)
def test_an_error_finds_the_state_that_its_name_tells(
    found: dict[str, Event], earlier: str, later: str
) -> None:
    names = list(found)
    assert names.index(earlier) < names.index(later)


def test_a_caller_gets_a_token_of_its_own(found: dict[str, Event], issuer: Issuer) -> None:
    sent = request(found["errors/expired_token"], issuer)
    (token,) = (value for name, value in sent.headers if name == "Authorization")
    claims = jwt.decode(token.removeprefix("Bearer "), options={"verify_signature": False})
    assert claims["iss"] == f"{issuer.url}/acme"
    assert claims["scope"] == "newstore:configuration:write"
    assert claims["exp"] == 1577836800


def test_a_body_is_sent_as_its_bytes(found: dict[str, Event], issuer: Issuer) -> None:
    sent = request(found["errors/invalid_utf8"], issuer)
    assert (sent.method, sent.path) == ("PUT", "/config/sales_order/external_oms")
    assert b"\xff" in (sent.body or b"")
    assert ("Content-Type", "application/json") in sent.headers


def test_a_parameter_that_is_given_twice_is_sent_twice(
    found: dict[str, Event], issuer: Issuer
) -> None:
    sent = request(found["errors/repeated_query_parameter"], issuer)
    assert sent.path.endswith("?dry_run=true&dry_run=false")


def test_what_an_authorizer_refuses_is_sent_as_it_is(
    found: dict[str, Event], issuer: Issuer
) -> None:
    sent = request(found["authorizer/two_tokens"], issuer)
    assert len([name for name, _ in sent.headers if name == "Authorization"]) == 2
    assert sent.body is None


def test_only_slash_and_method_need_the_requests_own_path(found: dict[str, Event]) -> None:
    needing = {name for name, event in found.items() if is_answered_by_its_path(event)}
    assert needing == {"errors/trailing_slash", "errors/wrong_method"}
