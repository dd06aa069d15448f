"""A plain HTTP client: what is sent is exactly what the test says."""

import base64
import json
import urllib.parse
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPMessage, HTTPSConnection
from typing import Any

TIMEOUT_SECONDS = 60
JSON_TYPE = ("Content-Type", "application/json")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: HTTPMessage
    raw: bytes

    @property
    def json(self) -> Any:
        """The body."""
        return json.loads(self.raw)


@dataclass(frozen=True)
class Client:
    """Calls one API with one token. base_url: ends in /v0."""

    base_url: str
    token: str | None = None
    headers: list[tuple[str, str]] = field(default_factory=list)

    def with_token(self, token: str | None) -> "Client":
        """The same API, another caller."""
        return replace(self, token=token)

    def call(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Iterable[tuple[str, str]] = (),
    ) -> Answer:
        """One request on a connection of its own; path: below /v0."""
        url = urllib.parse.urlsplit(self.base_url)
        kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
        connection = kind(url.netloc, timeout=TIMEOUT_SECONDS)
        try:
            connection.putrequest(method, f"{url.path}{path}", skip_accept_encoding=True)
            for name, value in [*self.headers, *headers]:
                connection.putheader(name, value)
            if self.token is not None:
                connection.putheader("Authorization", f"Bearer {self.token}")
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, config_name: str) -> Answer:
        """GET a document."""
        return self.call("GET", document_path(config_name))

    def put(self, config_name: str, value: Any, method: str = "PUT") -> Answer:
        """PUT a document's value."""
        return self.put_raw(config_name, json.dumps({"value": value}).encode(), method)

    def put_raw(self, config_name: str, body: bytes, method: str = "PUT") -> Answer:
        """PUT these bytes as JSON."""
        return self.call(method, document_path(config_name), body, [JSON_TYPE])


def document_path(config_name: str) -> str:
    """Below /v0."""
    return f"/config/sales_order/{config_name}"


def request_token(
    issuer: str, client_id: str, client_secret: str, scope: str | None = None
) -> dict[str, Any]:
    """The client credentials flow. issuer: one realm's URL."""
    form = {"grant_type": "client_credentials"} | ({"scope": scope} if scope else {})
    credentials = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()
    request = urllib.request.Request(
        f"{issuer}/protocol/openid-connect/token",
        urllib.parse.urlencode(form).encode(),
        {"Authorization": f"Basic {credentials}"},
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
        granted: dict[str, Any] = json.load(answer)
    return granted
