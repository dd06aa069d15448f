"""External OMS: whether the retailer's own order management system is the primary one.

Reference: External OMS configuration.
"""

from typing import ClassVar

from pydantic import Field

from sales_order_config.document import Document, Strict


class ExternalOmsValue(Strict):
    """Whether an external OMS is enabled."""

    enabled: bool = Field(description="Specifies if the tenant is using an external OMS.")


class ExternalOms(Document):
    """While an external OMS is enabled, the platform is the secondary one."""

    config_name: ClassVar = "external_oms"
    default: ClassVar = {"enabled": False}

    value: ExternalOmsValue
