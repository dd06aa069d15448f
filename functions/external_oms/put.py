"""PUT (or POST) /v0/config/sales_order/external_oms: set whether an external OMS is primary."""

from sales_order_config.documents.external_oms import ExternalOms
from sales_order_config.endpoint import write

handler = write(ExternalOms)
