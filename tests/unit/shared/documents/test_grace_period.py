import json
from typing import Any

import pytest

from sales_order_config.documents.grace_period import GracePeriod
from tests.unit.shared.bodies import read
from tests.unit.shared.documents.judge import fault, place, taken


@pytest.mark.parametrize("seconds", [0, 1, 20, 2_147_483_647])
def test_a_grace_period_is_whole_seconds(seconds: int) -> None:
    assert taken(GracePeriod, seconds) == seconds


@pytest.mark.parametrize("seconds", [-1, 2_147_483_648, -(10**4000), 10**4000])
def test_a_grace_period_outside_its_bounds_is_refused(seconds: int) -> None:
    assert fault(GracePeriod, seconds).startswith("value: Input should be ")


@pytest.mark.parametrize(
    "written", ["20.0", "20.5", "1e2", "0.0", "-0.0", '"20"', "true", "false", "null", "[20]", "{}"]
)
def test_nothing_is_made_an_integer(written: str) -> None:
    assert place(GracePeriod, read(written.encode())) == "value"


def test_minus_nothing_is_nothing() -> None:
    seconds: Any = taken(GracePeriod, read(b"-0"))
    assert json.dumps(seconds) == "0"
