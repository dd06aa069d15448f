"""The host of the webhook's URL: a public one, however it is spelled."""

from ipaddress import IPv4Address

import pytest
from hypothesis import given, settings

from tests.unit.shared.documents import urls
from tests.unit.shared.documents.judge import keeps_url, url_fault


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "LOCALHOST", "localhost.", "localhost..", "a.localhost", "a.b.LocalHost."),
        *("127.0.0.1", "127.255.255.254", "127.1", "127.0.1", "0177.1", "0x7f.1", "0x7F000001"),
        *("2130706433", "017700000001", "127.0.0.1.", "127.1.", "2130706433.", "127.0.0.1.."),
        *("0", "0.0.0.0", "0x0", "00", "0.0.0.0.", "255.255.255.255", "4294967295"),
        *("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.257", "012.0.0.1"),
        *("169.254.169.254", "0xa9fea9fe", "2852039166", "100.64.0.1", "224.0.0.1", "240.0.0.1"),
        *("[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[fe80::1]", "[fd00::1]", "[ff02::1]"),
        *("[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::FFFF:10.0.0.1]", "[::127.0.0.1]"),
        *("[64:ff9b::127.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::808:808]"),
        *("[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2001:0:7f00:1::]", "[2001:db8::1]"),
        # The client's half of a Teredo address is inverted: 127.0.0.1 is 80ff:fffe.
        *("[2001:0:808:808:0:0:80ff:fffe]", "[100::1]", "[::ffff:0:127.0.0.1]", "[5f00::1]"),
        *("[fec0::1]", "[3fff::1]", "[3fff:fff::1]"),
    ],
)
def test_a_host_that_is_not_public_is_refused_however_it_is_spelled(host: str) -> None:
    for url in (f"https://{host}", f"https://{host}:8443/x"):
        assert url_fault(url) == "The host must be a public one"


@pytest.mark.parametrize(
    "host",
    [
        *("1.2.3.4.5", "256.1.1.1", "1.1.1.256", "4294967296", "0x100000000", "a.0x7f", "a.1"),
        *("[1.2.3.4]", "[::1", "::1", "[]", "[:]", "[1::2::3]", "[12345::]", "[::1%25lo]", "[::g]"),
        *("08", "xn--a", "xn--", "a%2eexample", "a,b", "*"),
    ],
)
def test_what_is_no_host_is_refused(host: str) -> None:
    assert url_fault(f"https://{host}/")


@pytest.mark.parametrize(
    "host",
    [
        *(".", "..", "a..b", ".example.com", "oms.example.com..", "example.com..."),
        *("127.1..", "2130706433..", "8.8.8.8.."),
    ],
)
def test_a_name_with_an_empty_label_is_refused(host: str) -> None:
    assert url_fault(f"https://{host}/") == "The host or port is not valid"


@settings(max_examples=300)
@given(host=urls.refused_hosts)
def test_no_private_address_and_no_odd_spelling_of_any_is_taken(host: str) -> None:
    assert url_fault(f"https://{host}/")


@pytest.mark.parametrize("host", [*urls.plain(IPv4Address("8.8.8.8")), "8.8.8.8:443"])
def test_a_public_address_is_taken_in_its_own_spelling(host: str) -> None:
    assert keeps_url(f"https://{host}/")


@pytest.mark.parametrize("host", [*urls.odd_spellings(IPv4Address("8.8.8.8")), "010.0.0.1"])
def test_an_address_that_clients_read_differently_is_refused(host: str) -> None:
    assert url_fault(f"https://{host}/") == "The host must be a public one"
