"""The strict body of a write: size, media type, UTF-8, JSON without surprises."""

import base64
import binascii
import json
import math
from collections import Counter
from collections.abc import Iterator
from email.message import Message
from typing import Any

from sales_order_config.problem import Problem
from sales_order_config.request import Request, place_of

MAX_BODY_BYTES = 65_536
# Far above what any document needs; below it, the places of faults stay short.
MAX_DEPTH = 32


def read_json(request: Request) -> Any:
    """The request's body as Python values.

    Raises Problem: payload_too_large above 65,536 bytes; unsupported_media_type for anything but
    application/json in UTF-8 without a content coding; bad_request for what is no I-JSON
    (RFC 7493): broken UTF-8, a BOM, duplicate names, NUL, lone surrogates, NaN, Infinity.
    """
    raw = _raw_bytes(request)
    if len(raw) > MAX_BODY_BYTES:
        raise Problem("payload_too_large", f"The body is larger than {MAX_BODY_BYTES} bytes.")
    if raw or request.header("content-type"):
        _check_media_type(request)
    value = _parse(_decode(raw))
    if faults := list(_text_faults(value, ())):
        raise Problem("bad_request", faults=faults)
    return value


def _raw_bytes(request: Request) -> bytes:
    body = request.event.get("body") or ""
    if not request.event.get("isBase64Encoded"):
        # API Gateway has decoded a text body already, and put U+FFFD for bytes that are no UTF-8.
        return body.replace("\ufffd", "\udcff").encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        raise _bad_body("no valid base64") from None


def _check_media_type(request: Request) -> None:
    encodings = [value.strip().lower() for value in request.header("content-encoding")]
    if any(encoding != "identity" for encoding in encodings):
        raise Problem("unsupported_media_type", "Content-Encoding: only identity is supported.")
    values = request.header("content-type")
    media = Message()
    media["Content-Type"] = values[0] if len(values) == 1 else "none/none"
    try:
        parameters = media.get_params(failobj=[])[1:]
    except (TypeError, ValueError):  # continuations (RFC 2231) that email can't sort or count
        parameters = [("charset", "none")]
    charsets = [str(value).lower() for name, value in parameters if name.lower() == "charset"]
    if media.get_content_type() != "application/json" or any(c != "utf-8" for c in charsets):
        raise Problem("unsupported_media_type", "Content-Type: must be application/json, in UTF-8.")


def _decode(raw: bytes) -> str:
    if not raw:
        raise _bad_body("is missing")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise _bad_body("is not valid UTF-8") from None
    if text.startswith("\ufeff"):
        raise _bad_body("begins with a byte order mark")
    return text


def _parse(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _bad_body(f"is not valid JSON: {error.msg} ({where})") from None
    except ValueError:
        raise _bad_body("holds a number with too many digits") from None
    except RecursionError:
        raise _bad_body("is nested too deeply") from None


class _Duplicated(dict[str, Any]):
    """A JSON object in which these names stand more than once."""

    names: frozenset[str]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    duplicated = _Duplicated(members)
    counts = Counter(name for name, _ in pairs)
    duplicated.names = frozenset(name for name, count in counts.items() if count > 1)
    return duplicated


def _text_faults(value: Any, place: tuple[object, ...]) -> Iterator[str]:
    """What the JSON grammar allows and no two readers agree on, each with its place."""
    if len(place) > MAX_DEPTH:
        raise _bad_body("is nested too deeply")
    match value:
        case str() if problem := _string_fault(value):
            yield f"{place_of(place)}: {problem}"
        case float() if not math.isfinite(value):
            yield f"{place_of(place)}: must be a finite number"
        case list():
            for index, item in enumerate(value):
                yield from _text_faults(item, (*place, index))
        case dict():
            for name, item in value.items():
                yield from _name_faults(value, name, place)
                yield from _text_faults(item, (*place, name))


def _name_faults(members: dict[str, Any], name: str, place: tuple[object, ...]) -> Iterator[str]:
    if isinstance(members, _Duplicated) and name in members.names:
        yield f"{place_of((*place, name))}: stands more than once"
    if problem := _string_fault(name):
        yield f"{place_of((*place, name))}: its name {problem}"


def _string_fault(text: str) -> str | None:
    if "\x00" in text:
        return "holds a NUL character"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "holds a lone surrogate"
    return None


def _bad_body(what: str) -> Problem:
    return Problem("bad_request", faults=[f"body: {what}"])
