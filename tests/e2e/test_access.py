"""Tokens over real HTTP: who gets in, for which tenant, to do what."""

import base64
import hmac
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from tests.e2e.client import Client, request_token
from tests.e2e.target import ALL_SCOPES, READ, SECRETS, WRITE, LocalStack, Target

DOCUMENT = "grace_period"


@pytest.mark.smoke
def test_no_token_is_401(api: Client) -> None:
    answer = api.with_token(None).get("external_oms")

    assert (answer.status, answer.json["error_code"]) == (401, "unauthorized")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.smoke
@pytest.mark.parametrize("value", ["Bearer", "Bearer ", "Basic YTpi", "garbage", "Bearer a.b.c"])
def test_another_authorization_is_403(api: Client, value: str) -> None:
    answer = api.with_token(None).call(
        "GET", "/config/sales_order/external_oms", headers=[("Authorization", value)]
    )

    assert (answer.status, answer.json["error_code"]) == (403, "forbidden")


def _another_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _claims(stack: LocalStack, tenant: str) -> dict[str, Any]:
    token = stack.issuer.token(tenant, "e2e", ALL_SCOPES)
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return claims


def _kid(stack: LocalStack) -> dict[str, Any]:
    return {"kid": stack.issuer.key_set["keys"][0]["kid"]}


def _hs256_with_the_public_key(stack: LocalStack, tenant: str) -> str:
    """The algorithm confusion attack; PyJWT itself refuses to sign it."""
    pem = stack.issuer._key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    unsigned = jwt.encode(_claims(stack, tenant), "x" * 32, "HS256", headers=_kid(stack))
    signed = unsigned.rpartition(".")[0]
    signature = base64.urlsafe_b64encode(hmac.digest(pem, signed.encode(), "sha256"))
    return f"{signed}.{signature.decode().rstrip('=')}"


def _with_its_own_key(stack: LocalStack, tenant: str) -> str:
    key = _another_key()
    jwk = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return jwt.encode(_claims(stack, tenant), key, "RS256", headers=_kid(stack) | {"jwk": jwk})


def _claiming(**claims: Any) -> Callable[[LocalStack, str], str]:
    return lambda stack, tenant: stack.issuer.token(tenant, "e2e", ALL_SCOPES, **claims)


FORGERIES: dict[str, Callable[[LocalStack, str], str]] = {
    "expired": _claiming(exp=int(time.time()) - 120),
    "not yet valid": _claiming(nbf=int(time.time()) + 3600),
    "foreign issuer": _claiming(iss="https://id.evil.example/auth/realms/acme"),
    "wrong audience": _claiming(aud="another-api"),
    "alg none": lambda stack, tenant: jwt.encode(
        _claims(stack, tenant), "", "none", headers=_kid(stack)
    ),
    "HS256 with the public key": _hs256_with_the_public_key,
    "signed by another key": lambda stack, tenant: jwt.encode(
        _claims(stack, tenant), _another_key(), "RS256", headers=_kid(stack)
    ),
    "bringing its own key": _with_its_own_key,
    "an unknown key id": lambda stack, tenant: jwt.encode(
        _claims(stack, tenant), _another_key(), "RS256", headers={"kid": "unknown"}
    ),
}


@pytest.mark.parametrize("kind", FORGERIES)
def test_a_forged_token_is_403_and_writes_nothing(
    api: Client, stack: LocalStack, tenant: str, kind: str
) -> None:
    forger = api.with_token(FORGERIES[kind](stack, tenant))

    assert forger.get(DOCUMENT).status == 403
    assert forger.put(DOCUMENT, 1).status == 403
    assert api.get(DOCUMENT).status == 404


def test_two_authorization_headers_are_403(api: Client) -> None:
    assert api.token is not None
    again = [("Authorization", f"Bearer {api.token}")]

    assert api.call("GET", "/config/sales_order/external_oms", headers=again).status == 403


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "bEARER"])
def test_the_scheme_is_read_in_any_case(api: Client, scheme: str) -> None:
    header = [("Authorization", f"{scheme} {api.token}")]
    answer = api.with_token(None).call("GET", "/config/sales_order/external_oms", headers=header)

    assert answer.status == 200


def test_reading_needs_the_read_scope_and_write_implies_it(
    scoped: Callable[[str], Client],
) -> None:
    assert scoped(READ).get("external_oms").status == 200
    assert scoped(WRITE).get("external_oms").status == 200
    assert scoped(SECRETS).get("external_oms").status == 403
    assert scoped("").get("external_oms").status == 403
    assert scoped(f"{READ}s").get("external_oms").status == 403


def test_writing_needs_the_write_scope(scoped: Callable[[str], Client]) -> None:
    for method in ("PUT", "POST"):
        assert scoped(READ).put(DOCUMENT, 1, method).status == 403
        assert scoped(f"{READ} {SECRETS}").put(DOCUMENT, 1, method).status == 403
    assert scoped(WRITE).get(DOCUMENT).status == 404
    assert scoped(WRITE).put(DOCUMENT, 1).status == 200


def test_access_is_decided_before_the_body_is_looked_at(scoped: Callable[[str], Client]) -> None:
    assert scoped(READ).put_raw(DOCUMENT, b"{" * 70_000).status == 403


def test_one_token_serves_every_document_while_its_policy_is_cached(api: Client) -> None:
    documents = ["external_oms", "cancelable_locations", "big_sales_order"]
    assert [api.get(name).status for name in documents] == [200, 200, 200]
    assert api.put(DOCUMENT, 1).status == 200
    assert api.put("big_sales_order", {"soft_limit_for_big_orders": 7}, "POST").status == 200


def test_a_tenant_never_sees_or_changes_another_ones_document(target: Target) -> None:
    mine, other = (
        Client(target.base_url, target.token(target.new_tenant(), ALL_SCOPES)) for _ in range(2)
    )
    assert mine.put(DOCUMENT, 11).status == 200

    assert other.get(DOCUMENT).status == 404
    assert other.put(DOCUMENT, 22).status == 200
    assert mine.get(DOCUMENT).json["value"] == 11
    sneaky = [("X-Tenant", "acme"), ("X-Forwarded-Host", "acme.example.com")]
    read = other.call("GET", f"/config/sales_order/{DOCUMENT}", headers=sneaky)
    assert read.json["value"] == 22


def test_the_issuer_speaks_the_client_credentials_flow(stack: LocalStack, tenant: str) -> None:
    realm = f"{stack.issuer.url}/{tenant}"
    granted = request_token(realm, "any", "secret", READ)
    assert (granted["token_type"], granted["scope"]) == ("Bearer", READ)
    assert Client(stack.base_url, granted["access_token"]).get("external_oms").status == 200
    assert request_token(realm, "any", "secret")["scope"] == ALL_SCOPES
