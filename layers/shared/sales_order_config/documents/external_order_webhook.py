"""External order webhook: where the platform asks for orders and a customer's purchase history.

Reference: Set webhook configuration.
"""

import ipaddress
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError, Url

from sales_order_config.document import Document, Strict, form

# RFC 3986 without user info, query and fragment; the host is judged by `_public_host`.
URL_PATTERN = (
    r"^[Hh][Tt][Tt][Pp][Ss]://([A-Za-z0-9._\-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?"
    r"(/([A-Za-z0-9._~!$&'()*+,;=:@\-]|%[0-9A-Fa-f]{2})*)*$"
)


KEY_PATTERN = r"^[!-~]+$"

# For documentation; ipaddress knows it from Python 3.13.1 on.
DOCUMENTATION = ipaddress.IPv6Network("3fff::/20")


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of an https URL, normalized, so that the same origin is equal."""
    parsed = Url(url)
    return (
        parsed.scheme,
        (parsed.host or "").removesuffix("."),
        443 if parsed.port is None else parsed.port,
    )


def _public_host(url: str) -> str:
    try:
        _, host, port = origin(url)
    except ValueError:
        raise PydanticCustomError("url_host", "The host or port is not valid") from None
    if port == 0:
        raise PydanticCustomError("url_port", "The port must be 1 to 65535")
    name = host.rstrip(".")
    if name == "localhost" or name.endswith(".localhost") or not _is_public(name, url):
        raise PydanticCustomError("url_host", "The host must be a public one")
    if "" in host.split("."):
        raise PydanticCustomError("url_host", "The host or port is not valid")
    return url


def _is_public(host: str, url: str) -> bool:
    """False for a literal address that is not globally reachable; a name is not looked up.

    Nor for an IPv4 address in another spelling than its own (010.0.0.1, 8.8.8): clients differ in
    what they read there.
    """
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return True
    if isinstance(address, ipaddress.IPv4Address):
        as_written = url.lower().startswith(f"https://{host}")
    else:
        as_written = not address.is_site_local and address not in DOCUMENTATION
    return as_written and address.is_global and not (address.is_multicast or address.is_reserved)


class ExternalOrderWebhookValue(Strict):
    """URL, key and timeout."""

    url: Annotated[
        str,
        form(URL_PATTERN, "Must be an absolute https URL without user info, query and fragment"),
        AfterValidator(_public_host),
    ] = Field(
        max_length=2048,
        pattern=URL_PATTERN,
        description="The base URL used to send the request to; the platform adds the respective "
        "routes. An absolute https URL of a public host, without user info, query and fragment.",
    )
    api_key: Annotated[
        str, form(KEY_PATTERN, "Must be printable ASCII without blanks, at least one character")
    ] = Field(
        max_length=1024,
        pattern=KEY_PATTERN,
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
