"""The local token issuer: OAuth 2.0 client credentials per realm, at the paths of the real one.

Any client id and secret will do; it must never be reachable from another machine.
python -m tools.local.issuer TENANT SCOPE prints a token; an empty SCOPE is all of them.
"""

import base64
import hashlib
import re
import sys
import time
from pathlib import Path
from typing import Any

import jwt
from aiohttp import BasicAuth, web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from authorizer.settings import REALM

KEY_FILE = Path(".local/issuer.pem")
AUDIENCE = "newstore-configuration"
LIFETIME_SECONDS = 3600
SCOPES = (
    "newstore:configuration:read",
    "newstore:configuration:write",
    "newstore:configuration:secrets",
)


class Issuer:
    """Signs tokens of all realms below `url` (`http://127.0.0.1:…/auth/realms`) with one key."""

    def __init__(self, url: str, key_file: Path) -> None:
        self.url = url
        self._key = _load_or_make_key(key_file)
        public = self._key.public_key()
        der = public.public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self._kid = base64.urlsafe_b64encode(hashlib.sha256(der).digest()).decode().rstrip("=")
        jwk = RSAAlgorithm.to_jwk(public, as_dict=True)
        self.key_set = {"keys": [jwk | {"kid": self._kid, "use": "sig", "alg": "RS256"}]}

    def token(self, tenant: str, client_id: str, scope: str, **claims: Any) -> str:
        """An access token; claims: further ones, or others in place of the usual."""
        now = int(time.time())
        usual = {
            "iss": f"{self.url}/{tenant}",
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + LIFETIME_SECONDS,
            "azp": client_id,
            "client_id": client_id,
            "sub": client_id,
            "scope": scope,
        }
        return jwt.encode(usual | claims, self._key, "RS256", headers={"kid": self._kid})

    def routes(self) -> list[web.RouteDef]:
        """The token and the keys endpoint of every realm."""
        realm = f"/auth/realms/{{tenant:{REALM}}}/protocol/openid-connect"
        return [
            web.post(f"{realm}/token", self._answer_token),
            web.get(f"{realm}/certs", self._answer_keys),
        ]

    async def _answer_keys(self, _request: web.Request) -> web.Response:
        return web.json_response(self.key_set)

    async def _answer_token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        client_id, secret = form.get("client_id"), form.get("client_secret")
        if "Authorization" in request.headers:
            try:
                basic = BasicAuth.decode(request.headers["Authorization"])
            except ValueError:
                return _oauth_error(401, "invalid_client", "The Authorization header is not valid.")
            client_id, secret = basic.login, basic.password
        if form.get("grant_type") != "client_credentials":
            return _oauth_error(
                400, "unsupported_grant_type", "grant_type must be client_credentials."
            )
        if not client_id or not secret:
            return _oauth_error(401, "invalid_client", "client_id and client_secret are required.")
        scope = form.get("scope", " ".join(SCOPES))
        if not set(scope.split(" ")) <= set(SCOPES):
            return _oauth_error(400, "invalid_scope", f"scope must be of {', '.join(SCOPES)}.")
        answer = {
            "access_token": self.token(request.match_info["tenant"], client_id, scope),
            "expires_in": LIFETIME_SECONDS,
            "token_type": "Bearer",
            "scope": scope,
        }
        return web.json_response(answer, headers={"Cache-Control": "no-store"})


def _oauth_error(status: int, error: str, description: str) -> web.Response:
    """RFC 6749, section 5.2."""
    return web.json_response(
        {"error": error, "error_description": description},
        status=status,
        headers={"Cache-Control": "no-store"},
    )


def _load_or_make_key(key_file: Path) -> rsa.RSAPrivateKey:
    if key_file.exists():
        key = serialization.load_pem_private_key(key_file.read_bytes(), None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise SystemExit(f"{key_file} holds no RSA key; remove it, and a new one is made")
        return key
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    key_file.parent.mkdir(parents=True, exist_ok=True)
    key_file.touch(mode=0o600)
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return key


def main(tenant: str, scope: str) -> None:
    """Print a token; without a scope, of all scopes."""
    if not re.fullmatch(REALM, tenant):
        sys.exit("TENANT: lower-case letters, digits and inner hyphens, at most 63")
    if not set(scope.split()) <= set(SCOPES):
        sys.exit(f"SCOPE: must be of {', '.join(SCOPES)}")
    issuer = Issuer("http://127.0.0.1:3000/auth/realms", KEY_FILE)
    print(issuer.token(tenant, "local", scope or " ".join(SCOPES)))


if __name__ == "__main__":
    main(*sys.argv[1:])
