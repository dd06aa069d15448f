"""Writes whose outcome botocore can't know: equality decides, never the exception alone."""

from typing import Any

import pytest

from sales_order_config import store
from sales_order_config.documents.grace_period import GracePeriod
from sales_order_config.documents.order_id_sequence import OrderIdSequence
from sales_order_config.problem import Problem
from tests.unit.shared.aws.conftest import Items, request
from tests.unit.shared.aws.fake_aws import (
    FakeAws,
    Fault,
    answer_lost,
    dropped,
    error,
    overtaken,
)

SEQUENCE = OrderIdSequence.parse({"value": {"prefix": "NS"}})
TEXT = '{"prefix":"NS","size":10,"start":1,"step":1}'
OTHER = '{"prefix":"GD","size":10,"start":1,"step":1}'
ANSWER_LOST = [
    answer_lost,
    error(500, "InternalServerError", after_effect=True),
    error(503, "ServiceUnavailable", after_effect=True),
]
NO_EFFECT = [
    dropped,
    error(500, "InternalServerError"),
    error(400, "ProvisionedThroughputExceededException"),
]


def refusal(save: Any, *args: Any) -> str:
    """The code of the problem that the write ends with."""
    with pytest.raises(Problem) as refused:
        save(*args)
    return refused.value.code


@pytest.mark.parametrize("fault", ANSWER_LOST)
def test_a_put_that_meets_its_own_first_attempt_is_a_success(
    fake: FakeAws, items: Items, fault: Fault
) -> None:
    fake.faults("PutItem", fault)
    stored = store.save_once(request(), SEQUENCE)
    assert fake.operations == ["PutItem", "PutItem"]
    assert items.all() == [fake.calls[0].parameters["Item"]]
    assert stored == store.Stored.of(items.all()[0])


@pytest.mark.parametrize("fault", NO_EFFECT)
def test_a_put_that_failed_at_first_is_repeated_and_stored_once(
    fake: FakeAws, items: Items, fault: Fault
) -> None:
    fake.faults("PutItem", fault)
    stored = store.save_once(request(), SEQUENCE)
    assert fake.operations == ["PutItem", "PutItem"]
    assert stored == store.Stored.of(items.all()[0])


def test_a_put_that_another_one_overtook_between_its_attempts_has_lost(
    fake: FakeAws, items: Items
) -> None:
    fake.faults("PutItem", dropped, overtaken(lambda: items.put("order_id_sequence", OTHER)))
    assert refusal(store.save_once, request(), SEQUENCE) == "immutable"
    assert fake.operations == ["PutItem", "PutItem"]
    assert [item["value"]["S"] for item in items.all()] == [OTHER]


@pytest.mark.parametrize("last", [*ANSWER_LOST, *NO_EFFECT])
@pytest.mark.parametrize("first", ANSWER_LOST)
def test_attempts_used_up_and_the_value_is_there_is_a_success(
    fake: FakeAws, items: Items, first: Fault, last: Fault
) -> None:
    fake.faults("PutItem", first, last)
    stored = store.save_once(request(), SEQUENCE)
    assert fake.operations == ["PutItem", "PutItem", "GetItem"]
    assert fake.calls[-1].parameters["ConsistentRead"] is True
    assert stored == store.Stored.of(items.all()[0])


@pytest.mark.parametrize("fault", NO_EFFECT)
def test_attempts_used_up_and_another_value_is_there_has_lost(
    fake: FakeAws, items: Items, fault: Fault
) -> None:
    old = items.put("order_id_sequence", OTHER)
    fake.faults("PutItem", fault, fault)
    assert refusal(store.save_once, request(), SEQUENCE) == "immutable"
    assert fake.operations == ["PutItem", "PutItem", "GetItem"]
    assert items.all() == [old]


@pytest.mark.parametrize("fault", NO_EFFECT)
def test_attempts_used_up_and_nothing_is_there_is_not_known(
    fake: FakeAws, items: Items, fault: Fault
) -> None:
    fake.faults("PutItem", fault, fault)
    assert refusal(store.save_once, request(), SEQUENCE) == "service_unavailable"
    assert fake.operations == ["PutItem", "PutItem", "GetItem"]
    assert items.all() == []


@pytest.mark.parametrize("fault", NO_EFFECT)
@pytest.mark.parametrize("there", [TEXT, OTHER, None])
def test_attempts_used_up_and_no_answer_to_the_read_is_not_known(
    fake: FakeAws, items: Items, there: str | None, fault: Fault
) -> None:
    if there:
        items.put("order_id_sequence", there)
    fake.faults("PutItem", fault, fault)
    fake.faults("GetItem", fault, fault)
    assert refusal(store.save_once, request(), SEQUENCE) == "service_unavailable"
    assert fake.operations == ["PutItem", "PutItem", "GetItem", "GetItem"]


def test_attempts_used_up_and_no_time_left_is_not_known_and_nothing_is_read(
    fake: FakeAws, items: Items
) -> None:
    fake.faults("PutItem", answer_lost, dropped)
    late = request(seconds_left=(12, 6))
    assert refusal(store.save_once, late, SEQUENCE) == "service_unavailable"
    assert fake.operations == ["PutItem", "PutItem"]
    assert [item["value"]["S"] for item in items.all()] == [TEXT]


@pytest.mark.parametrize("fault", ANSWER_LOST)
def test_an_update_that_meets_its_own_first_attempt_is_counted_once(
    fake: FakeAws, items: Items, fault: Fault
) -> None:
    items.put("grace_period", "20")
    fake.faults("UpdateItem", fault)
    stored = store.save(request(), GracePeriod.parse({"value": 21}))
    assert fake.operations == ["UpdateItem", "UpdateItem"]
    assert (stored.value, stored.version, stored.request_id) == ("21", 2, "r-1")
    assert stored == store.Stored.of(items.all()[0])


@pytest.mark.parametrize("fault", NO_EFFECT)
def test_an_update_without_an_answer_is_not_known_and_may_be_repeated(
    fake: FakeAws, items: Items, fault: Fault
) -> None:
    items.put("grace_period", "20")
    document = GracePeriod.parse({"value": 21})
    fake.faults("UpdateItem", answer_lost, fault)
    assert refusal(store.save, request(), document) == "service_unavailable"
    assert fake.operations == ["UpdateItem", "UpdateItem"]
    (landed,) = items.all()
    assert store.save(request(), document) == store.Stored.of(landed)
    assert items.all() == [landed]
