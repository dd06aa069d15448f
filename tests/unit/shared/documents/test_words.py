"""Where a pattern is missed, a client is told in words what is asked for."""

from typing import Any

import pytest

from sales_order_config.document import Document
from sales_order_config.documents.external_order_webhook import ExternalOrderWebhook
from sales_order_config.documents.order_id_sequence import OrderIdSequence
from tests.unit.shared.documents.judge import fault, webhook


@pytest.mark.parametrize(
    ("document", "value", "message"),
    [
        (
            ExternalOrderWebhook,
            webhook("http://oms.example.com"),
            "value.url: Must be an absolute https URL without user info, query and fragment",
        ),
        (
            ExternalOrderWebhook,
            webhook("https://oms.example.com") | {"api_key": "a b"},
            "value.api_key: Must be printable ASCII without blanks, at least one character",
        ),
        (OrderIdSequence, {"prefix": "N S"}, "value.prefix: Must be of A-Z a-z 0-9 - _ . only"),
    ],
)
def test_a_missed_pattern_is_told_in_words(
    document: type[Document], value: Any, message: str
) -> None:
    assert fault(document, value) == message
