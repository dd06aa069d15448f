"""The claims: issuer and realm, audience, times, types."""

import json
import time
from typing import Any

import pytest

from authorizer.token import LEEWAY_SECONDS
from tests.unit.authorizer.conftest import Judge, is_allowed, is_refused
from tests.unit.authorizer.issuer import Issuer
from tests.unit.authorizer.tokens import AUDIENCE, without

MARGIN = 5  # what a slow machine may take between making a token and judging it
LONGEST_REALM = "a" * 63


def test_the_leeway_is_at_most_a_minute() -> None:
    assert 0 <= LEEWAY_SECONDS <= 60


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": -(LEEWAY_SECONDS + MARGIN)},
        {"exp": -3600},
        {"nbf": LEEWAY_SECONDS + MARGIN},
        {"nbf": 3600},
        {"iat": LEEWAY_SECONDS + MARGIN},
        {"iat": 3600},
    ],
)
def test_a_token_outside_its_time_is_refused(
    issuer: Issuer, judge: Judge, claims: dict[str, Any]
) -> None:
    moved = {name: time.time() + seconds for name, seconds in claims.items()}
    assert is_refused(judge(issuer.claims(**moved)))


@pytest.mark.parametrize("exp", [0, -1, -1e308, 1])
def test_a_token_of_long_ago_is_refused(issuer: Issuer, judge: Judge, exp: float) -> None:
    assert is_refused(judge(issuer.claims(exp=exp)))


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": -(LEEWAY_SECONDS - MARGIN)},
        {"nbf": LEEWAY_SECONDS - MARGIN},
        {"iat": LEEWAY_SECONDS - MARGIN},
        {"nbf": -3600, "iat": -3600},
    ],
)
def test_clocks_may_differ_by_the_leeway(
    issuer: Issuer, judge: Judge, claims: dict[str, Any]
) -> None:
    moved = {name: time.time() + seconds for name, seconds in claims.items()}
    assert is_allowed(judge(issuer.claims(**moved)))


def test_a_fraction_of_a_second_is_a_time_too(issuer: Issuer, judge: Judge) -> None:
    exp = int(time.time()) + 100
    answer = judge(issuer.claims(exp=exp + 0.5))
    assert answer["context"]["expires_at"] == str(exp + 1 + LEEWAY_SECONDS)


@pytest.mark.parametrize("name", ["exp", "aud", "iss"])
def test_a_token_that_lacks_a_required_claim_is_refused(
    issuer: Issuer, judge: Judge, name: str
) -> None:
    claims = without(issuer.claims(), name)
    assert is_refused(judge(claims))


@pytest.mark.parametrize("name", ["nbf", "iat"])
def test_a_token_need_not_say_when_it_began(issuer: Issuer, judge: Judge, name: str) -> None:
    claims = without(issuer.claims(), name)
    assert is_allowed(judge(claims))


@pytest.mark.parametrize("name", ["exp", "nbf", "iat"])
@pytest.mark.parametrize(
    "wrong",
    ['"4102444800"', "true", "false", "null", "NaN", "Infinity", "-Infinity", "1e400", "[1]", "{}"],
)
def test_a_time_that_is_no_number_is_refused(
    issuer: Issuer, judge: Judge, name: str, wrong: str
) -> None:
    claims = json.dumps(issuer.claims() | {name: "PLACE"}).replace('"PLACE"', wrong)
    assert is_refused(judge(claims))


@pytest.mark.parametrize("name", ["exp", "nbf", "iat"])
@pytest.mark.parametrize("digits", [310, 4000, 5000])
def test_a_giant_number_as_time_is_refused_and_crashes_nothing(
    issuer: Issuer, judge: Judge, name: str, digits: int
) -> None:
    claims = json.dumps(issuer.claims() | {name: "PLACE"}).replace('"PLACE"', "9" * digits)
    assert is_refused(judge(claims))


@pytest.mark.parametrize("name", ["iss", "scope", "azp", "client_id", "sub", "aud"])
@pytest.mark.parametrize("wrong", [None, True, 1, 1.5, {}, {"newstore:configuration:read": 1}, [1]])
def test_a_claim_of_a_wrong_type_is_refused(
    issuer: Issuer, judge: Judge, name: str, wrong: Any
) -> None:
    assert is_refused(judge(issuer.claims(**{name: wrong})))


@pytest.mark.parametrize("scope", [["newstore:configuration:read"], "newstore:configuration:read "])
def test_only_a_string_of_scopes_counts(issuer: Issuer, judge: Judge, scope: Any) -> None:
    answer = judge(issuer.claims(scope=scope))
    assert is_allowed(answer) == isinstance(scope, str)


@pytest.mark.parametrize(
    "aud",
    [
        "other",
        "",
        [],
        [""],
        ["other"],
        f"{AUDIENCE} other",
        f"{AUDIENCE}-2",
        AUDIENCE[:-1],
        AUDIENCE.upper(),
        [AUDIENCE, 1],
        [[AUDIENCE]],
        {AUDIENCE: True},
    ],
)
def test_a_token_for_another_audience_is_refused(issuer: Issuer, judge: Judge, aud: Any) -> None:
    assert is_refused(judge(issuer.claims(aud=aud)))


@pytest.mark.parametrize("aud", [AUDIENCE, [AUDIENCE], ["account", AUDIENCE]])
def test_a_token_may_name_several_audiences(issuer: Issuer, judge: Judge, aud: Any) -> None:
    assert is_allowed(judge(issuer.claims(aud=aud)))


@pytest.mark.parametrize("tenant", ["a", "7", "mycompany-sandbox", "x--y", LONGEST_REALM])
def test_the_tenant_is_the_realm(issuer: Issuer, judge: Judge, tenant: str) -> None:
    issuer.realms[tenant] = [issuer.key.jwk()]
    answer = judge(issuer.claims(tenant))
    assert answer["context"]["tenant"] == tenant


@pytest.mark.parametrize(
    "realm",
    [
        "",
        "Acme",
        "ACME",
        "acme.com",
        "acme_1",
        "acme%2f",
        "acme%2Facme",
        "..",
        "../acme",
        "acme/../acme",
        "acme/",
        "acme//",
        "acme/acme",
        "acme?x=1",
        "acme#x",
        "acme@x",
        "acme\\",
        "acme\n",
        "acme\r\n",
        "acme ",
        " acme",
        "acme\x00",
        "-acme",
        "acme-",
        "-",
        "a" * 64,
        "аcme",  # noqa: RUF001 - a Cyrillic letter
        "acme\u0661",
        "acme/protocol/openid-connect/certs?",
    ],
)
def test_a_realm_that_is_no_dns_label_is_refused_before_any_key_is_fetched(
    issuer: Issuer, judge: Judge, realm: str
) -> None:
    assert is_refused(judge(issuer.claims(realm)))
    assert issuer.requests == []


def test_a_foreign_issuer_is_refused_and_never_asked(
    issuer: Issuer, stranger: Issuer, judge: Judge
) -> None:
    stranger.realms["acme"] = [issuer.key.jwk()]
    host = issuer.origin.removeprefix("http://")
    for foreign in (
        stranger.of("acme"),
        f"{stranger.origin}/?{issuer.of('acme')}",
        f"{stranger.origin}#{issuer.of('acme')}",
        issuer.of("acme").replace("http://", "https://"),
        issuer.of("acme").replace("http://", "HTTP://"),
        issuer.of("acme").replace("127.0.0.1", "127.0.0.1.example.com"),
        issuer.of("acme").replace("127.0.0.1", "127x0x0x1"),
        issuer.of("acme").replace("127.0.0.1", "localhost"),
        issuer.of("acme").replace("http://", f"http://{host}@"),
        issuer.of("acme").replace("/auth", "/other"),
        f" {issuer.of('acme')}",
        "acme",
        "",
    ):
        claims = issuer.claims(iss=foreign)
        assert is_refused(judge(claims)), foreign
    assert issuer.requests == stranger.requests == []
