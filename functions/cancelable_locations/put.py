"""PUT (or POST) /v0/config/sales_order/cancelable_locations: set where orders can be canceled."""

from sales_order_config.documents.cancelable_locations import CancelableLocations
from sales_order_config.endpoint import write

handler = write(CancelableLocations)
