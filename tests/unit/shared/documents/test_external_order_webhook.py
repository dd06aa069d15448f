from typing import Any

import pytest

from sales_order_config.documents.external_order_webhook import ExternalOrderWebhook, origin
from tests.unit.shared.documents.judge import place, taken

URL = "https://orders.example.com/newstore"
VISIBLE = "".join(map(chr, range(0x21, 0x7F)))


def value(**changes: Any) -> dict[str, Any]:
    return {"url": URL, "api_key": "obviously-fake", "timeout": 20} | changes


@pytest.mark.parametrize("timeout", [1, 15, 25])
def test_a_webhook_is_taken_as_it_is(timeout: int) -> None:
    sent = value(timeout=timeout)
    assert taken(ExternalOrderWebhook, sent) == sent


def test_the_timeout_is_15_seconds_unless_it_is_set() -> None:
    sent = value()
    del sent["timeout"]
    assert taken(ExternalOrderWebhook, sent) == value(timeout=15)


@pytest.mark.parametrize("timeout", [0, -1, 26, 15.0, "15", True, None])
def test_a_timeout_is_1_to_25_seconds(timeout: Any) -> None:
    assert place(ExternalOrderWebhook, value(timeout=timeout)) == "value.timeout"


@pytest.mark.parametrize("api_key", ["x", VISIBLE, "x" * 1024, "*" * 7, "********", "********4711"])
def test_a_key_is_what_a_header_can_hold(api_key: str) -> None:
    assert taken(ExternalOrderWebhook, value(api_key=api_key))["api_key"] == api_key


@pytest.mark.parametrize(
    "api_key",
    [
        "",
        "x" * 1025,
        "a b",
        " a",
        "a ",
        "a\n",
        "\n",
        "a\tb",
        "a\rb",
        "ä",
        "\x7f",
        "€",
        1,
        None,
        ["a"],
    ],
)
def test_a_key_is_nothing_else(api_key: Any) -> None:
    assert place(ExternalOrderWebhook, value(api_key=api_key)) == "value.api_key"


@pytest.mark.parametrize("name", ["url", "api_key"])
def test_url_and_key_must_be_there(name: str) -> None:
    sent = value()
    del sent[name]
    assert place(ExternalOrderWebhook, sent) == f"value.{name}"


def test_nothing_else_may_be_there() -> None:
    assert place(ExternalOrderWebhook, value(headers={})) == "value.headers"


@pytest.mark.parametrize("sent", [URL, None, [], 1])
def test_the_value_is_an_object(sent: Any) -> None:
    assert place(ExternalOrderWebhook, sent) == "value"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example", ("https", "a.example", 443)),
        ("HTTPS://A.Example:443/x", ("https", "a.example", 443)),
        ("https://a.example:0443/", ("https", "a.example", 443)),
        ("https://a.example./", ("https", "a.example", 443)),
        ("https://a.example:8443/", ("https", "a.example", 8443)),
        ("https://134744072/", ("https", "8.8.8.8", 443)),
        ("https://[2606:4700:0::1111]/", ("https", "[2606:4700::1111]", 443)),
        ("https://b.example", ("https", "b.example", 443)),
    ],
)
def test_urls_of_one_origin_have_the_same_origin(url: str, expected: tuple[str, str, int]) -> None:
    assert origin(url) == expected
