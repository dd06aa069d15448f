"""The webhook's api key over real HTTP, with real KMS calls: masked, kept, never lost or leaked."""

from collections.abc import Callable

import pytest

from tests.e2e.client import Client
from tests.e2e.target import READ, SECRETS, WRITE, LocalStack
from tools.local import deployment

NAME = "external_order_webhook"
KEY = "not-a-real-key-4711"
MASK = "********4711"
WEBHOOK = {"url": "https://oms.example.com/v1", "api_key": KEY, "timeout": 15}


@pytest.fixture
def writer(scoped: Callable[[str], Client]) -> Client:
    """May write, but may not see the key."""
    return scoped(WRITE)


def test_the_key_is_masked_in_every_answer_without_the_secrets_scope(
    api: Client, writer: Client, scoped: Callable[[str], Client]
) -> None:
    written = writer.put(NAME, WEBHOOK)

    assert written.json["value"] == WEBHOOK | {"api_key": MASK}
    assert writer.get(NAME).json["value"] == WEBHOOK | {"api_key": MASK}
    assert scoped(READ).get(NAME).json["value"]["api_key"] == MASK
    assert scoped(f"{READ} {SECRETS}").get(NAME).json["value"]["api_key"] == KEY
    assert api.put(NAME, WEBHOOK).json["value"] == WEBHOOK


def test_a_short_key_shows_nothing(writer: Client) -> None:
    assert writer.put(NAME, WEBHOOK | {"api_key": "short"}).json["value"]["api_key"] == "*" * 8
    assert writer.put(NAME, WEBHOOK | {"api_key": "*" * 8, "timeout": 3}).status == 200


def test_sending_the_mask_back_keeps_the_key(api: Client, writer: Client) -> None:
    writer.put(NAME, WEBHOOK)

    kept = writer.put(NAME, WEBHOOK | {"api_key": MASK, "timeout": 3})

    assert kept.json["value"] == WEBHOOK | {"api_key": MASK, "timeout": 3}
    assert api.get(NAME).json["value"] == WEBHOOK | {"timeout": 3}


def test_another_mask_is_400_and_changes_nothing(api: Client, writer: Client) -> None:
    assert writer.put(NAME, WEBHOOK | {"api_key": MASK}).status == 400
    assert writer.get(NAME).status == 404
    writer.put(NAME, WEBHOOK)

    for mask in ("********4712", "********", "********" + KEY):
        answer = writer.put(NAME, WEBHOOK | {"api_key": mask})
        assert answer.status == 400
        assert answer.json["messages"][0].startswith("value.api_key: ")
    assert api.get(NAME).json["value"] == WEBHOOK


def test_a_kept_key_does_not_follow_the_url_to_another_host(api: Client, writer: Client) -> None:
    writer.put(NAME, WEBHOOK)
    elsewhere = WEBHOOK | {"api_key": MASK, "url": "https://evil.example.com/v1"}

    assert writer.put(NAME, elsewhere).status == 400
    assert api.get(NAME).json["value"] == WEBHOOK
    same_host = WEBHOOK | {"api_key": MASK, "url": "https://OMS.example.com:443/other"}
    assert writer.put(NAME, same_host).status == 200
    assert api.put(NAME, elsewhere).json["value"] == elsewhere | {"api_key": KEY}


def test_the_key_is_stored_encrypted_only(api: Client, stack: LocalStack, tenant: str) -> None:
    api.put(NAME, WEBHOOK)

    table = deployment.session().client("dynamodb", endpoint_url=stack.emulator_url)
    item = table.get_item(
        TableName=deployment.outputs(stack.emulator_url)["TableName"],
        Key={"tenant": {"S": tenant}, "config_name": {"S": NAME}},
    )["Item"]

    assert KEY not in repr(item)
    assert item["api_key_mask"] == {"S": MASK}
    assert item["value"] == {"S": '{"timeout":15,"url":"https://oms.example.com/v1"}'}
