"""Too many requests: the gateway refuses them itself, as a problem."""

from collections.abc import Iterator

import pytest

from tests.e2e.client import Client
from tests.e2e.target import LocalStack
from tools.local import deployment

NAME = "grace_period"
METHOD = "/~1config~1sales_order~1grace_period/GET"
CALLS = 3


@pytest.fixture
def _at_most_one_call_an_hour(stack: LocalStack) -> Iterator[None]:
    gateway = deployment.session().client("apigateway", endpoint_url=stack.emulator_url)
    stage = {
        "restApiId": deployment.outputs(stack.emulator_url)["ApiId"],
        "stageName": "v0",
    }
    limits = {"burstLimit": "1", "rateLimit": str(1 / 3600)}
    gateway.update_stage(
        **stage,
        patchOperations=[
            {"op": "replace", "path": f"{METHOD}/throttling/{name}", "value": value}
            for name, value in limits.items()
        ],
    )
    yield
    gateway.update_stage(**stage, patchOperations=[{"op": "remove", "path": METHOD}])


@pytest.mark.usefixtures("_at_most_one_call_an_hour")
def test_too_many_requests_are_429_and_may_be_repeated(api: Client) -> None:
    refused = [api.get(NAME) for _ in range(CALLS)][-1]

    assert (refused.status, refused.json["error_code"]) == (429, "too_many_requests")
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.headers["Retry-After"] == "1"
    assert refused.json["request_id"] == refused.headers["X-Request-Id"]
    assert api.put(NAME, 1).status == 200
