"""GET /v0/config/sales_order/grace_period: the seconds an order stays on hold."""

from sales_order_config.endpoint import read

handler = read("grace_period")
