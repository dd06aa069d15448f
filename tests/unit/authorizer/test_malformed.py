"""Tokens that are made to break whoever reads them: refused, no crash, no key fetched."""

import json

import pytest

from tests.unit.authorizer import tokens
from tests.unit.authorizer.conftest import Authorize, Judge, is_refused
from tests.unit.authorizer.issuer import Issuer

HEADER = '{"alg":"RS256","kid":"acme-1"}'
DEEP = 100_000
MANY_DIGITS = "9" * 5_000


@pytest.mark.parametrize(
    "token",
    [
        "garbage",
        ".",
        "..",
        "...",
        "a.b.c",
        "e30.e30.e30",
        "e30.e30",
        "=.=.=",
        "ä.ö.ü",
        "\x00.\x00.\x00",
        "\udcff",
        "null",
        "a" * 8_000,
        "." * 8_000,
    ],
)
def test_garbage_is_refused(issuer: Issuer, authorize_token: Authorize, token: str) -> None:
    assert is_refused(authorize_token(token))
    assert issuer.requests == []


@pytest.mark.parametrize(
    "content",
    [
        "",
        " ",
        "null",
        "true",
        "1",
        '"text"',
        "[]",
        "[[]]",
        "{",
        '{"alg":"RS256"',
        "{'alg':'RS256'}",
        b"\xff\xfe\xfd",
        b"\x80{}",
        "\ufeff{}",
        "[" * DEEP,
        "[" * DEEP + "]" * DEEP,
        '{"a":' * DEEP + "1" + "}" * DEEP,
        MANY_DIGITS,
        f'{{"a":{MANY_DIGITS}}}',
    ],
    ids=lambda content: repr(content[:20]),
)
@pytest.mark.parametrize("place", ["header", "claims"])
def test_a_segment_that_is_no_json_object_of_sane_size_is_refused(
    issuer: Issuer,
    authorize_token: Authorize,
    place: str,
    content: str | bytes,
) -> None:
    header, claims = (content, issuer.claims()) if place == "header" else (HEADER, content)
    assert is_refused(authorize_token(issuer.token(header=header, claims=claims)))
    assert issuer.requests == []


@pytest.mark.parametrize(
    "extra",
    ["[" * DEEP + "]" * DEEP, '{"a":' * DEEP + "1" + "}" * DEEP, MANY_DIGITS],
    ids=["array", "object", "number"],
)
@pytest.mark.parametrize("place", ["header", "claims"])
def test_an_extra_member_that_no_reader_survives_is_refused(
    issuer: Issuer, authorize_token: Authorize, place: str, extra: str
) -> None:
    claims = json.dumps(issuer.claims())
    if place == "header":
        token = issuer.token(header=f'{HEADER[:-1]},"x":{extra}}}', claims=claims)
    else:
        token = issuer.token(claims=f'{claims[:-1]},"x":{extra}}}')
    assert is_refused(authorize_token(token))


@pytest.mark.parametrize("iss", ['"\\ud800"', '"' + "a" * 100_000 + '"', '"\\u0000"'])
def test_an_issuer_that_is_hardly_a_text_is_refused(issuer: Issuer, judge: Judge, iss: str) -> None:
    claims = json.dumps(issuer.claims(iss="PLACE")).replace('"PLACE"', iss)
    assert is_refused(judge(claims))
    assert issuer.requests == []


@pytest.mark.parametrize("kid", ["\ud800", "\x00", "a" * 100_000, "../../x", "acme-1\n"])
def test_a_key_id_that_is_hardly_a_text_is_an_unknown_one(
    issuer: Issuer, authorize_token: Authorize, kid: str
) -> None:
    header = json.dumps({"alg": "RS256", "kid": kid})
    assert is_refused(authorize_token(issuer.token(header=header)))


def test_a_segment_may_not_be_padded_or_cut(issuer: Issuer, authorize_token: Authorize) -> None:
    header, claims, signature = issuer.token().split(".")
    for token in (
        f"{header}.{claims}.{signature[:-4]}",
        f"{header}.{claims}.{signature}.{signature}",
        f"{header}..{signature}",
        f".{claims}.{signature}",
        f"{header}.{claims}. {signature}",
    ):
        assert is_refused(authorize_token(token)), token


def test_an_encrypted_token_is_refused(issuer: Issuer, authorize_token: Authorize) -> None:
    header = {"alg": "RSA-OAEP", "enc": "A256GCM", "kid": "acme-1"}
    token = f"{tokens.signing_input(header, b'key')}.aXY.Y2lwaGVy.dGFn"
    assert is_refused(authorize_token(token))
    assert issuer.requests == []
