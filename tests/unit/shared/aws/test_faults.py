"""DynamoDB or KMS throttled, down or gone: 503, nothing half-written, and nothing said too much."""

import json
from typing import Any

import pytest
from botocore.retries.standard import RetryContext, ThrottledRetryableChecker

from tests.events import Answer
from tests.unit.shared.aws.conftest import Item, Items, session
from tests.unit.shared.aws.fake_aws import DETAIL, FakeAws, Fault, dropped, error
from tests.unit.shared.calls import get, put
from tests.unit.shared.conftest import Logged

API_KEY = "obviously-fake-key-4711"
WEBHOOK = {"url": "https://oms.example.com", "api_key": API_KEY, "timeout": 15}
# Of every AWS service, whether its model names it or not.
COMMON_FAULTS = {
    "ConnectionClosedError": dropped,
    "ThrottlingException": error(400, "ThrottlingException"),
    "InternalFailure": error(500, "InternalFailure"),
    "BadGateway": error(502, "BadGateway"),
    "ServiceUnavailable": error(503, "ServiceUnavailable"),
    "GatewayTimeout": error(504, "GatewayTimeout"),
}


def faults_of(service: str, *operations: str) -> dict[str, Fault]:
    """What botocore repeats and may give up on, by the name that the log tells."""
    model = session().get_service_model(service)
    shapes = [s for name in operations for s in model.operation_model(name).error_shapes]
    own = {shape.name: error(500, shape.name) for shape in shapes if shape.metadata.get("fault")}
    throttled = {s.name: error(400, s.name) for s in shapes if is_throttling(s.name)}
    return COMMON_FAULTS | own | throttled


def is_throttling(code: str) -> bool:
    """Whether botocore holds an error for a throttling one."""
    context = RetryContext(1, parsed_response={"Error": {"Code": code}})
    return ThrottledRetryableChecker().is_retryable(context)


TABLE_FAULTS = faults_of("dynamodb", "GetItem", "UpdateItem", "PutItem")
KEY_FAULTS = faults_of("kms", "Encrypt", "Decrypt")


def assert_is_unavailable(answer: Answer, log: list[dict[str, Any]], cause: str) -> None:
    """503, to be tried again; the log names the cause, and nobody hears its words."""
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json["error_code"] == "service_unavailable"
    assert answer.messages == ["Service Unavailable"]
    failure, access = log
    assert (failure["level"], access["status"]) == ("ERROR", 503)
    assert cause in (failure["exception"], failure.get("service_error"))
    assert_says_nothing(answer, log)


def assert_says_nothing(answer: Answer, log: list[dict[str, Any]]) -> None:
    """Neither a stack trace nor an exception's words nor a secret."""
    for text in (answer.text, json.dumps(log)):
        for secret in (DETAIL, "Traceback", "An error occurred", "127.0.0.1", API_KEY, "testing"):
            assert secret not in text
    assert "File" not in answer.text


READS = ["grace_period", "external_order_webhook"]
# What is written, and by which call.
WRITES: dict[str, tuple[Any, str]] = {
    "grace_period": (21, "UpdateItem"),
    "order_id_sequence": ({"prefix": "NS"}, "PutItem"),
    "external_order_webhook": (WEBHOOK, "UpdateItem"),
}


@pytest.mark.parametrize("cause", TABLE_FAULTS)
@pytest.mark.parametrize("config_name", READS)
def test_a_read_that_the_table_fails_is_503_after_two_attempts(
    fake: FakeAws, logged: Logged, config_name: str, cause: str
) -> None:
    fake.faults("GetItem", *[TABLE_FAULTS[cause]] * 2)
    assert_is_unavailable(get(config_name, "acme"), logged(), cause)
    assert fake.operations == ["GetItem", "GetItem"]


@pytest.mark.parametrize("cause", TABLE_FAULTS)
@pytest.mark.parametrize("config_name", WRITES)
def test_a_write_that_the_table_fails_is_503_and_nothing_is_written(
    fake: FakeAws, items: Items, logged: Logged, config_name: str, cause: str
) -> None:
    value, call = WRITES[config_name]
    old = items.put("grace_period", "20")
    fake.faults(call, *[TABLE_FAULTS[cause]] * 2)
    assert_is_unavailable(put(config_name, value, "acme"), logged(), cause)
    assert fake.operations.count(call) == 2
    assert len(fake.operations) <= 4
    assert items.all() == [old]
    assert put(config_name, value, "acme").status == 200


@pytest.mark.parametrize("cause", TABLE_FAULTS)
def test_a_write_of_the_webhook_that_can_not_read_is_503_and_goes_no_further(
    fake: FakeAws, items: Items, logged: Logged, cause: str
) -> None:
    fake.faults("GetItem", *[TABLE_FAULTS[cause]] * 2)
    assert_is_unavailable(put("external_order_webhook", WEBHOOK, "acme"), logged(), cause)
    assert fake.operations == ["GetItem", "GetItem"]
    assert items.all() == []


@pytest.fixture
def webhook(fake: FakeAws, items: Items) -> Item:
    """Acme's webhook, stored by its own function."""
    assert put("external_order_webhook", WEBHOOK, "acme").status == 200
    fake.calls.clear()
    (item,) = items.all()
    return item


@pytest.mark.parametrize("cause", KEY_FAULTS)
def test_a_key_that_can_not_be_shown_is_503(
    webhook: Item, fake: FakeAws, items: Items, logged: Logged, cause: str
) -> None:
    fake.faults("Decrypt", *[KEY_FAULTS[cause]] * 2)
    assert_is_unavailable(get("external_order_webhook", "acme"), logged(), cause)
    assert fake.operations == ["GetItem", "Decrypt", "Decrypt"]
    assert items.all() == [webhook]


KEY_USES: dict[str, tuple[str, dict[str, Any]]] = {
    "another key": ("Encrypt", {"api_key": "obviously-other-key"}),
    "another key of the same mask": ("Encrypt", {"api_key": "obviously-like-key-4711"}),
    "the same key": ("Decrypt", {"timeout": 20}),
}


@pytest.mark.parametrize("cause", KEY_FAULTS)
@pytest.mark.parametrize("use", KEY_USES)
def test_a_key_that_can_not_be_stored_or_compared_is_503_and_nothing_is_written(
    webhook: Item, fake: FakeAws, logged: Logged, use: str, cause: str
) -> None:
    call, change = KEY_USES[use]
    fake.faults(call, *[KEY_FAULTS[cause]] * 2)
    answer = put("external_order_webhook", WEBHOOK | change, "acme")
    assert_is_unavailable(answer, logged(), cause)
    assert fake.operations.count(call) == 2
    assert "UpdateItem" not in fake.operations
    assert Items().all() == [webhook]
    assert put("external_order_webhook", WEBHOOK | change, "acme").status == 200


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("GetItem", "ResourceNotFoundException"),
        ("UpdateItem", "AccessDeniedException"),
        ("Decrypt", "KMSInvalidStateException"),
        ("Decrypt", "DisabledException"),
        ("Decrypt", "AccessDeniedException"),
    ],
)
def test_what_waiting_does_not_mend_is_our_fault_and_is_not_asked_twice(
    webhook: Item, fake: FakeAws, logged: Logged, call: str, code: str
) -> None:
    fake.faults(call, error(400, code))
    answer = put("external_order_webhook", WEBHOOK | {"timeout": 20}, "acme")
    assert (answer.status, answer.json["error_code"]) == (500, "internal_server_error")
    assert "Retry-After" not in answer.headers
    assert fake.operations.count(call) == 1
    assert Items().all() == [webhook]
    log = logged()
    assert log[0]["service_error"] == code
    assert_says_nothing(answer, log)
