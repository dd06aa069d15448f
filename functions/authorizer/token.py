"""A bearer token -> the caller, or a refusal."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt

from authorizer.keys import signing_key
from authorizer.refusal import Refused
from authorizer.settings import Settings

LEEWAY_SECONDS = 30
# The end of the year 9999. JSON knows far greater numbers, which no clock and no float can hold.
LATEST = 253_402_300_799
# What PyJWT and the JSON and base64 readers below it raise on a token made to break them.
MALFORMED = (jwt.PyJWTError, ValueError, TypeError, ArithmeticError, RecursionError)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a token speaks for. expires_at: seconds since 1970, the leeway included."""

    tenant: str
    client_id: str
    scopes: frozenset[str]
    expires_at: int


def verify(token: str, settings: Settings) -> Caller:
    """Judge a token: issuer, types, then signature, audience and times.

    Raises Refused; IssuerUnavailable when the realm's keys can't be had.
    """
    try:
        unverified = jwt.decode_complete(token, options={"verify_signature": False})
        header, claims = unverified["header"], unverified["payload"]
    except MALFORMED:
        raise Refused("it is no signed JSON web token") from None
    _check_types(header, claims)
    issuer = settings.issuer.fullmatch(claims["iss"])
    if issuer is None:
        raise Refused("its issuer is a foreign one")
    key = signing_key(settings.keys_url(claims["iss"]), header["kid"])
    try:
        jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            audience=settings.audience,
            leeway=LEEWAY_SECONDS,
            options={"require": ["iss", "exp", "aud"], "enforce_minimum_key_length": True},
        )
    except MALFORMED as error:
        raise Refused(f"{type(error).__name__}") from None
    return Caller(
        tenant=issuer["tenant"],
        client_id=next((claims[n] for n in ("azp", "client_id", "sub") if claims.get(n)), ""),
        scopes=frozenset(claims.get("scope", "").split(" ")),
        expires_at=math.ceil(claims["exp"]) + LEEWAY_SECONDS,
    )


def _check_types(header: Mapping[str, Any], claims: Mapping[str, Any]) -> None:
    """Before anything is made of them: PyJWT takes a number in a string for a time."""
    if header.get("alg") != "RS256":
        raise Refused("its algorithm is not RS256")
    if not isinstance(header.get("kid"), str) or not header["kid"]:
        raise Refused("it names no key (kid)")
    if not isinstance(claims.get("iss"), str):
        raise Refused("iss: must be a string")
    for name in ("exp", "nbf", "iat"):
        if name in claims and not _is_time(claims[name]):
            raise Refused(f"{name}: must be a number")
    for name in ("scope", "azp", "client_id", "sub"):
        if name in claims and not _is_text(claims[name]):
            raise Refused(f"{name}: must be a string")


def _is_time(value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and abs(value) <= LATEST  # type: ignore[arg-type]


def _is_text(value: object) -> bool:
    """Not with a lone surrogate, which JSON can write and nothing can store."""
    return isinstance(value, str) and not any("\ud800" <= c <= "\udfff" for c in value)
