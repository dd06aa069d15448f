"""PUT (or POST) /v0/config/sales_order/cancelable_locations: set the locations orders can be canceled from."""

from sales_order_config.documents.cancelable_locations import CancelableLocations
from sales_order_config.endpoint import write

handler = write(CancelableLocations)
