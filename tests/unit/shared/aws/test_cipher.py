"""The webhook's key: masked, bound to its tenant, shown only to whom may see it."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from sales_order_config import cipher, store
from sales_order_config.store import Secret
from tests.unit.shared.aws.conftest import Items, request
from tests.unit.shared.aws.fake_aws import FakeAws
from tests.unit.shared.calls import SECRETS, get

API_KEY = "obviously-fake-key-4711"
VALUE = '{"timeout":15,"url":"https://oms.example.com"}'


def stored(items: Items, ciphertext: bytes, tenant: str = "acme") -> store.Stored:
    """A stored webhook with this key."""
    secret = Secret(ciphertext, cipher.mask(API_KEY))
    attributes = secret.attributes()
    return store.Stored.of(items.put(cipher.CONFIG_NAME, VALUE, tenant=tenant, **attributes))


@pytest.mark.parametrize(
    ("api_key", "mask"),
    [
        *(("x" * length, "********") for length in range(1, 12)),
        ("abcdefgh4711", "********4711"),
        ("abcdefghi4711", "********4711"),
        ("x" * 1020 + "4711", "********4711"),
    ],
    ids=lambda text: f"{len(text)} characters",
)
def test_a_mask_shows_four_characters_of_a_key_of_at_least_twelve(api_key: str, mask: str) -> None:
    assert cipher.mask(api_key) == mask


@pytest.mark.parametrize("api_key", ["x", "!~", API_KEY, "~" * 1024])
def test_a_key_comes_back_from_its_ciphertext(fake: FakeAws, api_key: str) -> None:
    ciphertext = cipher.encrypt(request(), api_key)
    assert cipher.decrypt(request(), ciphertext) == api_key
    assert fake.operations == ["Encrypt", "Decrypt"]


@pytest.mark.usefixtures("fake")
def test_a_ciphertext_does_not_hold_the_key() -> None:
    assert API_KEY.encode() not in cipher.encrypt(request(), API_KEY)


def test_the_encryption_context_is_the_tenant_and_the_config_name_and_nothing_else(
    fake: FakeAws,
) -> None:
    cipher.decrypt(request(), cipher.encrypt(request(), API_KEY))
    bound_to = {"tenant": "acme", "config_name": "external_order_webhook"}
    assert [call.parameters["EncryptionContext"] for call in fake.calls] == [bound_to] * 2
    assert len({call.parameters["KeyId"] for call in fake.calls}) == 1


def test_a_ciphertext_of_another_tenant_can_not_be_decrypted(fake: FakeAws) -> None:
    ciphertext = cipher.encrypt(request("acme"), API_KEY)
    with pytest.raises(ClientError) as refused:
        cipher.decrypt(request("beta"), ciphertext)
    assert refused.value.response["Error"]["Code"] == "InvalidCiphertextException"
    assert fake.operations == ["Encrypt", "Decrypt"]


def test_a_ciphertext_copied_to_another_tenants_item_shows_nothing(
    fake: FakeAws, items: Items
) -> None:
    copied = stored(items, cipher.encrypt(request("acme"), API_KEY), tenant="beta")
    assert copied.secret is not None
    answer = get(cipher.CONFIG_NAME, "beta", SECRETS)
    assert answer.status == 500
    assert API_KEY not in answer.text
    assert fake.operations == ["Encrypt", "GetItem", "Decrypt"]


@pytest.mark.parametrize(
    "scope",
    [
        "newstore:configuration:write",
        "newstore:configuration:secrets2",
        "newstore:configuration:read newstore:configuration:secret",
    ],
)
def test_a_masked_key_is_read_without_the_key_service(
    fake: FakeAws, items: Items, scope: str
) -> None:
    stored(items, b"what no key decrypts")
    answer = get(cipher.CONFIG_NAME, "acme", scope)
    assert answer.json["value"] == {
        "url": "https://oms.example.com",
        "api_key": "********4711",
        "timeout": 15,
    }
    assert fake.operations == ["GetItem"]


def test_a_key_is_shown_in_clear_to_the_scope_for_secrets(fake: FakeAws, items: Items) -> None:
    stored(items, cipher.encrypt(request(), API_KEY))
    answer = get(cipher.CONFIG_NAME, "acme", SECRETS)
    assert answer.json["value"]["api_key"] == API_KEY
    assert fake.operations == ["Encrypt", "GetItem", "Decrypt"]


def test_a_value_without_a_secret_is_revealed_as_it_is(fake: FakeAws) -> None:
    value: Any = cipher.reveal(request(scope=SECRETS), store.Stored(VALUE, 1, "", "r-1"))
    assert value == {"timeout": 15, "url": "https://oms.example.com"}
    assert fake.calls == []
