"""The webhook's api key in a write: kept or replaced, never an old one brought back."""

import json

from sales_order_config import cipher, store
from sales_order_config.documents.external_order_webhook import ExternalOrderWebhook, origin
from sales_order_config.problem import Problem
from sales_order_config.request import Request
from sales_order_config.store import Secret, Stored

TRIES = 3


def save(request: Request, document: ExternalOrderWebhook) -> Stored:
    """Store the webhook; an equal one, its key included, changes nothing.

    The write is conditional on the item that the key was judged by, so that it never brings an
    old key back. Raises Problem: bad_request for a mask that keeps nothing; conflict when other
    writes came first three times; service_unavailable, and then the outcome is not known.
    """
    value = document.effective_value()
    api_key = value.pop("api_key")
    text = store.canonical(value)
    encrypted: Secret | None = None
    for _ in range(TRIES):
        stored = store.get(request, cipher.CONFIG_NAME)
        secret = _kept(request, stored, api_key, value["url"])
        if secret is None:
            secret = encrypted = encrypted or Secret(
                cipher.encrypt(request, api_key), cipher.mask(api_key)
            )
        if stored is not None and (stored.value, stored.secret) == (text, secret):
            return stored
        try:
            return _write(request, text, secret, stored)
        except store.Outdated as lost:
            if lost.stored.request_id == request.request_id:
                # botocore repeated a write whose answer was lost: it met what it had stored itself.
                return lost.stored
    raise Problem("conflict", "Other writes of this document came first.")


def _kept(request: Request, stored: Stored | None, api_key: str, url: str) -> Secret | None:
    """The stored secret when the write keeps its key; None when the key is a new one."""
    kept = stored.secret if stored is not None else None
    if not api_key.startswith(cipher.MASK):
        # Equal masks come first: they spare a KMS call for most new keys.
        if kept is None or kept.mask != cipher.mask(api_key):
            return None
        return kept if cipher.decrypt(request, kept.ciphertext) == api_key else None
    if stored is None or kept is None or api_key != kept.mask:
        raise _unusable(f"only the exact current mask may begin with {cipher.MASK}")
    if not request.may_see_secrets and origin(url) != origin(json.loads(stored.value)["url"]):
        raise _unusable("must be sent in clear when scheme, host or port of the url change")
    return kept


def _unusable(what: str) -> Problem:
    return Problem("bad_request", faults=[f"value.api_key: {what}"])


def _write(request: Request, text: str, secret: Secret, expected: Stored | None) -> Stored:
    attributes = secret.attributes() | {"value": {"S": text}}
    if expected is None:
        return store.update(
            request, cipher.CONFIG_NAME, attributes, condition="attribute_not_exists(#value)"
        )
    return store.update(
        request,
        cipher.CONFIG_NAME,
        attributes,
        condition="#version = :expected",
        condition_values={":expected": {"N": str(expected.version)}},
    )
