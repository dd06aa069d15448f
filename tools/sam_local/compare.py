"""Which parts of two answers to one event must be equal, and where they are not.

An answer is what a function returns ({statusCode, headers, body} of an endpoint, a policy of the
authorizer, {errorMessage, …} of a failure), or an HTTP answer in the first of these shapes.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

RULES = """\
Not compared: request ids; times, but whether there is one; a failure's stack trace.
Over HTTP also: what a connection adds to the headers. Where SAM's gateway answers by itself the
status alone counts: it has no gateway responses. Its requestContext.path is the route's template,
so that `instance`, trailing slashes and undeclared methods are not compared either."""
Answer = dict[str, Any]
FIRST_5XX = 500
TIMES = frozenset({"body.updated_at"})
LEFT_OUT = frozenset({"body.request_id", "headers.x-request-id", "requestId"})
LEFT_OUT_OVER_HTTP = LEFT_OUT | {
    "body.instance",
    "headers.connection",
    "headers.content-length",
    "headers.date",
    "headers.server",
    "headers.x-amz-request-id",
    "headers.x-amzn-requestid",
}


def differences(deployed: Answer, sam: Answer, *, over_http: bool = False) -> list[str]:
    """A line per place where the answers differ, the outermost first; none when they are equal.

    Two failures are no equal answers: they prove nothing.
    """
    if _has_failed(deployed):
        return [f"the deployed stack failed: {status(deployed)}"]
    if over_http and is_the_gateways_own(sam):
        deployed, sam = ({"statusCode": answer["statusCode"]} for answer in (deployed, sam))
    left_out = LEFT_OUT_OVER_HTTP if over_http else LEFT_OUT
    here, there = (dict(_leaves(_readable(answer))) for answer in (sam, deployed))
    return [
        f"{place}: {_shown(here, place)}, deployed: {_shown(there, place)}"
        for place in sorted(here.keys() | there.keys(), key=lambda place: (place.count("."), place))
        if place not in left_out and _shown(here, place) != _shown(there, place)
    ]


def is_the_gateways_own(answer: Answer) -> bool:
    """Not a function's: each of those names the request."""
    return "x-request-id" not in {name.lower() for name in answer["headers"]}


def status(answer: Answer) -> str:
    """The status, or a failure's message, or what a policy says."""
    if "statusCode" in answer:
        return str(answer["statusCode"])
    if "policyDocument" in answer:
        return str(answer["policyDocument"]["Statement"][0]["Effect"])
    return str(answer.get("errorMessage", answer))


def _has_failed(answer: Answer) -> bool:
    return "errorMessage" in answer or answer.get("statusCode", 0) >= FIRST_5XX


def _readable(answer: Answer) -> Answer:
    readable = {name: value for name, value in answer.items() if name != "stackTrace"}
    if "headers" in readable:
        readable["headers"] = {n.lower(): v for n, v in (readable["headers"] or {}).items()}
    with suppress(KeyError, TypeError, ValueError):  # none, or no JSON: compared as it is
        readable["body"] = json.loads(readable["body"])
    return readable


def _leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """(place, value) of everything that holds nothing; places like `body.messages.0`."""
    if isinstance(value, dict | list) and value:
        names = value.items() if isinstance(value, dict) else enumerate(value)
        for name, inner in names:
            yield from _leaves(inner, f"{place}.{name}" if place else str(name))
    else:
        yield place, value


def _shown(leaves: dict[str, Any], place: str) -> str:
    if place not in leaves:
        return "absent"
    if place in TIMES and isinstance(leaves[place], str):
        return "a time"
    return json.dumps(leaves[place], ensure_ascii=False)
