"""PUT (or POST) /v0/config/sales_order/big_sales_order: set the item limit for large orders."""

from sales_order_config.documents.big_sales_order import BigSalesOrder
from sales_order_config.endpoint import write

handler = write(BigSalesOrder)
