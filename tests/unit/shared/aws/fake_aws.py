"""DynamoDB and KMS over real HTTP on this machine: moto answers, unless a fault is due.

botocore's own connections, timeouts and retries are at work; the retry's wait alone is not slept.
"""

import json
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from botocore.awsrequest import AWSPreparedRequest
from botocore.compat import HTTPHeaders
from moto.core.models import botocore_stubber

from tests.conftest import REGION

DETAIL = "the service's own words"
SERVICES = {"DynamoDB_20120810": "dynamodb", "TrentService": "kms"}


class Answer(NamedTuple):
    """An HTTP answer."""

    status: int
    headers: dict[str, str]
    body: str | bytes


class Call(NamedTuple):
    """One HTTP attempt: the operation and its parameters as they travel."""

    operation: str
    parameters: dict[str, Any]


type Effect = Callable[[], Answer]
# Given what the call would do and answer; None: the connection is closed without an answer.
type Fault = Callable[[Effect], Answer | None]


def works(effect: Effect) -> Answer:
    """No fault."""
    return effect()


def dropped(_effect: Effect) -> None:
    """The connection breaks before the call has an effect."""


def answer_lost(effect: Effect) -> None:
    """The call has its effect, then the connection breaks."""
    effect()


def silent_until(end: threading.Event) -> Fault:
    """The connection stays open without an answer; nothing has an effect."""

    def fault(_effect: Effect) -> None:
        end.wait(30)

    return fault


def error(
    status: int, code: str, *, after_effect: bool = False, headers: dict[str, str] | None = None
) -> Fault:
    """The service answers this error, instead of the call's effect or after it."""

    def fault(effect: Effect) -> Answer:
        if after_effect:
            effect()
        body = {"__type": f"com.amazonaws#{code}", "message": DETAIL}
        return Answer(status, headers or {}, json.dumps(body))

    return fault


def overtaken(other: Callable[[], object]) -> Fault:
    """Something else happens just before the call has its effect."""

    def fault(effect: Effect) -> Answer:
        other()
        return effect()

    return fault


class FakeAws:
    """Notes every HTTP attempt; `faults` names what happens to the next ones of an operation."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                answer = outer.answer(dict(self.headers.items()), body)
                if answer is not None:
                    self.send_response(answer.status)
                    for name, value in answer.headers.items():
                        self.send_header(name, value)
                    self.end_headers()
                    body = answer.body.encode() if isinstance(answer.body, str) else answer.body
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, headers: dict[str, str], body: bytes) -> Answer | None:
        target, _, operation = headers["X-Amz-Target"].partition(".")
        self.calls.append(Call(operation, json.loads(body)))
        due = self._faults[operation]
        fault = due.popleft() if due else works
        return fault(lambda: _by_moto(SERVICES[target], headers, body))

    def faults(self, operation: str, *faults: Fault) -> None:
        """Give these to the operation's next HTTP attempts, one each; then it works again."""
        self._faults[operation].extend(faults)

    @property
    def operations(self) -> list[str]:
        """The operations of all HTTP attempts until now, in their order."""
        return [call.operation for call in self.calls]


def _by_moto(service: str, headers: dict[str, str], body: bytes) -> Answer:
    known = HTTPHeaders()
    for name, value in headers.items():
        known[name] = value
    url = f"https://{service}.{REGION}.amazonaws.com/"
    request = AWSPreparedRequest("POST", url, known, body, stream_output=False)
    answer = botocore_stubber.process_request(request)
    assert answer is not None
    return Answer(*answer)


@contextmanager
def running() -> Iterator[FakeAws]:
    """A fake that listens; moto must be active."""
    fake = FakeAws()
    # The poll interval is how long `shutdown` takes.
    thread = threading.Thread(target=fake.server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield fake
    finally:
        fake.server.shutdown()
        fake.server.server_close()
        thread.join()
