"""The webhook's URL: absolute, https, and kept byte for byte."""

from typing import Any

import pytest
from hypothesis import given, settings

from tests.unit.shared.documents import urls
from tests.unit.shared.documents.judge import keeps_url, url_fault


@pytest.mark.parametrize(
    "url",
    [
        "https://orders.example.com",
        "https://orders.example.com/",
        "https://orders.example.com/newstore/v1/",
        "HTTPS://Orders.Example.COM/CaSe",
        "https://orders.example.com.",
        "https://intranet",
        "https://a_b.example.com",
        "https://xn--bcher-kva.example",
        "https://localhost.example.com",
        "https://notlocalhost",
        "https://127.0.0.1.example.com",
        "https://a.example:1",
        "https://a.example:443",
        "https://a.example:00443",
        "https://a.example:65535/x",
        "https://8.8.8.8/",
        "https://[2606:4700:4700::1111]/",
        "https://[2001:4860:4860:0:0:0:0:8888]:8443/",
        "https://a.example/%20%c3%BC",
        "https://a.example/-._~!$&'()*+,;=:@",
        "https://a.example//x//",
        "https://a.example/../..",
        "https://a.example/@b",
        f"https://a.example/{'x' * (urls.LONGEST - 18)}",
    ],
)
def test_an_https_url_is_kept_byte_for_byte(url: str) -> None:
    assert keeps_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example",
        "ftp://a.example",
        "ws://a.example",
        "httpss://a.example",
        "//a.example",
        "/newstore",
        "a.example",
        "https:a.example",
        "https:/a.example",
        "https:///a.example",
        "https://",
        "https:///",
        "https:\\\\a.example",
        "",
        " https://a.example",
        "https://a.example ",
        "https://a.example\n",
        "\nhttps://a.example",
        "https://a.example/\n",
        "https://a.example/a b",
        "https://a.example/\t",
        "https://a.example/\x7f",
        "https://a.example/ü",
        "https://bücher.example",
        "https://\uff41.example",
        "https://ⓛocalhost",
        "https://a.example\\x",
        'https://a.example/"',
        "https://a.example/<x>",
        "https://a.example/{id}",
        "https://a.example/[x]",
        "https://a.example/%",
        "https://a.example/%2",
        "https://a.example/%zz",
        f"https://a.example/{'x' * (urls.LONGEST - 17)}",
        1,
        None,
        ["https://a.example"],
    ],
)
def test_anything_but_an_absolute_https_url_is_refused(url: Any) -> None:
    assert url_fault(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://user@a.example",
        "https://user:password@a.example",
        "https://@a.example",
        "https://:@a.example",
        "https://a.example:443@b.example",
        "https://a.example?",
        "https://a.example/?",
        "https://a.example/?a=1",
        "https://a.example#",
        "https://a.example/#",
        "https://a.example/#a",
        "https://a.example/?#",
    ],
)
def test_user_info_query_and_fragment_are_refused_empty_ones_too(url: str) -> None:
    assert url_fault(url)


@pytest.mark.parametrize(
    "port", ["", "0", "00000", "65536", "99999", "100000", "-1", "+1", "a", "4 4"]
)
def test_a_port_is_1_to_65535(port: str) -> None:
    assert url_fault(f"https://a.example:{port}")
    assert url_fault(f"https://a.example:{port}/x")


@settings(max_examples=300)
@given(url=urls.urls)
def test_any_url_of_a_public_host_is_kept_byte_for_byte(url: str) -> None:
    assert keeps_url(url)


@settings(max_examples=300)
@given(url=urls.faulty_urls)
def test_any_other_url_is_refused(url: str) -> None:
    assert url_fault(url)
