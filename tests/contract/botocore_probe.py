"""What the botocore on the path does, as JSON; test_pruned_botocore.py runs it.

Nothing is sent: requests are noted and answered where the network would begin.
"""

import json
from typing import Any

import botocore
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session
from moto.core.botocore_stubber import MockRawResponse

from sales_order_config import aws

KEY = {"tenant": {"S": "acme"}, "config_name": {"S": "grace_period"}}
CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "dynamodb": ("GetItem", {"TableName": "config", "Key": KEY}),
    "kms": ("Encrypt", {"KeyId": "a-key", "Plaintext": b"a secret"}),
}
# FIPS, dual stack, account id.
VARIANTS = {
    "plain": (False, False, None),
    "fips": (True, False, None),
    "dualstack": (False, True, None),
    "fips dualstack": (True, True, None),
    "account": (False, False, "123456789012"),
}
LATER_REGION = "eu-west-99"  # in no list yet: its partition is told by its pattern
WRITE = {
    "TransactItems": [
        {"Put": {"TableName": "config", "Item": KEY, "ConditionExpression": "attribute_exists(v)"}}
    ],
    "ClientRequestToken": "one-logical-write",
}
CANCELED = {
    "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
    "CancellationReasons": [{"Code": "ConditionalCheckFailed", "Item": KEY}, {"Code": "None"}],
}


class Wire:
    """Answers every request of a client alike, and notes it."""

    def __init__(self, client: Any, status: int, body: dict[str, Any]) -> None:
        self.requests: list[Any] = []
        self._answer = (status, json.dumps(body))
        client.meta.events.register("before-send", self.answer)

    def answer(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        self.requests.append(request)
        status, body = self._answer
        raw: Any = MockRawResponse(body)
        return AWSResponse(request.url, status, HTTPHeaders(), raw)


def client(session: Session, service: str, region: str, variant: str = "plain") -> Any:
    """One of the functions' clients."""
    fips, dualstack, account = VARIANTS[variant]
    wanted = Config(use_fips_endpoint=fips, use_dualstack_endpoint=dualstack)
    return session.create_client(
        service,
        region,
        config=aws.CONFIG.merge(wanted),
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        aws_account_id=account,
    )


def address(session: Session, service: str, region: str, variant: str) -> list[str]:
    """Where a call goes and for what it is signed, or why it can't be made."""
    operation, parameters = CALLS[service]
    try:
        caller = client(session, service, region, variant)
        wire = Wire(caller, 200, {})
        caller._make_api_call(operation, parameters)
    except BotoCoreError as error:
        return [type(error).__name__, str(error)]
    (request,) = wire.requests
    scope = request.headers["Authorization"].decode().split("/")[2:4]
    return [request.url, *scope]


def transaction(session: Session, status: int, body: dict[str, Any]) -> dict[str, Any]:
    """How a TransactWriteItems with this answer ends."""
    caller = client(session, "dynamodb", "eu-central-1")
    wire = Wire(caller, status, body)
    try:
        caller.transact_write_items(**WRITE)
    except ClientError as error:
        ended = {"error": type(error).__name__, "response": error.response}
    else:
        ended = {}
    return ended | {"bodies": [json.loads(request.body or "") for request in wire.requests]}


def main() -> None:
    session = Session()
    regions = [
        region
        for partition in session.get_available_partitions()
        for region in session.get_available_regions("kms", partition)
    ]
    addresses = {
        f"{service} {region} {variant}": address(session, service, region, variant)
        for service in CALLS
        for region in [*regions, LATER_REGION]
        for variant in VARIANTS
    }
    report = {
        "botocore": botocore.__file__,
        "addresses": addresses,
        "canceled": transaction(session, 400, CANCELED),
        "failed": transaction(session, 500, {"__type": "InternalServerError"}),
        "written": transaction(session, 200, {}),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
