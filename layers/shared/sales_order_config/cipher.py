"""The webhook's api key under the KMS key: encrypted, decrypted, masked, revealed."""

import json
import os
from typing import TYPE_CHECKING, Any, cast

from sales_order_config import aws
from sales_order_config.request import Request
from sales_order_config.store import Stored

if TYPE_CHECKING:
    from types_boto3_kms import KMSClient

CONFIG_NAME = "external_order_webhook"
MASK = "********"
TAIL_CHARACTERS = 4
SHORTEST_WITH_TAIL = 12


def kms() -> "KMSClient":
    """The client; made on first use."""
    return cast("KMSClient", aws.client("kms"))


def mask(api_key: str) -> str:
    """What may be shown of a key: its last four characters when it has at least twelve."""
    return MASK + (api_key[-TAIL_CHARACTERS:] if len(api_key) >= SHORTEST_WITH_TAIL else "")


def encrypt(request: Request, api_key: str) -> bytes:
    """The ciphertext of a key, bound to the tenant. Raises Problem: service_unavailable."""
    with aws.calling(request):
        return kms().encrypt(
            KeyId=os.environ["KEY_ID"],
            Plaintext=api_key.encode(),
            EncryptionContext=_context(request),
        )["CiphertextBlob"]


def decrypt(request: Request, ciphertext: bytes) -> str:
    """The key of a ciphertext of this tenant. Raises Problem: service_unavailable."""
    with aws.calling(request):
        return (
            kms()
            .decrypt(
                KeyId=os.environ["KEY_ID"],
                CiphertextBlob=ciphertext,
                EncryptionContext=_context(request),
            )["Plaintext"]
            .decode()
        )


def reveal(request: Request, stored: Stored) -> Any:
    """The stored value with its key, in clear if the token may see it, else masked (no KMS call).

    Raises Problem: service_unavailable.
    """
    value = json.loads(stored.value)
    if secret := stored.secret:
        in_clear = request.may_see_secrets
        value["api_key"] = decrypt(request, secret.ciphertext) if in_clear else secret.mask
    return value


def _context(request: Request) -> dict[str, str]:
    return {"tenant": request.tenant, "config_name": CONFIG_NAME}
