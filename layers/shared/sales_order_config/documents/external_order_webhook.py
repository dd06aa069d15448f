"""External order webhook: where the platform asks for orders and a customer's purchase history.

Reference: Set webhook configuration.
"""

import ipaddress
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError, Url

from sales_order_config.document import Document, Strict

# RFC 3986 without user info, query and fragment; the host is judged by `_public_host`.
URL_PATTERN = (
    r"^[Hh][Tt][Tt][Pp][Ss]://([A-Za-z0-9._\-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?"
    r"(/([A-Za-z0-9._~!$&'()*+,;=:@\-]|%[0-9A-Fa-f]{2})*)*$"
)


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of an https URL, normalized, so that the same origin is equal."""
    parsed = Url(url)
    return (
        parsed.scheme,
        (parsed.host or "").rstrip("."),
        443 if parsed.port is None else parsed.port,
    )


def _public_host(url: str) -> str:
    try:
        _, host, port = origin(url)
    except ValueError:
        raise PydanticCustomError("url_host", "The host or port is not valid") from None
    if port == 0:
        raise PydanticCustomError("url_port", "The port must be 1 to 65535")
    if host == "localhost" or host.endswith(".localhost") or not _is_public(host):
        raise PydanticCustomError("url_host", "The host must be a public one")
    return url


def _is_public(host: str) -> bool:
    """False for a literal address that is not globally reachable; a name is not looked up."""
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return bool(host)
    embedded = [address]
    if isinstance(address, ipaddress.IPv6Address):
        v4 = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in ipaddress.ip_network("64:ff9b::/96"):
            v4.append(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
        embedded += [a for a in v4 if a is not None]
    return all(a.is_global and not a.is_multicast and not a.is_reserved for a in embedded)


class ExternalOrderWebhookValue(Strict):
    """URL, key and timeout."""

    url: Annotated[str, AfterValidator(_public_host)] = Field(
        max_length=2048,
        pattern=URL_PATTERN,
        description="The base URL used to send the request to; the platform adds the respective "
        "routes. An absolute https URL of a public host, without user info, query and fragment.",
    )
    api_key: str = Field(
        max_length=1024,
        pattern=r"^[!-~]+$",
        repr=False,
        description="The API key used for authentication. Answers show it masked: ******** and "
        "its last four characters. Sending back the exact mask keeps the stored key.",
    )
    timeout: int = Field(
        15,
        ge=1,
        le=25,
        description="Timeout in seconds, the default is 15 and the maximum allowed value is 25.",
    )


class ExternalOrderWebhook(Document):
    """Where the platform asks for external orders; the key is a secret."""

    config_name: ClassVar = "external_order_webhook"

    value: ExternalOrderWebhookValue
