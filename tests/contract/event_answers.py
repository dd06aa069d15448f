"""What each file of events/ is answered."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from tests import events
from tests.contract.project import SEQUENCE

DEFAULTS: Mapping[str, Any] = {
    "external_oms": {"enabled": False},
    "cancelable_locations": ["store"],
    "big_sales_order": {"soft_limit_for_big_orders": 100},
}
WRITTEN: Mapping[str, Any] = {
    "external_oms": {"enabled": True},
    "order_id_sequence": {"prefix": "NS", "size": 16, "start": 1, "step": 2},
    "grace_period": 20,
    "cancelable_locations": ["store", "dc"],
    "big_sales_order": {"soft_limit_for_big_orders": 300},
    "external_order_webhook": {
        "url": "https://orders.example.com/newstore",
        "api_key": "********-key",
        "timeout": 20,
    },
}
# File -> code and messages.
ERRORS: Mapping[str, tuple[str, list[str]]] = {
    "bad_json": (
        "bad_request",
        ["body: is not valid JSON: Expecting ',' delimiter (line 1, column 28)"],
    ),
    "broken_text": ("bad_request", ["body: is not valid UTF-8"]),
    "byte_order_mark": ("bad_request", ["body: begins with a byte order mark"]),
    "duplicate_key": ("bad_request", ["value.enabled: stands more than once"]),
    "expired_token": ("forbidden", ["The access token has expired."]),
    "first_identifier_does_not_fit": (
        "bad_request",
        ["value.size: The first identifier needs 6 characters, more than the size of 4"],
    ),
    "host_is_not_public": ("bad_request", ["value.url: The host must be a public one"]),
    "immutable": ("immutable", ["This document is already set and can't be changed."]),
    "invalid_utf8": ("bad_request", ["body: is not valid UTF-8"]),
    "mask_without_a_key": (
        "bad_request",
        ["value.api_key: only the exact current mask may begin with ********"],
    ),
    "missing_body": ("bad_request", ["body: is missing"]),
    "nan": ("bad_request", ["value: must be a finite number"]),
    "out_of_range": (
        "bad_request",
        ["value: Input should be less than or equal to 2147483647"],
    ),
    "repeated_query_parameter": ("bad_request", ["dry_run: unknown query parameter"]),
    "trailing_slash": ("not_found", ["There is nothing at this path."]),
    "unknown_member": (
        "bad_request",
        [
            "value.primary: Extra inputs are not permitted",
            "values: Extra inputs are not permitted",
        ],
    ),
    "unknown_path": ("not_found", ["There is nothing at this path."]),
    "unknown_query_parameter": ("bad_request", ["dry_rum: unknown query parameter"]),
    "wrong_media_type": (
        "unsupported_media_type",
        ["Content-Type: must be application/json, in UTF-8."],
    ),
    "wrong_method": ("method_not_allowed", ["This path knows GET, POST, PUT only."]),
    "wrong_type": ("bad_request", ["value: Input should be a valid integer"]),
}
STATUSES = {
    "bad_request": HTTPStatus.BAD_REQUEST,
    "forbidden": HTTPStatus.FORBIDDEN,
    "not_found": HTTPStatus.NOT_FOUND,
    "method_not_allowed": HTTPStatus.METHOD_NOT_ALLOWED,
    "immutable": HTTPStatus.CONFLICT,
    "unsupported_media_type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
}
# File -> what the authorizer logs; it says the same to the gateway each time.
REFUSALS: Mapping[str, str] = {
    "foreign_issuer": "its issuer is a foreign one",
    "garbage_token": "it is no signed JSON web token",
    "no_token": "there must be exactly one Authorization header",
    "other_scheme": "it is no bearer token",
    "two_tokens": "there must be exactly one Authorization header",
    "unsigned_token": "its algorithm is not RS256",
}
# What must have happened before.
BEFORE = {"immutable": f"{SEQUENCE}/put"}


def headers(name: str, **more: str) -> dict[str, str]:
    return {
        "Content-Type": "application/problem+json",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Request-Id": events.load(name)["requestContext"]["requestId"],
        **more,
    }


def problem(name: str, code: str, messages: list[str]) -> dict[str, Any]:
    call = events.load(name)["requestContext"]
    count = f"{len(messages)} faults; the first one: " if len(messages) > 1 else ""
    return {
        "type": "about:blank",
        "title": STATUSES[code].phrase,
        "status": STATUSES[code].value,
        "detail": f"{count}{messages[0]}",
        "instance": call["path"],
        "error_code": code,
        "message": f"{count}{messages[0]}",
        "messages": messages,
        "request_id": call["requestId"],
    }
