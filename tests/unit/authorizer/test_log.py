"""Nothing of a token is ever written: not when it is refused, not when the issuer is down."""

import json
import traceback
from collections.abc import Callable

import pytest

from authorizer.refusal import IssuerUnavailable
from tests.unit.authorizer.conftest import Authorize, Logged, is_allowed, is_refused
from tests.unit.authorizer.issuer import Issuer

SECRET = "do-not-write-me"
REVEALING = {"azp": SECRET, "jti": SECRET, "email": SECRET, "x": SECRET}
HEADER = {"alg": "RS256", "kid": "acme-1", "x": SECRET}

type Make = Callable[[Issuer], str]

REFUSED: dict[str, Make] = {
    "garbage": lambda _: SECRET,
    "expired": lambda i: i.token(claims=i.claims(exp=1, **REVEALING)),
    "foreign issuer": lambda i: i.token(claims=i.claims(iss=f"https://{SECRET}/x")),
    "bad realm": lambda i: i.token(claims=i.claims(f"{SECRET}.x")),
    "unknown realm": lambda i: i.token(claims=i.claims(SECRET)),
    "other audience": lambda i: i.token(claims=i.claims(aud=SECRET)),
    "wrong type": lambda i: i.token(claims=i.claims(exp=SECRET, scope=[SECRET])),
    "wrong scope": lambda i: i.token(claims=i.claims(scope=SECRET)),
    "other algorithm": lambda i: i.token(header={**HEADER, "alg": SECRET}),
    "unknown key": lambda i: i.token(header={**HEADER, "kid": SECRET}),
    "critical extension": lambda i: i.token(header={**HEADER, "crit": [SECRET]}),
    "not signed": lambda i: f"{i.token().rsplit('.', 1)[0]}.{SECRET}",
    "no JSON": lambda i: i.token(header=SECRET, claims=SECRET),
}


def assert_secret(token: str, written: str) -> None:
    assert SECRET not in written
    for segment in token.split("."):
        assert segment == "" or segment not in written


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_logged_with_its_reason_only(
    issuer: Issuer,
    authorize_token: Authorize,
    logged: Logged,
    make: Make,
) -> None:
    token = make(issuer)
    assert is_refused(authorize_token(token))
    (line,) = logged()
    assert json.loads(line)["message"] == "the token is refused"
    assert json.loads(line)["reason"]
    assert_secret(token, line)


def test_an_accepted_token_is_not_logged(
    issuer: Issuer,
    authorize_token: Authorize,
    logged: Logged,
) -> None:
    claims = issuer.claims(**REVEALING)
    assert is_allowed(authorize_token(issuer.token(header=HEADER, claims=claims)))
    assert logged() == []


@pytest.mark.parametrize("kid", ["acme-1", SECRET])
def test_the_traceback_of_an_outage_holds_nothing_of_the_token(
    issuer: Issuer,
    authorize_token: Authorize,
    logged: Logged,
    kid: str,
) -> None:
    """Lambda prints the traceback of an exception that leaves the handler."""
    issuer.answer = lambda: (500, {}, SECRET.encode())
    header = {**HEADER, "kid": kid}
    token = issuer.token(header=header, claims=issuer.claims(**REVEALING))
    with pytest.raises(IssuerUnavailable) as raised:
        authorize_token(token)
    assert_secret(token, "".join(traceback.format_exception(raised.value)))
    assert logged() == []
