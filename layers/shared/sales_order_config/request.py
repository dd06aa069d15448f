"""The caller and the call, read from an API Gateway proxy event (payload format 1.0)."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Self

from sales_order_config.problem import Problem

SHOWN_CHARACTERS = 64
PLACE_CHARACTERS = 256
SECRETS_SCOPE = "newstore:configuration:secrets"


class LambdaContext(Protocol):
    """The one thing that is used of Lambda's context object."""

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until Lambda ends this call."""


@dataclass(frozen=True, slots=True)
class Request:
    """One authorized call: who calls, for which tenant, and how much time is left."""

    tenant: str
    client_id: str | None
    scopes: frozenset[str]
    request_id: str
    event: Mapping[str, Any]
    context: LambdaContext

    @classmethod
    def of(cls, event: Mapping[str, Any], context: LambdaContext) -> Self:
        """Read an event that passed the authorizer, whose context values are strings.

        Raises Problem: forbidden when the token has expired since the gateway cached its policy,
        not_found for a path with a trailing slash, bad_request for a query parameter.
        """
        caller = event["requestContext"]["authorizer"]
        if time.time() >= int(caller["expires_at"]):
            raise Problem("forbidden", "The access token has expired.")
        path = event["requestContext"]["path"]
        if path.endswith("/") or "//" in path:  # a REST API routes them to the path without
            raise Problem("not_found", "There is nothing at this path.")
        if unknown := event.get("multiValueQueryStringParameters"):
            raise Problem(
                "bad_request",
                faults=[f"{shown(name) or 'query'}: unknown query parameter" for name in unknown],
            )
        return cls(
            tenant=caller["tenant"],
            client_id=caller.get("client_id"),
            scopes=frozenset(caller["scope"].split(" ")),
            request_id=event["requestContext"]["requestId"],
            event=event,
            context=context,
        )

    @property
    def may_see_secrets(self) -> bool:
        """Whether the token carries the scope that unmasks secrets."""
        return SECRETS_SCOPE in self.scopes

    @property
    def seconds_left(self) -> float:
        """Seconds until Lambda ends this call."""
        return self.context.get_remaining_time_in_millis() / 1000

    def header(self, name: str) -> list[str]:
        """All values of a header, whatever the case of its name; [] when there is none."""
        headers = self.event.get("multiValueHeaders") or {}
        return [value for key, values in headers.items() if key.lower() == name for value in values]


def place_of(parts: Iterable[object]) -> str:
    """Where in a body a fault is: `value.timeout`, `value.1`; `body` for the body as a whole."""
    parts = tuple(parts)
    return shown(".".join(map(shown, parts)), PLACE_CHARACTERS) if parts else "body"


def shown(name: object, characters: int = SHOWN_CHARACTERS) -> str:
    """A client's own name for something, short enough to be repeated in an error message."""
    text = str(name).encode("utf-8", "replace").decode()  # a lone surrogate can't be sent
    return text if len(text) <= characters else f"{text[:characters]}…"
