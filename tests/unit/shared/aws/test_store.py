"""Documents in DynamoDB: which calls are made, what is stored, who gets what back."""

from typing import Any

import pytest

from sales_order_config import store
from sales_order_config.documents.big_sales_order import BigSalesOrder
from sales_order_config.documents.cancelable_locations import CancelableLocations
from sales_order_config.documents.external_oms import ExternalOms
from sales_order_config.documents.grace_period import GracePeriod
from sales_order_config.documents.order_id_sequence import OrderIdSequence
from sales_order_config.problem import Problem
from tests.unit.shared.aws.conftest import LONG_AGO, Items, request
from tests.unit.shared.aws.fake_aws import FakeAws

SEQUENCE = '{"prefix":"NS","size":16,"start":1,"step":2}'


def document(model: Any, value: Any) -> Any:
    return model.parse({"value": value})


def test_a_read_is_one_strongly_consistent_get_item(fake: FakeAws, items: Items) -> None:
    items.put("grace_period", "20")
    stored = store.get(request(), "grace_period")
    assert stored == store.Stored(value="20", version=1, updated_at=LONG_AGO, request_id="r-0")
    ((operation, parameters),) = fake.calls
    assert operation == "GetItem"
    assert parameters == {
        "TableName": "config",
        "Key": {"tenant": {"S": "acme"}, "config_name": {"S": "grace_period"}},
        "ConsistentRead": True,
    }


def test_a_document_never_set_is_none_after_one_read(fake: FakeAws, items: Items) -> None:
    items.put("grace_period", "20")
    assert store.get(request(), "external_oms") is None
    assert store.get(request("beta"), "grace_period") is None
    assert fake.operations == ["GetItem", "GetItem"]


@pytest.mark.parametrize(
    ("model", "value", "text"),
    [
        (ExternalOms, {"enabled": True}, '{"enabled":true}'),
        (GracePeriod, 20, "20"),
        (CancelableLocations, ["store", "dc"], '["store","dc"]'),
        (BigSalesOrder, {"soft_limit_for_big_orders": 300}, '{"soft_limit_for_big_orders":300}'),
    ],
)
def test_a_first_write_is_one_update_item_and_stores_these_attributes_and_no_more(
    fake: FakeAws, items: Items, model: Any, value: Any, text: str
) -> None:
    stored = store.save(request(), document(model, value))
    assert fake.operations == ["UpdateItem"]
    assert items.all() == [
        {
            "tenant": {"S": "acme"},
            "config_name": {"S": model.config_name},
            "value": {"S": text},
            "version": {"N": "1"},
            "updated_at": {"S": stored.updated_at},
            "updated_by": {"S": "erp"},
            "request_id": {"S": "r-1"},
        }
    ]
    assert stored == store.Stored(text, 1, stored.updated_at, "r-1")


def test_another_value_is_one_update_item_and_counts_the_version_up(
    fake: FakeAws, items: Items
) -> None:
    items.put("grace_period", "20")
    stored = store.save(request(), document(GracePeriod, 21))
    assert fake.operations == ["UpdateItem"]
    assert (stored.value, stored.version, stored.request_id) == ("21", 2, "r-1")
    assert stored.updated_at > LONG_AGO
    (item,) = items.all()
    assert store.Stored.of(item) == stored


def test_an_equal_write_changes_nothing_and_is_answered_from_the_old_item(
    fake: FakeAws, items: Items
) -> None:
    old = items.put("grace_period", "20")
    stored = store.save(request(), document(GracePeriod, 20))
    assert stored == store.Stored.of(old)
    assert fake.operations == ["UpdateItem"]
    assert items.all() == [old]


def test_the_first_write_of_a_sequence_is_one_put_item_and_stores_no_more_than_it_must(
    fake: FakeAws, items: Items
) -> None:
    stored = store.save_once(request(), document(OrderIdSequence, {"prefix": "NS"}))
    assert fake.operations == ["PutItem"]
    assert items.all() == [
        {
            "tenant": {"S": "acme"},
            "config_name": {"S": "order_id_sequence"},
            "value": {"S": '{"prefix":"NS","size":10,"start":1,"step":1}'},
            "version": {"N": "1"},
            "updated_at": {"S": stored.updated_at},
            "updated_by": {"S": "erp"},
            "request_id": {"S": "r-1"},
        }
    ]
    assert store.Stored.of(items.all()[0]) == stored


def test_an_equal_sequence_changes_nothing_and_is_answered_from_the_old_item(
    fake: FakeAws, items: Items
) -> None:
    old = items.put("order_id_sequence", SEQUENCE)
    repeated = document(OrderIdSequence, {"step": 2, "size": 16, "prefix": "NS"})
    assert store.save_once(request(), repeated) == store.Stored.of(old)
    assert fake.operations == ["PutItem"]
    assert items.all() == [old]


@pytest.mark.parametrize(
    "other", [{"prefix": "GD"}, {"prefix": "NS", "size": 16, "start": 1, "step": 1}]
)
def test_another_sequence_is_refused_by_the_put_item_alone(
    fake: FakeAws, items: Items, other: dict[str, Any]
) -> None:
    old = items.put("order_id_sequence", SEQUENCE)
    with pytest.raises(Problem) as refused:
        store.save_once(request(), document(OrderIdSequence, other))
    assert refused.value.code == "immutable"
    assert fake.operations == ["PutItem"]
    assert items.all() == [old]


@pytest.mark.parametrize(
    ("model", "value", "save"),
    [(GracePeriod, 20, store.save), (OrderIdSequence, {}, store.save_once)],
)
def test_each_tenant_writes_its_own_document(
    items: Items, model: Any, value: Any, save: Any
) -> None:
    for tenant in ("acme", "beta", "acme-beta"):
        assert save(request(tenant), document(model, value)).version == 1
    tenants = [item["tenant"]["S"] for item in items.all()]
    assert sorted(tenants) == ["acme", "acme-beta", "beta"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": {"d": True, "c": None}}, '{"a":{"c":null,"d":true},"b":1}'),
        (["store", "dc"], '["store","dc"]'),
        ("é\u2028\U0001f600", '"é\u2028\U0001f600"'),
    ],
)
def test_a_canonical_text_is_compact_sorted_and_not_escaped(value: Any, text: str) -> None:
    assert store.canonical(value) == text
