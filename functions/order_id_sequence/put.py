"""PUT (or POST) /v0/config/sales_order/order_id_sequence: set, once and for all."""

from sales_order_config.documents.order_id_sequence import OrderIdSequence
from sales_order_config.endpoint import write
from sales_order_config.store import save_once

handler = write(OrderIdSequence, save_once)
