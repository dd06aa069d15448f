"""The end-to-end tests' fixtures."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.e2e.client import Client
from tests.e2e.target import (
    ALL_SCOPES,
    SMOKE,
    LocalStack,
    Target,
    deployed_target,
    local_target,
)


@pytest.fixture(scope="session")
def target() -> Iterator[Target]:
    if SMOKE:
        yield deployed_target()
        return
    stack = LocalStack()
    stack.start()
    yield local_target(stack)
    stack.stop()


@pytest.fixture(autouse=True)
def _smoke_runs_only_what_is_marked(request: pytest.FixtureRequest) -> None:
    if SMOKE and request.node.get_closest_marker("smoke") is None:
        pytest.skip("needs more than one tenant of a deployed stack")


@pytest.fixture
def stack(target: Target) -> LocalStack:
    """The local stack, for tests that look behind the API."""
    assert target.local is not None
    return target.local


@pytest.fixture
def tenant(target: Target) -> str:
    """A tenant that has set nothing; on a deployed stack the one that was given."""
    return target.new_tenant()


@pytest.fixture
def api(target: Target, tenant: str) -> Client:
    """The tenant's client, with all scopes."""
    return Client(target.base_url, target.token(tenant, ALL_SCOPES))


@pytest.fixture
def scoped(target: Target, tenant: str) -> Callable[[str], Client]:
    """The tenant's client with these scopes only."""
    return lambda scope: Client(target.base_url, target.token(tenant, scope))


@pytest.fixture
def put_back(api: Client) -> Iterator[Callable[[str], Any]]:
    """Notes a document's value before it is changed, and sets it again at the end.

    On a deployed stack it skips the test where that can't be done: a document that was never set
    can't be unset, nor a sequence changed. ALLOW_PERMANENT=1 runs it all the same.
    """
    noted: dict[str, Any] = {}

    def note(config_name: str) -> None:
        answer = api.get(config_name)
        if (
            answer.status == 200
            and answer.json["updated_at"]
            and config_name != "order_id_sequence"
        ):
            noted[config_name] = answer.json["value"]
        elif SMOKE and os.environ.get("ALLOW_PERMANENT") != "1":
            pytest.skip(f"{config_name} can't be put back; ALLOW_PERMANENT=1 sets it for good")

    yield note
    for config_name, value in noted.items():
        assert api.put(config_name, value).status == 200, f"{config_name} is not put back"
