"""Writes of the webhook that meet each other, or themselves: an old key is never brought back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sales_order_config import cipher
from sales_order_config.store import Secret, Stored
from tests.unit.shared.aws.conftest import Item, Items, request
from tests.unit.shared.aws.fake_aws import FakeAws, Fault, answer_lost, dropped, error, overtaken
from tests.unit.shared.aws.test_webhook_key import API_KEY, MASK, SAME_MASK, key_of, refusal, save

THEIR_KEY = "their-secret-key-0815"
THEIR_VALUE = '{"timeout":5,"url":"https://oms.example.com/v1"}'
NEW_KEY = "a-brand-new-key-2342"

type Overtake = Callable[..., dict[str, Any]]


@pytest.fixture
def old(fake: FakeAws, items: Items) -> Item:
    """Acme's webhook as it was at first."""
    save(request(), API_KEY)
    fake.calls.clear()
    (item,) = items.all()
    return item


@pytest.fixture
def overtake(fake: FakeAws, items: Items) -> Overtake:
    """Plans another client's write just before our next one lands; hands out its secret."""

    def plan(api_key: str, version: int = 2) -> dict[str, Any]:
        secret = Secret(cipher.encrypt(request(), api_key), cipher.mask(api_key)).attributes()
        more: dict[str, Any] = {
            "version": {"N": str(version)},
            "request_id": {"S": "r-9"},
            **secret,
        }
        theirs = overtaken(lambda: items.put(cipher.CONFIG_NAME, THEIR_VALUE, **more))
        fake.faults("UpdateItem", theirs)
        fake.calls.clear()
        return dict(secret)

    return plan


@pytest.mark.usefixtures("old")
def test_a_mask_does_not_bring_back_a_key_that_was_replaced_meanwhile(
    fake: FakeAws, items: Items, overtake: Overtake
) -> None:
    overtake(THEIR_KEY)
    assert refusal(request(), MASK, timeout=20).code == "bad_request"
    assert fake.operations == ["GetItem", "UpdateItem", "GetItem"]
    (item,) = items.all()
    assert (key_of(item), item["value"]["S"]) == (THEIR_KEY, THEIR_VALUE)


@pytest.mark.usefixtures("old")
def test_a_mask_that_fits_both_keys_keeps_the_newer_one(
    fake: FakeAws, items: Items, overtake: Overtake
) -> None:
    theirs = overtake(SAME_MASK)
    save(request(), MASK, timeout=20)
    assert fake.operations == ["GetItem", "UpdateItem"] * 2
    (item,) = items.all()
    assert theirs.items() <= item.items()
    assert item["version"] == {"N": "3"}
    assert '"timeout":20' in item["value"]["S"]


@pytest.mark.usefixtures("old")
def test_the_stored_key_sent_in_clear_is_a_new_one_when_another_one_came_between(
    fake: FakeAws, items: Items, overtake: Overtake
) -> None:
    overtake(THEIR_KEY)
    save(request(), API_KEY, timeout=20)
    first, second = ["GetItem", "Decrypt", "UpdateItem"], ["GetItem", "Encrypt", "UpdateItem"]
    assert fake.operations == first + second
    (item,) = items.all()
    assert (key_of(item), item["version"]) == (API_KEY, {"N": "3"})


@pytest.mark.usefixtures("old")
def test_a_new_key_that_another_one_stored_meanwhile_keeps_their_ciphertext(
    items: Items, overtake: Overtake
) -> None:
    theirs = overtake(NEW_KEY)
    save(request(), NEW_KEY)
    (item,) = items.all()
    assert theirs.items() <= item.items()


def test_a_first_write_that_another_one_overtakes_is_judged_anew(
    fake: FakeAws, items: Items, overtake: Overtake
) -> None:
    overtake(THEIR_KEY, version=1)
    save(request(), NEW_KEY)
    assert fake.operations == ["GetItem", "Encrypt", "UpdateItem", "GetItem", "UpdateItem"]
    (item,) = items.all()
    assert (key_of(item), item["version"]) == (NEW_KEY, {"N": "2"})


@pytest.mark.usefixtures("old")
def test_a_write_that_others_overtake_three_times_is_a_conflict_and_changes_nothing(
    fake: FakeAws, items: Items, overtake: Overtake
) -> None:
    for version in (2, 3, 4):
        overtake(THEIR_KEY, version)
    refused = refusal(request(), NEW_KEY)
    assert (refused.code, refused.headers) == ("conflict", {"Retry-After": "1"})
    assert fake.operations == ["GetItem", "Encrypt", "UpdateItem", *["GetItem", "UpdateItem"] * 2]
    (item,) = items.all()
    assert (key_of(item), item["version"]) == (THEIR_KEY, {"N": "4"})


@pytest.mark.usefixtures("old")
def test_a_write_that_was_overtaken_is_not_tried_again_without_time(
    fake: FakeAws, items: Items, overtake: Overtake
) -> None:
    overtake(THEIR_KEY)
    late = request(seconds_left=(12, 11, 10, 6))
    assert refusal(late, NEW_KEY).code == "service_unavailable"
    assert fake.operations == ["GetItem", "Encrypt", "UpdateItem"]
    (item,) = items.all()
    assert key_of(item) == THEIR_KEY


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("api_key", [NEW_KEY, MASK])
@pytest.mark.parametrize(
    "fault", [answer_lost, error(500, "InternalServerError", after_effect=True)]
)
def test_a_write_that_meets_its_own_first_attempt_is_a_success(
    fake: FakeAws, items: Items, fault: Fault, api_key: str
) -> None:
    fake.faults("UpdateItem", fault)
    answered = save(replace(request(), request_id="r-2"), api_key, timeout=20)
    assert fake.operations.count("UpdateItem") == 2
    assert fake.operations[-1] == "UpdateItem"
    (item,) = items.all()
    assert answered == Stored.of(item)
    assert (answered.version, answered.request_id) == (2, "r-2")


@pytest.mark.usefixtures("old")
def test_a_write_whose_answer_was_lost_and_that_was_overtaken_then_is_judged_anew(
    fake: FakeAws, items: Items, overtake: Overtake
) -> None:
    fake.faults("UpdateItem", answer_lost)
    overtake(THEIR_KEY, version=3)
    save(request(), NEW_KEY)
    first, second = ["GetItem", "Encrypt", "UpdateItem"], ["UpdateItem", "GetItem", "UpdateItem"]
    assert fake.operations == first + second
    (item,) = items.all()
    assert (key_of(item), item["version"]) == (NEW_KEY, {"N": "4"})


@pytest.mark.usefixtures("old")
def test_attempts_used_up_is_not_known_and_the_write_may_be_repeated(
    fake: FakeAws, items: Items
) -> None:
    fake.faults("UpdateItem", answer_lost, dropped)
    assert refusal(request(), NEW_KEY).code == "service_unavailable"
    (landed,) = items.all()
    assert key_of(landed) == NEW_KEY
    assert save(request(), NEW_KEY) == Stored.of(landed)
    assert items.all() == [landed]
