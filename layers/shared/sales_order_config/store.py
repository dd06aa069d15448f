"""The documents in DynamoDB: one item per tenant and config name."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Self, cast

from sales_order_config import aws
from sales_order_config.problem import Problem
from sales_order_config.request import Request

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_dynamodb.type_defs import AttributeValueTypeDef

    from sales_order_config.document import Document


class Secret(NamedTuple):
    """An api key as it is stored."""

    ciphertext: bytes
    mask: str

    @classmethod
    def of(cls, item: dict[str, Any]) -> Self:
        """Read an item in DynamoDB's own JSON."""
        return cls(item["api_key_ciphertext"]["B"], item["api_key_mask"]["S"])

    def attributes(self) -> "dict[str, AttributeValueTypeDef]":
        """The attributes that `of` reads."""
        return {"api_key_ciphertext": {"B": self.ciphertext}, "api_key_mask": {"S": self.mask}}


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored document.

    value: canonical JSON, without the secret. updated_at: RFC 3339, UTC, seconds. secret: the
    webhook's; None elsewhere.
    """

    value: str
    version: int
    updated_at: str
    request_id: str
    secret: Secret | None = None

    @classmethod
    def of(cls, item: dict[str, Any]) -> Self:
        """Read an item in DynamoDB's own JSON."""
        return cls(
            value=item["value"]["S"],
            version=int(item["version"]["N"]),
            updated_at=item["updated_at"]["S"],
            request_id=item["request_id"]["S"],
            secret=Secret.of(item) if "api_key_mask" in item else None,
        )


def dynamodb() -> "DynamoDBClient":
    """The client; made on first use."""
    return cast("DynamoDBClient", aws.client("dynamodb"))


def get(request: Request, config_name: str) -> Stored | None:
    """The tenant's document, strongly consistent; None when it was never set. One GetItem.

    Raises Problem: service_unavailable.
    """
    with aws.calling(request):
        found = dynamodb().get_item(
            TableName=_table(), Key=_key(request, config_name), ConsistentRead=True
        )
    return Stored.of(found["Item"]) if "Item" in found else None


def save(request: Request, document: "Document") -> Stored:
    """Store a document, the last write wins; an equal one changes nothing. One UpdateItem.

    Raises Problem: service_unavailable, and then the outcome is not known.
    """
    try:
        return update(
            request,
            document.config_name,
            {"value": {"S": canonical(document.effective_value())}},
            condition="attribute_not_exists(#value) OR #value <> :value",
        )
    except Outdated as unchanged:
        return unchanged.stored


def save_once(request: Request, document: "Document") -> Stored:
    """Store a document that is written once; an equal one changes nothing.

    One PutItem; after a fault one GetItem, to see what became of it. Equality decides, never the
    failed condition alone: botocore's own retry of a put whose answer was lost fails on what that
    put has stored. Raises Problem: immutable for any other value than the stored one;
    service_unavailable, and then the outcome is not known.
    """
    value = canonical(document.effective_value())
    new = _attributes(request) | {"value": {"S": value}, "version": {"N": "1"}}
    try:
        with aws.calling(request), _condition():
            dynamodb().put_item(
                TableName=_table(),
                Item=_key(request, document.config_name) | new,
                ConditionExpression="attribute_not_exists(config_name)",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        return Stored.of(new)
    except Outdated as first:
        stored = first.stored
    except Problem:
        found = get(request, document.config_name)
        if found is None:
            raise
        stored = found
    if stored.value != value:
        raise Problem("immutable", "This document is already set and can't be changed.")
    return stored


class Outdated(Exception):
    """A write's condition failed; stored: the item that made it fail."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        super().__init__()


def update(
    request: Request,
    config_name: str,
    attributes: dict[str, "AttributeValueTypeDef"],
    *,
    condition: str,
    condition_values: dict[str, "AttributeValueTypeDef"] | None = None,
) -> Stored:
    """Set these attributes and count the version up, if the condition holds. One UpdateItem.

    The condition may name each attribute as `#name` and its new value as `:name`. Raises Outdated
    with the stored item when it fails, Problem: service_unavailable.
    """
    changes = _attributes(request) | attributes
    assignments = [f"#{name} = :{name}" for name in changes]
    counted = "#version = if_not_exists(#version, :zero) + :one"
    with aws.calling(request), _condition():
        updated = dynamodb().update_item(
            TableName=_table(),
            Key=_key(request, config_name),
            UpdateExpression=f"SET {', '.join([*assignments, counted])}",
            ConditionExpression=condition,
            ExpressionAttributeNames={f"#{name}": name for name in [*changes, "version"]},
            ExpressionAttributeValues={
                **{f":{name}": value for name, value in changes.items()},
                ":zero": {"N": "0"},
                ":one": {"N": "1"},
                **(condition_values or {}),
            },
            ReturnValues="ALL_NEW",
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    return Stored.of(updated["Attributes"])


@contextmanager
def _condition() -> Iterator[None]:
    try:
        yield
    except dynamodb().exceptions.ConditionalCheckFailedException as error:
        # ReturnValuesOnConditionCheckFailure puts it there; the type stubs do not know it.
        item = cast("dict[str, Any]", error.response)["Item"]
        raise Outdated(Stored.of(item)) from None


def _attributes(request: Request) -> dict[str, "AttributeValueTypeDef"]:
    """What every write notes beside the value: when, who, in which request."""
    return {
        "updated_at": {"S": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")},
        "updated_by": {"S": request.client_id} if request.client_id else {"NULL": True},
        "request_id": {"S": request.request_id},
    }


def _key(request: Request, config_name: str) -> dict[str, "AttributeValueTypeDef"]:
    return {"tenant": {"S": request.tenant}, "config_name": {"S": config_name}}


def _table() -> str:
    return os.environ["TABLE_NAME"]


def canonical(value: Any) -> str:
    """The one JSON text of a value, so that equal values are equal strings."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
