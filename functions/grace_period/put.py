"""PUT (or POST) /v0/config/sales_order/grace_period: set the seconds an order stays on hold."""

from sales_order_config.documents.grace_period import GracePeriod
from sales_order_config.endpoint import write

handler = write(GracePeriod)
