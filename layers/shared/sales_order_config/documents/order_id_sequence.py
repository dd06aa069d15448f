"""Order ID sequence: how human-readable order identifiers are made. Written once.

Reference: Set order ID sequence parameters.
"""

from typing import Annotated, ClassVar

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from sales_order_config.document import Document, Strict, form

PREFIX_PATTERN = r"^[A-Za-z0-9\-_.]*$"
# JSON numbers are exact up to here in every client (RFC 8259, section 6).
PositiveInteger = Annotated[int, Field(ge=1, le=9_007_199_254_740_991)]


class OrderIdSequenceValue(Strict):
    """Identifier n, from 0, is the prefix and then start + n * step, zero-padded to the size."""

    prefix: Annotated[str, form(PREFIX_PATTERN, "Must be of A-Z a-z 0-9 - _ . only")] = Field(
        "",
        max_length=32,
        pattern=PREFIX_PATTERN,
        description="Prefix for human-readable order identifiers.",
    )
    start: PositiveInteger = Field(
        1, description="Start of human-readable order identifiers, any value greater than 0."
    )
    step: PositiveInteger = Field(
        1, description="Step of human-readable order identifiers, any value greater than 0."
    )
    size: int = Field(
        10,
        ge=1,
        le=64,
        description="Size of human-readable order identifiers: their total length in characters, "
        "the prefix included. The first identifier must fit.",
    )

    @field_validator("size")
    @classmethod
    def first_identifier_fits(cls, size: int, info: ValidationInfo) -> int:
        """The prefix and start stand before this field, so that the fault is named here."""
        if "prefix" in info.data and "start" in info.data:
            needed = len(info.data["prefix"]) + len(str(info.data["start"]))
            if size < needed:
                raise PydanticCustomError(
                    "first_identifier_does_not_fit",
                    "The first identifier needs {needed} characters, more than the size of {size}",
                    {"needed": needed, "size": size},
                )
        return size


class OrderIdSequence(Document):
    """How order identifiers are made. Once it is set it can't be changed."""

    config_name: ClassVar = "order_id_sequence"

    value: OrderIdSequenceValue
