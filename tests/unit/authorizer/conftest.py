"""The real authorizer against a real issuer on this machine."""

import io
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from authorizer import authorize, keys
from tests.unit.authorizer import issuer as issuers
from tests.unit.authorizer.issuer import Issuer
from tests.unit.authorizer.tokens import AUDIENCE, Segment, SigningKey

API = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/v0"
PATH = "/config/sales_order/external_oms"

type Authorize = Callable[[str], dict[str, Any]]
type Logged = Callable[[], list[str]]
type Judge = Callable[[Segment], dict[str, Any]]


class Clock:
    """time.monotonic, which the key cache counts by, and which can be put forward."""

    def __init__(self) -> None:
        self._real = time.monotonic
        self._ahead = 0.0

    def __call__(self) -> float:
        return self._real() + self._ahead

    def advance(self, seconds: float) -> None:
        self._ahead += seconds


def request_event(multi_value_headers: dict[str, list[str]] | None) -> dict[str, Any]:
    """What the authorizer reads of a REQUEST event."""
    headers = {name: vs[-1] for name, vs in (multi_value_headers or {}).items() if vs}
    return {
        "type": "REQUEST",
        "methodArn": f"{API}/GET{PATH}",
        "resource": PATH,
        "path": PATH,
        "httpMethod": "GET",
        "headers": headers,
        "multiValueHeaders": multi_value_headers,
        "requestContext": {"path": f"/v0{PATH}", "requestId": "r-1", "stage": "v0"},
    }


def is_allowed(answer: dict[str, Any]) -> bool:
    (statement,) = answer["policyDocument"]["Statement"]
    return bool(statement["Effect"] == "Allow")


def is_refused(answer: dict[str, Any]) -> bool:
    """Denied everywhere, and nothing of the token is handed on."""
    (statement,) = answer["policyDocument"]["Statement"]
    return bool(
        statement == {"Action": "execute-api:Invoke", "Effect": "Deny", "Resource": [f"{API}/*"]}
        and answer["context"] == {}
        and answer["principalId"] == "refused"
    )


@pytest.fixture(scope="session")
def key() -> SigningKey:
    """The key of realm acme."""
    return SigningKey("acme-1")


@pytest.fixture(scope="session")
def other_key() -> SigningKey:
    """A key that is not in acme's key set."""
    return SigningKey("other-1")


@pytest.fixture
def issuer(key: SigningKey, monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuer]:
    """The configured issuer, with realm acme."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with issuers.running(key) as issuer:
        monkeypatch.setenv("ISSUER_TEMPLATE", issuer.template)
        monkeypatch.setenv("KEYS_URL_TEMPLATE", "{issuer}/protocol/openid-connect/certs")
        monkeypatch.setenv("AUDIENCE", AUDIENCE)
        yield issuer


@pytest.fixture
def stranger(key: SigningKey) -> Iterator[Issuer]:
    """Another server, which nobody has a reason to ask."""
    with issuers.running(key) as stranger:
        yield stranger


@pytest.fixture(autouse=True)
def _new_function_instance() -> Iterator[None]:
    authorize.settings.cache_clear()
    keys._realm.cache_clear()
    yield
    authorize.settings.cache_clear()
    keys._realm.cache_clear()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", clock)
    return clock


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Logged:
    """The lines that the function logs; whatever else is written is a fault."""
    written = io.StringIO()  # the logger holds the stdout that there was at its import
    monkeypatch.setattr(authorize.logger.registered_handler, "stream", written)

    def lines() -> list[str]:
        assert capfd.readouterr() == ("", "")
        return written.getvalue().splitlines()

    return lines


@pytest.fixture
def authorize_token(issuer: Issuer) -> Authorize:  # noqa: ARG001 - the settings name it
    """Call the handler with this token as a bearer token."""

    def call(token: str) -> dict[str, Any]:
        event = request_event({"Authorization": [f"Bearer {token}"]})
        return authorize.handler(event, None)

    return call


@pytest.fixture
def judge(issuer: Issuer, authorize_token: Authorize) -> Judge:
    """Call the handler with a token that says this, signed by acme's key."""
    return lambda claims: authorize_token(issuer.token(claims=claims))
