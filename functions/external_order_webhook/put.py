"""PUT (or POST) /v0/config/sales_order/external_order_webhook: set where orders are asked for."""

from sales_order_config.cipher import reveal
from sales_order_config.documents.external_order_webhook import ExternalOrderWebhook
from sales_order_config.endpoint import write
from sales_order_config.webhook_key import save

handler = write(ExternalOrderWebhook, save, reveal)
