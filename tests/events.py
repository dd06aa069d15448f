"""The API Gateway events in events/, and feeding an event to a handler."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sales_order_config.endpoint import Handler

EVENTS = Path(__file__).parents[1] / "events"


class Context:
    """Lambda's context object at the start of a call."""

    def get_remaining_time_in_millis(self) -> int:
        return 12_000


@dataclass(frozen=True)
class Answer:
    """What a handler answered to API Gateway."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def messages(self) -> list[str]:
        """A problem's."""
        found: list[str] = self.json["messages"]
        return found


def load(name: str) -> dict[str, Any]:
    """The event of events/{name}.json."""
    event: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text())
    return event


def feed(handler: Handler, event: dict[str, Any]) -> Answer:
    """Call a handler as Lambda does, and check what a proxy integration needs of its answer."""
    answered = json.loads(json.dumps(handler(event, Context())))
    assert answered.keys() == {"statusCode", "headers", "body", "isBase64Encoded"}
    assert answered["isBase64Encoded"] is False
    return Answer(answered["statusCode"], answered["headers"], answered["body"])
