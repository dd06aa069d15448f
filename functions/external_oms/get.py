"""GET /v0/config/sales_order/external_oms: whether an external OMS is the primary one."""

from sales_order_config.endpoint import read

handler = read("external_oms")
