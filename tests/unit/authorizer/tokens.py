"""Tokens as an issuer makes them, and as somebody makes them who would like to be one."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import ECAlgorithm, HMACAlgorithm, RSAAlgorithm

AUDIENCE = "newstore-configuration"
READ = "newstore:configuration:read"
WRITE = "newstore:configuration:write"
SECRETS = "newstore:configuration:secrets"

type Segment = dict[str, Any] | str | bytes


class SigningKey:
    """An RSA key of a realm."""

    def __init__(self, kid: str, bits: int = 2048) -> None:
        self.kid = kid
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=bits)

    @property
    def public(self) -> rsa.RSAPublicKey:
        return self.private.public_key()

    def jwk(self, **members: Any) -> dict[str, Any]:
        """The public half as a key set holds it."""
        own = {"kid": self.kid, "use": "sig", "alg": "RS256"}
        return RSAAlgorithm.to_jwk(self.public, as_dict=True) | own | members

    def sign(self, header: Segment, payload: Segment, hashed: str = "RS256") -> str:
        """A signed token of exactly these segments, valid JSON or not."""
        algorithm = RSAAlgorithm(getattr(RSAAlgorithm, hashed.replace("RS", "SHA")))
        signed = signing_input(header, payload)
        return f"{signed}.{_base64url(algorithm.sign(signed.encode(), self.private))}"


def sign_with_ec(header: Segment, payload: Segment, key: Any) -> str:
    signed = signing_input(header, payload)
    return f"{signed}.{_base64url(ECAlgorithm(ECAlgorithm.SHA256).sign(signed.encode(), key))}"


def sign_with_secret(header: Segment, payload: Segment, secret: bytes) -> str:
    """HS256 with any bytes: PyJWT itself refuses to use a PEM as a secret."""
    signed = signing_input(header, payload)
    mac = hmac.new(secret, signed.encode(), hashlib.sha256)
    return f"{signed}.{_base64url(mac.digest())}"


def secret_jwk(kid: str, secret: bytes) -> dict[str, Any]:
    return HMACAlgorithm.to_jwk(secret, as_dict=True) | {"kid": kid, "alg": "HS256"}


def signing_input(header: Segment, payload: Segment) -> str:
    return f"{_segment(header)}.{_segment(payload)}"


def times(lifetime: float = 3600) -> dict[str, int]:
    now = int(time.time())
    return {"iat": now, "exp": now + int(lifetime)}


def without(claims: dict[str, Any], name: str) -> dict[str, Any]:
    return {n: value for n, value in claims.items() if n != name}


def _segment(content: Segment) -> str:
    if isinstance(content, dict):
        content = json.dumps(content)
    return _base64url(content.encode() if isinstance(content, str) else content)


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
