"""The public keys of a realm, over HTTP (JWKS)."""

import ssl
import time
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError

import jwt

from authorizer.refusal import IssuerUnavailable, Refused

LIFESPAN_SECONDS = 300
COOLDOWN_SECONDS = 60
TIMEOUT_SECONDS = 2
# Loading the trusted certificates costs as much as an issuer's answer: once, during init.
TLS = ssl.create_default_context()
# What PyJWT lets through of an answer that is no key set.
NO_KEY_SET = (jwt.PyJWTError, OSError, ValueError, TypeError, RecursionError)


def signing_key(keys_url: str, kid: str) -> jwt.PyJWK:
    """The realm's key of this id, cached; an unknown id is asked for at most once a minute.

    Raises Refused when the realm does not exist or has no such key; IssuerUnavailable when the
    issuer does not answer, or not with a key set.
    """
    realm = _realm(keys_url)
    if time.monotonic() < realm.unknown_until:
        raise Refused("the issuer knows no such realm")
    try:
        realm.get_signing_keys()
    except jwt.PyJWKClientConnectionError as error:
        if isinstance(error.__cause__, HTTPError) and error.__cause__.code == HTTPStatus.NOT_FOUND:
            realm.unknown_until = time.monotonic() + COOLDOWN_SECONDS
            raise Refused("the issuer knows no such realm") from None
        raise IssuerUnavailable(type(error.__cause__).__name__) from None
    except NO_KEY_SET as error:
        raise IssuerUnavailable(type(error).__name__) from None
    try:
        return realm.get_signing_key(kid)
    except jwt.PyJWKClientConnectionError as error:
        raise IssuerUnavailable(type(error.__cause__).__name__) from None
    except jwt.PyJWKClientError:
        raise Refused("the realm has no such key") from None
    except NO_KEY_SET as error:
        raise IssuerUnavailable(type(error).__name__) from None


class _Realm(jwt.PyJWKClient):
    """Counts the minute from the last request, not from the last answer.

    unknown_until: when (time.monotonic) to ask again for a realm that the issuer does not know.
    """

    unknown_until = 0.0

    def fetch_data(self) -> Any:
        """Raises what the client raises."""
        self._last_successful_fetch = time.monotonic()
        return super().fetch_data()


# Large, so that tokens which name realms at random do not push the real ones out.
@lru_cache(maxsize=4096)
def _realm(keys_url: str) -> _Realm:
    return _Realm(
        keys_url,
        lifespan=LIFESPAN_SECONDS,
        cooldown_duration=COOLDOWN_SECONDS,
        timeout=TIMEOUT_SECONDS,
        ssl_context=TLS,
    )
