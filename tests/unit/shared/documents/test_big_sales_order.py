from typing import Any

import pytest

from sales_order_config.documents.big_sales_order import BigSalesOrder
from tests.unit.shared.documents.judge import place, taken


@pytest.mark.parametrize("limit", [1, 100, 300, 2_147_483_647])
def test_a_limit_is_a_number_of_items(limit: int) -> None:
    value = {"soft_limit_for_big_orders": limit}
    assert taken(BigSalesOrder, value) == value


@pytest.mark.parametrize("limit", [0, -1, 2_147_483_648, 10**400, 300.0, "300", True, None, []])
def test_a_limit_is_nothing_else(limit: Any) -> None:
    place_of_fault = place(BigSalesOrder, {"soft_limit_for_big_orders": limit})
    assert place_of_fault == "value.soft_limit_for_big_orders"


def test_the_limit_must_be_there() -> None:
    assert place(BigSalesOrder, {}) == "value.soft_limit_for_big_orders"


def test_nothing_else_may_be_there() -> None:
    value = {"soft_limit_for_big_orders": 300, "hard_limit": 400}
    assert place(BigSalesOrder, value) == "value.hard_limit"


@pytest.mark.parametrize("value", [300, None, [300], "300"])
def test_the_value_is_an_object(value: Any) -> None:
    assert place(BigSalesOrder, value) == "value"
