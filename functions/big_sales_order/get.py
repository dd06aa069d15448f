"""GET /v0/config/sales_order/big_sales_order: the item limit for large orders."""

from sales_order_config.endpoint import read

handler = read("big_sales_order")
