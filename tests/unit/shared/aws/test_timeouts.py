"""Time: how long a call may take, when it is not begun, and services that do not answer at all."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from botocore.retries.standard import ExponentialBackoff, RetryContext

from sales_order_config import aws, cipher, store, webhook_key
from sales_order_config.documents.external_order_webhook import ExternalOrderWebhook
from sales_order_config.documents.grace_period import GracePeriod
from sales_order_config.documents.order_id_sequence import OrderIdSequence
from sales_order_config.problem import Problem
from sales_order_config.request import Request
from tests.unit.shared.aws.conftest import request
from tests.unit.shared.aws.fake_aws import FakeAws, error, silent_until

WEBHOOK = ExternalOrderWebhook.parse(
    {"value": {"url": "https://oms.example.com", "api_key": "obviously-fake-key"}}
)
OPERATIONS: dict[str, Callable[[Request], object]] = {
    "get": lambda request: store.get(request, "grace_period"),
    "save": lambda request: store.save(request, GracePeriod.parse({"value": 20})),
    "save_once": lambda request: store.save_once(request, OrderIdSequence.parse({"value": {}})),
    "webhook save": lambda request: webhook_key.save(request, WEBHOOK),
    "encrypt": lambda request: cipher.encrypt(request, "obviously-fake-key"),
    "decrypt": lambda request: cipher.decrypt(request, b"a ciphertext"),
}
SETTINGS: Any = aws.CONFIG
ATTEMPTS = SETTINGS.retries["total_max_attempts"]
SECONDS_SILENT = ATTEMPTS * (SETTINGS.connect_timeout + SETTINGS.read_timeout)


class Countdown:
    """Lambda's context; its time begins to run when it is asked for the first time."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ends_at: float | None = None

    def get_remaining_time_in_millis(self) -> int:
        now = time.monotonic()
        self._ends_at = self._ends_at or now + self._seconds
        return int((self._ends_at - now) * 1000)


def ends_with(operation: str, request: Request) -> str:
    """The code of the problem that the operation ends with."""
    with pytest.raises(Problem) as ended:
        OPERATIONS[operation](request)
    return ended.value.code


@pytest.mark.parametrize("service", ["dynamodb", "kms"])
def test_a_call_of_a_silent_service_ends_within_what_is_kept_for_it(service: str) -> None:
    backoff = ExponentialBackoff(random=lambda: 1.0, service_name=service)
    longest_wait = sum(backoff.delay_amount(RetryContext(n)) for n in range(1, ATTEMPTS))
    assert SECONDS_SILENT + longest_wait <= 6.2
    assert aws.SECONDS_FOR_A_CALL > 6.2


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("service", ["dynamodb", "kms"])
def test_a_client_has_these_settings_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, service: str
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "9")
    monkeypatch.setenv("AWS_RETRY_MODE", "legacy")
    config = aws.client(service).meta.config
    assert (config.connect_timeout, config.read_timeout) == (1, 2)
    assert config.retries == {"total_max_attempts": 2, "mode": "standard"}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_call_is_not_begun_with_too_little_time_left(fake: FakeAws, operation: str) -> None:
    late = request(seconds_left=(aws.SECONDS_FOR_A_CALL,))
    assert ends_with(operation, late) == "service_unavailable"
    assert fake.calls == []


def test_a_silent_service_is_503_before_lambda_ends_the_function(fake: FakeAws) -> None:
    """Connected in no time, each attempt waits for the 2 s of the read: 4 s, all at once."""
    end = threading.Event()
    for call in ("GetItem", "UpdateItem", "PutItem", "Encrypt", "Decrypt"):
        fake.faults(call, *[silent_until(end)] * 9)
    for service in ("dynamodb", "kms"):
        aws.client(service)  # made at init
    requests = {
        operation: replace(request(), context=Countdown(aws.SECONDS_FOR_A_CALL + 0.1))
        for operation in OPERATIONS
    }
    try:
        with ThreadPoolExecutor(len(OPERATIONS)) as threads:
            codes = list(threads.map(ends_with, *zip(*requests.items(), strict=True)))
    finally:
        end.set()
    assert codes == ["service_unavailable"] * len(OPERATIONS)
    assert min(request.seconds_left for request in requests.values()) > 0
    assert Counter(fake.operations) == {
        "GetItem": 2 * ATTEMPTS,
        "UpdateItem": ATTEMPTS,
        "PutItem": ATTEMPTS,
        "Encrypt": ATTEMPTS,
        "Decrypt": ATTEMPTS,
    }


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_service_that_refuses_to_be_connected_is_503_at_once(
    fake: FakeAws, monkeypatch: pytest.MonkeyPatch, operation: str, waits: list[float]
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound and not listening: refused
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{unused.getsockname()[1]}")
        assert ends_with(operation, request()) == "service_unavailable"
    calls = 2 if operation == "save_once" else 1  # the second one reads what became of it
    assert len(waits) == calls * (ATTEMPTS - 1)
    assert fake.calls == []


@pytest.mark.parametrize("service", ["dynamodb", "kms"])
@pytest.mark.parametrize("milliseconds", ["100", "5000", "60000"])
def test_a_service_may_not_ask_for_a_longer_wait_than_is_kept_for_a_call(
    fake: FakeAws, waits: list[float], service: str, milliseconds: str
) -> None:
    operation, call = {"dynamodb": ("get", "GetItem"), "kms": ("encrypt", "Encrypt")}[service]
    asked = {"x-amz-retry-after": milliseconds}
    fake.faults(call, *[error(503, "ServiceUnavailable", headers=asked)] * 2)
    assert ends_with(operation, request()) == "service_unavailable"
    (waited,) = waits
    assert SECONDS_SILENT + waited <= 6.2
