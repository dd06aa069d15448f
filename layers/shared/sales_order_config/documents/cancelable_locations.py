"""Cancelable locations: the kinds of location from which orders can be canceled.

Reference: Set locations from which orders can be canceled.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from sales_order_config.document import Document

type Location = Literal["store", "dc"]


def _without_duplicates(locations: list[Location]) -> list[Location]:
    return list(dict.fromkeys(locations))


class CancelableLocations(Document):
    """The kinds of location from which orders can be canceled."""

    config_name: ClassVar = "cancelable_locations"
    default: ClassVar = ["store"]

    value: Annotated[list[Location], AfterValidator(_without_duplicates)] = Field(
        min_length=1,
        description="Defines from which location type orders can be canceled. By default (if no "
        "config is set) orders routed to stores can be canceled by every tenant, unless it is "
        "excluded from this list.",
    )
