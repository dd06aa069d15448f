"""Problem details (RFC 9457): the error table, the one exception, the one rendering."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

MAX_MESSAGES = 100

# code -> (status, headers that every answer with this code carries)
CODES: Mapping[str, tuple[HTTPStatus, Mapping[str, str]]] = MappingProxyType(
    {
        "bad_request": (HTTPStatus.BAD_REQUEST, {}),
        "unauthorized": (HTTPStatus.UNAUTHORIZED, {"WWW-Authenticate": "Bearer"}),
        "forbidden": (HTTPStatus.FORBIDDEN, {}),
        "not_found": (HTTPStatus.NOT_FOUND, {}),
        "method_not_allowed": (HTTPStatus.METHOD_NOT_ALLOWED, {}),
        "immutable": (HTTPStatus.CONFLICT, {}),
        "conflict": (HTTPStatus.CONFLICT, {"Retry-After": "1"}),
        "payload_too_large": (HTTPStatus.CONTENT_TOO_LARGE, {}),
        "unsupported_media_type": (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, {}),
        "too_many_requests": (HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": "1"}),
        "internal_server_error": (HTTPStatus.INTERNAL_SERVER_ERROR, {}),
        "service_unavailable": (HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": "5"}),
    }
)


class Problem(Exception):
    """An answer other than success; raised anywhere, rendered by `sales_order_config.answer`.

    code: a key of `CODES`. message: one sentence for a person, without any value that a client
    sent. faults: for a 400, every fault as "place: what is wrong". headers: added to the code's.
    """

    def __init__(
        self,
        code: str,
        message: str | None = None,
        *,
        faults: Sequence[str] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.code = code
        self.status, code_headers = CODES[code]
        self.headers = {**code_headers, **(headers or {})}
        self.messages = _at_most(faults) if faults else [message or self.status.phrase]
        self.message = message or _summary(faults) or self.status.phrase
        super().__init__(code)

    def body(self, *, instance: str, request_id: str) -> dict[str, Any]:
        """The problem details object; instance: the request's path."""
        return {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": int(self.status),
            "detail": self.message,
            "instance": instance,
            "error_code": self.code,
            "message": self.message,
            "messages": self.messages,
            "request_id": request_id,
        }


def _at_most(faults: Sequence[str]) -> list[str]:
    shown = list(faults[:MAX_MESSAGES])
    if len(faults) > MAX_MESSAGES:
        shown.append(f"{len(faults) - MAX_MESSAGES} more faults are not shown")
    return shown


def _summary(faults: Sequence[str]) -> str:
    if len(faults) > 1:
        return f"{len(faults)} faults; the first one: {faults[0]}"
    return "".join(faults)
