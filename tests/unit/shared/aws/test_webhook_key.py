"""A write of the webhook: whether the key is kept, which calls that takes, who may keep it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from sales_order_config import cipher, webhook_key
from sales_order_config.documents.external_order_webhook import ExternalOrderWebhook
from sales_order_config.problem import Problem
from sales_order_config.request import Request
from sales_order_config.store import Stored
from tests.unit.shared.aws.conftest import Item, Items, request
from tests.unit.shared.aws.fake_aws import FakeAws
from tests.unit.shared.calls import SECRETS

API_KEY = "obviously-fake-key-4711"
MASK = "********4711"
SAME_MASK = "obviously-like-key-4711"
URL = "https://oms.example.com/v1"

type Store = Callable[[str], Item]


def save(by: Request, api_key: str, *, url: str = URL, timeout: int = 15) -> Stored:
    value = {"url": url, "api_key": api_key, "timeout": timeout}
    return webhook_key.save(by, ExternalOrderWebhook.parse({"value": value}))


def refusal(by: Request, api_key: str, **more: Any) -> Problem:
    """The problem that the write ends with."""
    with pytest.raises(Problem) as refused:
        save(by, api_key, **more)
    return refused.value


def key_of(item: Item) -> str:
    return cipher.decrypt(request(), item["api_key_ciphertext"]["B"])


@pytest.fixture
def stored(fake: FakeAws, items: Items) -> Store:
    """Stores acme's webhook with a key and hands out the item; its calls are not counted."""

    def store(api_key: str) -> Item:
        save(request(), api_key)
        fake.calls.clear()
        (item,) = items.all()
        return item

    return store


def test_a_first_write_stores_the_key_encrypted_beside_its_mask_and_nowhere_else(
    fake: FakeAws, items: Items
) -> None:
    answered = save(request(), API_KEY)
    assert fake.operations == ["GetItem", "Encrypt", "UpdateItem"]
    (item,) = items.all()
    assert Stored.of(item) == answered
    assert key_of(item) == API_KEY
    ciphertext = item.pop("api_key_ciphertext")
    assert ciphertext.keys() == {"B"}
    assert item == {
        "tenant": {"S": "acme"},
        "config_name": {"S": "external_order_webhook"},
        "value": {"S": f'{{"timeout":15,"url":"{URL}"}}'},
        "version": {"N": "1"},
        "updated_at": {"S": answered.updated_at},
        "updated_by": {"S": "erp"},
        "request_id": {"S": "r-1"},
        "api_key_mask": {"S": MASK},
    }


@pytest.mark.parametrize(
    ("api_key", "calls"), [(API_KEY, ["GetItem", "Decrypt"]), (MASK, ["GetItem"])]
)
def test_an_equal_write_changes_nothing_and_is_answered_from_the_stored_item(
    stored: Store, fake: FakeAws, items: Items, api_key: str, calls: list[str]
) -> None:
    old = stored(API_KEY)
    assert save(request(), api_key) == Stored.of(old)
    assert fake.operations == calls
    assert items.all() == [old]


@pytest.mark.parametrize(
    ("api_key", "calls"),
    [(API_KEY, ["GetItem", "Decrypt", "UpdateItem"]), (MASK, ["GetItem", "UpdateItem"])],
)
def test_a_kept_key_keeps_its_ciphertext_byte_for_byte(
    stored: Store, fake: FakeAws, items: Items, api_key: str, calls: list[str]
) -> None:
    old = stored(API_KEY)
    answered = save(request(), api_key, timeout=20)
    assert fake.operations == calls
    (item,) = items.all()
    assert Stored.of(item) == answered
    assert item["api_key_ciphertext"] == old["api_key_ciphertext"]
    assert (item["api_key_mask"], item["version"]) == ({"S": MASK}, {"N": "2"})
    assert json.loads(item["value"]["S"]) == {"url": URL, "timeout": 20}


@pytest.mark.parametrize(
    ("api_key", "calls"),
    [
        ("obviously-other-key", ["GetItem", "Encrypt", "UpdateItem"]),
        ("*******", ["GetItem", "Encrypt", "UpdateItem"]),
        (SAME_MASK, ["GetItem", "Decrypt", "Encrypt", "UpdateItem"]),
    ],
)
def test_another_key_is_encrypted_anew(
    stored: Store, fake: FakeAws, items: Items, api_key: str, calls: list[str]
) -> None:
    old = stored(API_KEY)
    save(request(), api_key)
    assert fake.operations == calls
    (item,) = items.all()
    assert key_of(item) == api_key
    assert (item["value"], item["version"]) == (old["value"], {"N": "2"})


def test_a_mask_that_shows_nothing_keeps_a_short_key(stored: Store, items: Items) -> None:
    old = stored("short")
    save(request(), "********", timeout=20)
    (item,) = items.all()
    assert item["api_key_ciphertext"] == old["api_key_ciphertext"]


@pytest.mark.parametrize(
    "api_key", ["********", "********4712", "*********4711", "********47111", "********471"]
)
@pytest.mark.parametrize("scope", ["newstore:configuration:write", SECRETS])
def test_what_begins_like_a_mask_and_is_not_the_current_one_is_refused(
    stored: Store, fake: FakeAws, items: Items, api_key: str, scope: str
) -> None:
    old = stored(API_KEY)
    refused = refusal(request(scope=scope), api_key)
    assert refused.code == "bad_request"
    assert refused.messages == [
        "value.api_key: only the exact current mask may begin with ********"
    ]
    assert fake.operations == ["GetItem"]
    assert items.all() == [old]


@pytest.mark.parametrize("api_key", ["********", MASK])
def test_a_mask_keeps_nothing_where_nothing_is_stored(
    fake: FakeAws, items: Items, api_key: str
) -> None:
    assert refusal(request(scope=SECRETS), api_key).code == "bad_request"
    assert fake.operations == ["GetItem"]
    assert items.all() == []


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example.com/v1",
        "https://oms.example.com:8443/v1",
        "https://sub.oms.example.com/v1",
        "https://oms.example.com.evil.example/v1",
    ],
)
def test_a_key_is_not_pointed_at_another_host_by_whom_may_not_see_it(
    stored: Store, items: Items, url: str
) -> None:
    old = stored(API_KEY)
    refused = refusal(request(), MASK, url=url)
    assert refused.code == "bad_request"
    assert refused.messages[0].startswith("value.api_key: must be sent in clear")
    assert items.all() == [old]


@pytest.mark.parametrize(
    ("api_key", "scope", "url"),
    [
        (MASK, "newstore:configuration:write", "https://oms.example.com/v2"),
        (MASK, "newstore:configuration:write", "HTTPS://OMS.example.com:443/v1"),
        (MASK, SECRETS, "https://other.example.com/v1"),
        (API_KEY, "newstore:configuration:write", "https://other.example.com/v1"),
    ],
)
def test_a_key_is_kept_on_its_host_or_by_whom_may_see_or_knows_it(
    stored: Store, items: Items, api_key: str, scope: str, url: str
) -> None:
    old = stored(API_KEY)
    save(request(scope=scope), api_key, url=url)
    (item,) = items.all()
    assert json.loads(item["value"]["S"])["url"] == url
    assert item["api_key_ciphertext"] == old["api_key_ciphertext"]
