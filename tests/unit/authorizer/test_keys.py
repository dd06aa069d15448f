"""Keys are fetched once per realm, and again when a token names a key that is not known yet."""

from contextlib import suppress

import pytest

from authorizer import keys
from authorizer.refusal import IssuerUnavailable
from tests.unit.authorizer.conftest import Authorize, Clock, is_allowed, is_refused
from tests.unit.authorizer.issuer import CERTS, REALMS, Issuer, key_set
from tests.unit.authorizer.tokens import SigningKey

MINUTE = 60


def certs(tenant: str) -> str:
    return f"{REALMS}{tenant}{CERTS}"


def test_the_keys_of_a_realm_are_fetched_once(issuer: Issuer, authorize_token: Authorize) -> None:
    for _ in range(5):
        assert is_allowed(authorize_token(issuer.token()))
    assert issuer.requests == [certs("acme")]


def test_every_realm_has_its_own_keys(
    issuer: Issuer, other_key: SigningKey, authorize_token: Authorize
) -> None:
    issuer.realms["other"] = [other_key.jwk()]
    for _ in range(3):
        assert is_allowed(authorize_token(issuer.token()))
        assert is_allowed(
            authorize_token(issuer.token(key=other_key, claims=issuer.claims("other")))
        )
    assert sorted(issuer.requests) == [certs("acme"), certs("other")]


def test_the_keys_are_fetched_before_the_claims_are_found_wanting_but_once_only(
    issuer: Issuer, authorize_token: Authorize
) -> None:
    for _ in range(3):
        assert is_refused(authorize_token(issuer.token(claims=issuer.claims(aud="other"))))
    assert issuer.requests == [certs("acme")]


def test_an_unknown_key_is_asked_for_at_most_once_a_minute(
    issuer: Issuer,
    other_key: SigningKey,
    authorize_token: Authorize,
    clock: Clock,
) -> None:
    assert is_allowed(authorize_token(issuer.token()))
    for minute in range(1, 4):
        clock.advance(MINUTE - 1)
        for kid in range(5):
            header = {"alg": "RS256", "kid": f"unknown-{minute}-{kid}"}
            assert is_refused(authorize_token(issuer.token(key=other_key, header=header)))
        assert len(issuer.requests) == minute
        clock.advance(1)
        assert is_refused(authorize_token(issuer.token(key=other_key)))
        assert len(issuer.requests) == minute + 1


def test_an_unknown_key_is_asked_for_at_most_once_a_minute_even_while_the_issuer_fails(
    issuer: Issuer,
    other_key: SigningKey,
    authorize_token: Authorize,
    clock: Clock,
) -> None:
    assert is_allowed(authorize_token(issuer.token()))
    issuer.answer = lambda: (500, {}, b"")
    clock.advance(MINUTE + 1)
    for _ in range(5):
        with suppress(IssuerUnavailable):
            assert is_refused(authorize_token(issuer.token(key=other_key)))
    assert len(issuer.requests) == 2


def test_an_unknown_key_on_a_cold_start_costs_one_request(
    issuer: Issuer, other_key: SigningKey, authorize_token: Authorize
) -> None:
    assert is_refused(authorize_token(issuer.token(key=other_key)))
    assert issuer.requests == [certs("acme")]


def test_a_rotated_key_is_found_a_minute_later_at_the_latest(
    issuer: Issuer,
    other_key: SigningKey,
    authorize_token: Authorize,
    clock: Clock,
) -> None:
    assert is_allowed(authorize_token(issuer.token()))
    issuer.realms["acme"] = [issuer.key.jwk(), other_key.jwk()]
    clock.advance(MINUTE - 5)
    assert is_refused(authorize_token(issuer.token(key=other_key)))
    clock.advance(6)
    assert is_allowed(authorize_token(issuer.token(key=other_key)))
    assert is_allowed(authorize_token(issuer.token()))
    assert len(issuer.requests) == 2


def test_a_withdrawn_key_is_forgotten_when_the_key_set_is_old(
    issuer: Issuer,
    other_key: SigningKey,
    authorize_token: Authorize,
    clock: Clock,
) -> None:
    assert is_allowed(authorize_token(issuer.token()))
    issuer.realms["acme"] = [other_key.jwk()]
    clock.advance(keys.LIFESPAN_SECONDS + 1)
    assert is_refused(authorize_token(issuer.token()))
    assert is_allowed(authorize_token(issuer.token(key=other_key)))
    assert len(issuer.requests) == 2


def test_a_short_outage_of_the_issuer_is_not_noticed(
    issuer: Issuer, authorize_token: Authorize, clock: Clock
) -> None:
    assert is_allowed(authorize_token(issuer.token()))
    issuer.answer = lambda: (500, {}, b"")
    clock.advance(keys.LIFESPAN_SECONDS - 1)
    assert is_allowed(authorize_token(issuer.token()))


def test_a_long_outage_of_the_issuer_ends_with_it(
    issuer: Issuer, authorize_token: Authorize, clock: Clock
) -> None:
    assert is_allowed(authorize_token(issuer.token()))
    issuer.answer = lambda: (500, {}, b"")
    clock.advance(keys.LIFESPAN_SECONDS + 1)
    with pytest.raises(IssuerUnavailable):
        authorize_token(issuer.token())
    issuer.answer = lambda: key_set([issuer.key.jwk()])
    assert is_allowed(authorize_token(issuer.token()))


def test_an_unknown_realm_is_refused(issuer: Issuer, authorize_token: Authorize) -> None:
    assert is_refused(authorize_token(issuer.token(claims=issuer.claims("nobody"))))
    assert issuer.requests == [certs("nobody")]


def test_a_realm_that_is_made_later_is_found(
    issuer: Issuer, authorize_token: Authorize, clock: Clock
) -> None:
    claims = issuer.claims("late")
    assert is_refused(authorize_token(issuer.token(claims=claims)))
    issuer.realms["late"] = [issuer.key.jwk()]
    clock.advance(MINUTE + 1)
    assert is_allowed(authorize_token(issuer.token(claims=claims)))


def test_keys_may_be_fetched_under_another_name_of_a_loopback_issuer(
    issuer: Issuer,
    stranger: Issuer,
    authorize_token: Authorize,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ISSUER_TEMPLATE", "http://localhost:3000/auth/realms/{tenant}")
    monkeypatch.setenv("KEYS_URL_TEMPLATE", f"{stranger.origin}/?of={{issuer}}")
    stranger.answer = lambda: key_set([issuer.key.jwk()])
    claims = issuer.claims(iss="http://localhost:3000/auth/realms/acme")
    assert is_allowed(authorize_token(issuer.token(claims=claims)))
    assert stranger.requests == [f"/?of={claims['iss']}"]
    assert issuer.requests == []
