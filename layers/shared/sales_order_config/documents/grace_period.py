"""Grace period: how long an order stays on hold before it is routed for fulfillment.

Reference: Create grace period for orders.
"""

from typing import ClassVar

from pydantic import ConfigDict, Field

from sales_order_config.document import Document


class GracePeriod(Document):
    """How long an order stays on hold, in seconds."""

    model_config = ConfigDict(title="Schema for setting timer duration for on hold orders")
    config_name: ClassVar = "grace_period"

    value: int = Field(ge=0, le=2_147_483_647, description="Timer duration in seconds")
