"""GET /v0/config/sales_order/order_id_sequence: how order identifiers are made."""

from sales_order_config.endpoint import read

handler = read("order_id_sequence")
