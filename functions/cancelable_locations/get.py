"""GET /v0/config/sales_order/cancelable_locations: the locations orders can be canceled from."""

from sales_order_config.endpoint import read

handler = read("cancelable_locations")
