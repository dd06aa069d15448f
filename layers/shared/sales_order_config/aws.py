"""Clients of AWS services, with bounded time, and their faults as problems."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import botocore.session
from botocore import exceptions
from botocore.config import Config

from sales_order_config.problem import Problem
from sales_order_config.request import Request

# A silent service costs two attempts of connect + read, and less than 0.2 s between them.
CONFIG = Config(
    connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 2, "mode": "standard"}
)
# Below this a call is not begun: Lambda would end it half-way.
SECONDS_FOR_A_CALL = 6.5

FIRST_5XX = 500
THROTTLED = frozenset(
    {
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException",
    }
)


@cache
def client(service: str) -> Any:
    """The one client of a service; region and endpoint come from the environment."""
    made = botocore.session.get_session().create_client(service, config=CONFIG)
    made.meta.events.register_first(f"needs-retry.{service}", _wait_as_usual)
    return made


def _wait_as_usual(response: tuple[Any, Any] | None, **_: Any) -> None:
    """Before botocore decides: a service may ask for a wait of 5 s, longer than a call has."""
    if response is not None:
        response[0].headers.pop("x-amz-retry-after", None)


@contextmanager
def calling(request: Request) -> Iterator[None]:
    """Around one call of a client.

    Raises Problem (service_unavailable) when too little time is left to begin it, or when the
    service is throttled, down or silent; whether a write took place is then not known.
    """
    if request.seconds_left <= SECONDS_FOR_A_CALL:
        raise Problem("service_unavailable")
    try:
        yield
    except (exceptions.ConnectionError, exceptions.HTTPClientError) as error:
        raise Problem("service_unavailable") from error
    except exceptions.ClientError as error:
        failed = error.response["ResponseMetadata"]["HTTPStatusCode"] >= FIRST_5XX
        if failed or error.response["Error"]["Code"] in THROTTLED:
            raise Problem("service_unavailable") from error
        raise
