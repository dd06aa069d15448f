"""What the authorizer is told by its environment, checked once at init."""

import os
import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

REALM = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
KEYS_URL_TEMPLATE = "{issuer}/protocol/openid-connect/certs"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Settings:
    """issuer: matches a whole issuer, its group `tenant` is the realm."""

    issuer: re.Pattern[str]
    audience: str
    keys_url_template: str

    @classmethod
    def of_environment(cls) -> Self:
        """Raises KeyError that names a missing variable, ValueError that names a wrong one."""
        template = os.environ["ISSUER_TEMPLATE"]
        keys_url_template = os.environ["KEYS_URL_TEMPLATE"]
        url = urlsplit(template)
        if template.count("{tenant}") != 1 or "{tenant}" in url.netloc:
            raise ValueError("ISSUER_TEMPLATE: must hold {tenant} once, in its path")
        if url.hostname not in LOOPBACK:
            if url.scheme != "https":
                raise ValueError("ISSUER_TEMPLATE: only a loopback issuer may speak plain http")
            if keys_url_template != KEYS_URL_TEMPLATE:
                raise ValueError("KEYS_URL_TEMPLATE: may differ only for a loopback issuer")
        before, after = map(re.escape, template.split("{tenant}"))
        return cls(
            issuer=re.compile(f"{before}(?P<tenant>{REALM}){after}"),
            audience=os.environ["AUDIENCE"],
            keys_url_template=keys_url_template,
        )

    def keys_url(self, issuer: str) -> str:
        """Where this issuer publishes its keys."""
        return self.keys_url_template.replace("{issuer}", issuer)
