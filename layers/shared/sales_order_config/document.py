"""What the six documents have in common: how a body is judged, and its effective value."""

import re
from typing import Any, ClassVar, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from sales_order_config.problem import Problem
from sales_order_config.request import place_of

# The members of GET's answer that only the service writes: what was read can be sent back.
SERVICE_MEMBERS = frozenset({"updated_at", "schema"})
# Where Pydantic's own words name a class.
MESSAGES = {"model_type": "Input should be an object"}


def form(pattern: str, words: str) -> BeforeValidator:
    """Tells a client in words what the field's pattern asks for; the schema has the pattern."""
    expression = re.compile(pattern)

    def check(value: Any) -> Any:
        if isinstance(value, str) and not expression.search(value):
            raise PydanticCustomError("form", words)
        return value

    return BeforeValidator(check)


class Strict(BaseModel):
    """A JSON object that is taken as it is: no coercion, no unknown members, no null."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, hide_input_in_errors=True, validate_default=True
    )


class Document(Strict):
    """One configuration document as it travels: `{"value": …}`.

    A subclass names its last URL segment (`config_name`), narrows `value`, and gives the value
    that holds while a tenant has never set it (`default`; None: reading it is a 404).
    """

    config_name: ClassVar[str]
    default: ClassVar[Any] = None

    value: Any

    @classmethod
    def parse(cls, body: Any) -> Self:
        """Judge a parsed body. Raises Problem (bad_request) that lists every fault by its place."""
        if isinstance(body, dict):
            body = {name: item for name, item in body.items() if name not in SERVICE_MEMBERS}
        try:
            return cls.model_validate(body)
        except ValidationError as error:
            faults = [
                f"{place_of(fault['loc'])}: {MESSAGES.get(fault['type'], fault['msg'])}"
                for fault in error.errors(
                    include_url=False, include_context=False, include_input=False
                )
            ]
            raise Problem("bad_request", faults=faults) from None

    def effective_value(self) -> Any:
        """The value with its defaults filled in, as JSON types."""
        return self.model_dump(mode="json")["value"]
