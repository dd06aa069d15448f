from typing import Any

import pytest

from sales_order_config.documents.external_oms import ExternalOms
from tests.unit.shared.documents.judge import place, taken


@pytest.mark.parametrize("enabled", [True, False])
def test_an_external_oms_is_enabled_or_not(*, enabled: bool) -> None:
    assert taken(ExternalOms, {"enabled": enabled}) == {"enabled": enabled}


@pytest.mark.parametrize("enabled", [None, 0, 1, "true", "", [], {}, 1.0])
def test_enabled_is_true_or_false_and_nothing_like_it(enabled: Any) -> None:
    assert place(ExternalOms, {"enabled": enabled}) == "value.enabled"


def test_enabled_must_be_there() -> None:
    assert place(ExternalOms, {}) == "value.enabled"


@pytest.mark.parametrize("name", ["Enabled", "enabled ", "primary", "value"])
def test_nothing_else_may_be_there(name: str) -> None:
    assert place(ExternalOms, {"enabled": True, name: True}) == f"value.{name}"


@pytest.mark.parametrize("value", [True, None, "enabled", [], [{"enabled": True}], 1])
def test_the_value_is_an_object(value: Any) -> None:
    assert place(ExternalOms, value) == "value"
