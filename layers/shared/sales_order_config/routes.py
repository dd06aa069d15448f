"""Which methods each path has, for the fallback function; a test holds it to the template."""

from collections.abc import Mapping
from types import MappingProxyType

DOCUMENT_METHODS = ("GET", "POST", "PUT")

ROUTES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        f"/v0/config/sales_order/{config_name}": DOCUMENT_METHODS
        for config_name in (
            "external_oms",
            "order_id_sequence",
            "grace_period",
            "cancelable_locations",
            "big_sales_order",
            "external_order_webhook",
        )
    }
)
