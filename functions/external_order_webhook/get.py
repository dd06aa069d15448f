"""GET /v0/config/sales_order/external_order_webhook: where external orders are asked for."""

from sales_order_config.cipher import reveal
from sales_order_config.endpoint import read

handler = read("external_order_webhook", reveal)
