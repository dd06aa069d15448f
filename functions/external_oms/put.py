"""PUT (or POST) /v0/config/sales_order/external_oms: say whether an external OMS is the primary one."""

from sales_order_config.documents.external_oms import ExternalOms
from sales_order_config.endpoint import write

handler = write(ExternalOms)
