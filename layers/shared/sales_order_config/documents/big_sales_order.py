"""Limits for large orders: above how many items an order is put on hold.

Reference: Set limits on items for large orders.
"""

from typing import ClassVar

from pydantic import Field

from sales_order_config.document import Document, Strict


class BigSalesOrderValue(Strict):
    """The limit above which an order is put on hold."""

    soft_limit_for_big_orders: int = Field(
        ge=1,
        le=2_147_483_647,
        description="The order item limits that determine if the order is routed or is considered "
        "a big order and placed on hold: an order with more items than this is held. If the limit "
        "is not set, 100 is used as the default value.",
    )


class BigSalesOrder(Document):
    """An order with exactly the limit's number of items is no big order."""

    config_name: ClassVar = "big_sales_order"
    default: ClassVar = {"soft_limit_for_big_orders": 100}

    value: BigSalesOrderValue
