"""An issuer that can't be asked is no reason to refuse: an exception, so that a 503 is answered.

What the gateway makes of the exception is in the template: AUTHORIZER_FAILURE.
"""

import json
import socket
import time
from typing import Any

import pytest

from authorizer import keys
from authorizer.refusal import IssuerUnavailable
from tests.unit.authorizer.conftest import Authorize, is_allowed
from tests.unit.authorizer.issuer import CERTS, Issuer, key_set
from tests.unit.authorizer.tokens import SigningKey

FUNCTION_TIMEOUT_SECONDS = 12


@pytest.mark.parametrize("status", [204, 206, 304, 400, 401, 403, 429, 500, 501, 502, 503, 504])
def test_an_error_of_the_issuer_is_no_refusal(
    issuer: Issuer, authorize_token: Authorize, status: int
) -> None:
    issuer.answer = lambda: (status, {}, b"" if status in (204, 304) else b"an error page")
    with pytest.raises(IssuerUnavailable):
        authorize_token(issuer.token())
    assert len(issuer.requests) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"1",
        b'"text"',
        b"{}",
        b'{"keys":null}',
        b'{"keys":[]}',
        b'{"keys":{}}',
        b'{"keys":1}',
        b'{"keys":"text"}',
        b'{"keys":[null,1,"x",[]]}',
        b'{"keys":[{}]}',
        b'{"keys":[{"kty":"RSA","kid":"acme-1"}]}',
        b'{"keys":[{"kty":"RSA","kid":"acme-1","n":1,"e":2}]}',
        b'{"keys":[{"kty":"RSA","kid":"acme-1","n":"AQAB","e":"AQAB","alg":["RS256"]}]}',
        b'{"keys":[{"kty":["RSA"],"kid":"acme-1"}]}',
        b'{"keys":[{"kty":"quantum","kid":"acme-1"}]}',
        b'{"keys":[' + b"9" * 5_000 + b"]}",
        b"[" * 100_000,
    ],
    ids=lambda body: repr(body[:60]),
)
def test_anything_but_a_key_set_is_no_refusal(
    issuer: Issuer, authorize_token: Authorize, body: bytes
) -> None:
    issuer.answer = lambda: (200, {"Content-Type": "application/json"}, body)
    with pytest.raises(IssuerUnavailable):
        authorize_token(issuer.token())


def test_a_key_set_without_a_key_for_signatures_is_no_refusal(
    issuer: Issuer, authorize_token: Authorize
) -> None:
    issuer.answer = lambda: key_set([issuer.key.jwk(use="enc")])
    with pytest.raises(IssuerUnavailable):
        authorize_token(issuer.token())


def test_an_unusable_key_does_not_spoil_the_others(
    issuer: Issuer, authorize_token: Authorize
) -> None:
    unusable: list[Any] = [
        1,
        {},
        {"kty": "RSA"},
        issuer.key.jwk(use="enc", kid="e", alg="RSA-OAEP"),
    ]
    issuer.answer = lambda: key_set([*unusable, issuer.key.jwk()])
    assert is_allowed(authorize_token(issuer.token()))


def test_an_answer_that_breaks_off_is_no_refusal(
    issuer: Issuer, authorize_token: Authorize
) -> None:
    whole = json.dumps({"keys": [issuer.key.jwk()]}).encode()
    issuer.answer = lambda: (200, {"Content-Length": str(len(whole))}, whole[:-20])
    with pytest.raises(IssuerUnavailable):
        authorize_token(issuer.token())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(
    issuer: Issuer, stranger: Issuer, authorize_token: Authorize, status: int
) -> None:
    stranger.realms["acme"] = [issuer.key.jwk()]
    issuer.answer = lambda: (status, {"Location": f"{stranger.of('acme')}{CERTS}"}, b"")
    with pytest.raises(IssuerUnavailable):
        authorize_token(issuer.token())
    assert stranger.requests == []


def test_a_silent_issuer_is_waited_for_not_longer_than_the_timeout(
    issuer: Issuer, authorize_token: Authorize, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keys.TIMEOUT_SECONDS < FUNCTION_TIMEOUT_SECONDS / 2
    monkeypatch.setattr(keys, "TIMEOUT_SECONDS", 0.2)
    issuer.silent = True
    began = time.monotonic()
    with pytest.raises(IssuerUnavailable):
        authorize_token(issuer.token())
    assert time.monotonic() - began < 2
    assert len(issuer.requests) == 1


def test_an_issuer_that_nobody_plays_is_no_refusal(
    issuer: Issuer, authorize_token: Authorize, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound and not listening: refused
        issuer.template = f"http://127.0.0.1:{unused.getsockname()[1]}/auth/realms/{{tenant}}"
        monkeypatch.setenv("ISSUER_TEMPLATE", issuer.template)
        with pytest.raises(IssuerUnavailable):
            authorize_token(issuer.token())


def test_an_outage_of_the_issuer_during_a_rotation_is_no_refusal(
    issuer: Issuer,
    other_key: SigningKey,
    authorize_token: Authorize,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keys, "COOLDOWN_SECONDS", 0)
    assert is_allowed(authorize_token(issuer.token()))
    issuer.answer = lambda: (503, {}, b"")
    with pytest.raises(IssuerUnavailable):
        authorize_token(issuer.token(key=other_key))
    assert is_allowed(authorize_token(issuer.token()))
