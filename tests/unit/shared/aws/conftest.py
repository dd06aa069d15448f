"""The store and the cipher against a fake AWS, and what they are called with."""

from collections.abc import Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any

import botocore.endpoint
import botocore.session
import pytest

from sales_order_config import aws
from sales_order_config.request import Request
from tests.conftest import REGION
from tests.unit.shared.aws import fake_aws
from tests.unit.shared.aws.fake_aws import FakeAws

LONG_AGO = "2021-07-13T20:18:25Z"

type Item = dict[str, Any]


class Context:
    """Lambda's; seconds_left are told one after the other, the last one for ever."""

    def __init__(self, *seconds_left: float) -> None:
        self._left = list(seconds_left)

    def get_remaining_time_in_millis(self) -> int:
        left = self._left.pop(0) if len(self._left) > 1 else self._left[0]
        return int(left * 1000)


def request(
    tenant: str = "acme",
    *,
    scope: str = "newstore:configuration:write",
    seconds_left: tuple[float, ...] = (12,),
) -> Request:
    """A call of client erp."""
    return Request(
        tenant=tenant,
        client_id="erp",
        scopes=frozenset(scope.split(" ")),
        request_id="r-1",
        event={},
        context=Context(*seconds_left),
    )


# One that all clients are made of: loading the services' models is what takes time.
session = cache(botocore.session.get_session)


@cache
def _past_the_fake() -> Any:
    """A client whose calls are neither counted nor faulty."""
    return session().create_client(
        "dynamodb", region_name=REGION, endpoint_url=f"https://dynamodb.{REGION}.amazonaws.com"
    )


class Items:
    """What the table holds, in DynamoDB's own JSON."""

    def all(self) -> list[Item]:
        found: list[Item] = _past_the_fake().scan(TableName="config")["Items"]
        return found

    def put(self, config_name: str, value: str, *, tenant: str = "acme", **more: Any) -> Item:
        """Store a document of long ago by another client, and whatever else is given."""
        item = {
            "tenant": {"S": tenant},
            "config_name": {"S": config_name},
            "value": {"S": value},
            "version": {"N": "1"},
            "updated_at": {"S": LONG_AGO},
            "updated_by": {"S": "shop"},
            "request_id": {"S": "r-0"},
            **more,
        }
        _past_the_fake().put_item(TableName="config", Item=item)
        return item


@pytest.fixture
def items(table: Any) -> Items:  # noqa: ARG001 - it is emptied
    return Items()


@pytest.fixture
def fake(table: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeAws]:  # noqa: ARG001 - moto
    """The AWS that the clients find."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with fake_aws.running() as fake:
        monkeypatch.setenv("AWS_ENDPOINT_URL", fake.url)
        monkeypatch.setattr(botocore.session, "get_session", session)
        aws.client.cache_clear()
        yield fake
        aws.client.cache_clear()


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that botocore would have waited before its retries."""
    waited: list[float] = []
    monkeypatch.setattr(botocore.endpoint, "time", SimpleNamespace(sleep=waited.append))
    return waited
