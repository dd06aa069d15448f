"""Judging one value of a document."""

from typing import Any

from sales_order_config.document import Document
from sales_order_config.documents.external_order_webhook import ExternalOrderWebhook
from tests.unit.shared.calls import problem_of


def taken(document: type[Document], value: Any) -> Any:
    """The effective value."""
    return document.parse({"value": value}).effective_value()


def fault(document: type[Document], value: Any) -> str:
    """The message of the one fault."""
    problem = problem_of(lambda: document.parse({"value": value}))
    assert problem.code == "bad_request"
    (message,) = problem.messages
    return message


def place(document: type[Document], value: Any) -> str:
    """The place of the one fault."""
    return fault(document, value).partition(": ")[0]


def webhook(url: Any) -> dict[str, Any]:
    return {"url": url, "api_key": "obviously-fake", "timeout": 20}


def keeps_url(url: str) -> bool:
    """Whether a webhook of this URL is taken with exactly this URL."""
    return bool(taken(ExternalOrderWebhook, webhook(url)) == webhook(url))


def url_fault(url: Any) -> str:
    """What is said of a webhook's URL, its one fault."""
    where, _, what = fault(ExternalOrderWebhook, webhook(url)).partition(": ")
    assert where == "value.url"
    return what
