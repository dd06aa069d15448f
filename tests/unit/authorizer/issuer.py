"""A token issuer on this machine: key sets per realm over real HTTP, well-behaved or not."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.unit.authorizer.tokens import AUDIENCE, READ, Segment, SigningKey, times

CERTS = "/protocol/openid-connect/certs"
REALMS = "/auth/realms/"

type Answer = tuple[int, dict[str, str], bytes]


class Issuer:
    """Has realm acme with one key. Notes every request; `answer` replaces what it says."""

    def __init__(self, key: SigningKey) -> None:
        self.key = key
        self.realms: dict[str, list[Any]] = {"acme": [key.jwk()]}
        self.requests: list[str] = []
        self.answer: Callable[[], Answer] | None = None
        self.silent = False
        self._end = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.requests.append(self.path)
                if outer.silent:
                    outer.wait_for_the_end()
                    return
                status, headers, body = outer.says(self.path)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        self.template = f"{self.origin}{REALMS}{{tenant}}"

    def says(self, path: str) -> Answer:
        if self.answer is not None:
            return self.answer()
        realm = path.removeprefix(REALMS).removesuffix(CERTS)
        if path != f"{REALMS}{realm}{CERTS}" or realm not in self.realms:
            return 404, {}, b'{"error":"Realm does not exist"}'
        return key_set(self.realms[realm])

    def wait_for_the_end(self) -> None:
        self._end.wait(30)

    def end(self) -> None:
        self._end.set()
        self.server.shutdown()
        self.server.server_close()

    def of(self, tenant: str) -> str:
        """The realm's issuer URL, as a token's `iss` has it."""
        return self.template.replace("{tenant}", tenant)

    def claims(self, tenant: str = "acme", **changes: Any) -> dict[str, Any]:
        """What a good token says, and changes to it."""
        usual = {"iss": self.of(tenant), "aud": AUDIENCE, "azp": "erp", "scope": READ, **times()}
        return usual | changes

    def token(
        self,
        *,
        key: SigningKey | None = None,
        header: Segment | None = None,
        claims: Segment | None = None,
    ) -> str:
        """A good token of realm acme but for what is given."""
        key = key or self.key
        header = {"alg": "RS256", "typ": "JWT", "kid": key.kid} if header is None else header
        return key.sign(header, self.claims() if claims is None else claims)


def key_set(keys: list[Any]) -> Answer:
    body = json.dumps({"keys": keys}).encode()
    return 200, {"Content-Type": "application/json"}, body


@contextmanager
def running(key: SigningKey) -> Iterator[Issuer]:
    issuer = Issuer(key)
    # The poll interval is how long `shutdown` takes.
    thread = threading.Thread(target=issuer.server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield issuer
    finally:
        issuer.end()
        thread.join()
