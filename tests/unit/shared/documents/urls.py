"""Webhook URLs, made with hypothesis: any that is taken, and any that is not.

The networks are those of the IANA special-purpose address registries.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from hypothesis import strategies as st

LONGEST = 2048

NOT_GLOBAL_4 = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.2.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
]
NOT_GLOBAL_6 = [
    IPv6Network(network)
    for network in (
        "::/128",
        "::1/128",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/32",
        "2001:db8::/32",
        "3fff::/20",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
]
# Where an IPv4 address stands in an IPv6 one: the network, and how far from the right.
EMBEDDING = {
    "mapped": ("::ffff:0:0", 0),
    "compatible": ("::", 0),
    "nat64": ("64:ff9b::", 0),
    "6to4": ("2002::", 80),
}


def plain(address: IPv4Address) -> list[str]:
    """The address as every client reads it; the root's dot may stand behind it."""
    return [str(address), f"{address}."]


def odd_spellings(address: IPv4Address) -> list[str]:
    """What else some clients take for this address (WHATWG URL, IPv4 parser)."""
    number = int(address)
    a, b, c, d = address.packed
    return [
        str(number),
        f"{number}.",
        f"0x{number:x}",
        f"0X{number:X}",
        f"0{number:o}",
        f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        f"{a}.{number & 0xFFFFFF}",
        f"0x{a:x}.0{number & 0xFFFFFF:o}",
        f"{a}.{b}.{number & 0xFFFF}",
        f"{a}.{b}.0x{number & 0xFFFF:x}",
    ]


def embedded(address: IPv4Address, kind: str) -> IPv6Address:
    network, shift = EMBEDDING[kind]
    return IPv6Address(int(IPv6Address(network)) | int(address) << shift)


def _of(networks: list[IPv4Network]) -> st.SearchStrategy[IPv4Address]:
    return st.sampled_from(networks).flatmap(
        lambda net: st.integers(int(net[0]), int(net[-1])).map(IPv4Address)
    )


def _of_6(networks: list[IPv6Network]) -> st.SearchStrategy[IPv6Address]:
    return st.sampled_from(networks).flatmap(
        lambda net: st.integers(int(net[0]), int(net[-1])).map(IPv6Address)
    )


_private_4 = _of(NOT_GLOBAL_4)
_private_6 = _of_6(NOT_GLOBAL_6) | (
    st.builds(embedded, _private_4, st.sampled_from(sorted(EMBEDDING)))
)
_public_4 = _of([IPv4Network("8.0.0.0/8"), IPv4Network("93.184.0.0/16")])
_public_6 = _of_6([IPv6Network("2600::/12"), IPv6Network("2a00::/12")])

_labels = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9_-]{0,20}[A-Za-z0-9])?", fullmatch=True).filter(
    lambda label: not label.lower().startswith("xn--")
)
_names = st.builds(
    lambda labels, top, dot: ".".join([*labels, top]) + dot,
    st.lists(_labels, max_size=4),
    st.sampled_from(["com", "EXAMPLE", "internal", "xn--p1ai"]),
    st.sampled_from(["", "."]),
)


def _bracketed(address: IPv6Address) -> list[str]:
    return [f"[{address}]", f"[{address.exploded.upper()}]"]


_hosts = (
    _names
    | _public_4.flatmap(lambda address: st.sampled_from(plain(address)))
    | _public_6.flatmap(lambda address: st.sampled_from(_bracketed(address)))
)
refused_hosts = (
    _private_4.flatmap(lambda address: st.sampled_from(plain(address) + odd_spellings(address)))
    | _public_4.flatmap(lambda address: st.sampled_from(odd_spellings(address)))
    | _private_6.flatmap(lambda address: st.sampled_from(_bracketed(address)))
    | st.sampled_from(["localhost", "LocalHost", "localhost.", "a.localhost", "a.b.localhost."])
)
_ports = st.just("") | st.integers(1, 65_535).map(lambda port: f":{port}")
_paths = st.text("abcXYZ019/-._~!$&'()*+,;=:@", max_size=60).map(lambda path: f"/{path}") | (
    st.sampled_from(["", "/", "/v1", "/%20%C3%BC", "//", "/../.."])
)
_schemes = st.sampled_from(["https", "HTTPS", "hTTps"])


def _joined(
    host: st.SearchStrategy[str], port: st.SearchStrategy[str] = _ports
) -> st.SearchStrategy[str]:
    return st.builds(lambda s, h, p, path: f"{s}://{h}{p}{path}", _schemes, host, port, _paths)


urls = _joined(_hosts)

_wrong_ports = st.sampled_from([":", ":0", ":00000", ":-1", ":a", ":443a", ":443:443"]) | (
    st.integers(min_value=65_536).map(lambda port: f":{port}")
)
_wrong_hosts = st.sampled_from(
    [
        "",
        ".",
        "a..b",
        ".a",
        "a b",
        "ü.example",
        "a%2eexample",
        "xn--a",
        "1.2.3.4.5",
        "256.1.1.1",
        "[::1",
        "[]",
    ]
)
_insertions = st.sampled_from([*'?#\\"<>^`{|}[] \n\t\x7fü€', "%", "%2", "%zz", "?a=1", "#a"])


@st.composite
def _broken(draw: st.DrawFn) -> str:
    """A URL that is taken but for what is put into its path."""
    url = draw(urls)
    path = draw(st.text("xyz/", max_size=5))  # no hexadecimal digit, which could mend a "%2"
    return f"{url}/{path}{draw(_insertions)}{path}"


faulty_urls = st.one_of(
    _joined(refused_hosts),
    _joined(_hosts, _wrong_ports),
    _joined(_wrong_hosts),
    _joined(_hosts.map(lambda host: f"user@{host}")),
    _joined(_hosts.map(lambda host: f"user:password@{host}")),
    _joined(_hosts.map(lambda host: f"@{host}")),
    _broken(),
    urls.map(lambda url: f"http{url[5:]}"),
    urls.map(lambda url: url[6:]),
    urls.map(lambda url: f" {url}"),
    urls.map(lambda url: f"{url}\n"),
    urls.map(lambda url: url.replace("//", "/", 1)),
    urls.map(lambda url: f"{url}/{'x' * LONGEST}"),
)
