from typing import Any

import pytest

from sales_order_config.documents.cancelable_locations import CancelableLocations
from tests.unit.shared.documents.judge import place, taken


@pytest.mark.parametrize("locations", [["store"], ["dc"], ["store", "dc"], ["dc", "store"]])
def test_locations_keep_their_order(locations: list[str]) -> None:
    assert taken(CancelableLocations, locations) == locations


@pytest.mark.parametrize(
    ("locations", "folded"),
    [
        (["store", "store"], ["store"]),
        (["dc", "store", "dc"], ["dc", "store"]),
        (["store", "dc"] * 5_000, ["store", "dc"]),
    ],
)
def test_duplicates_are_folded_where_the_first_one_stood(
    locations: list[str], folded: list[str]
) -> None:
    assert taken(CancelableLocations, locations) == folded


@pytest.mark.parametrize("wrong", ["Store", "STORE", "store ", "", "warehouse", None, 1, ["dc"]])
def test_a_location_is_a_store_or_a_dc(wrong: Any) -> None:
    assert place(CancelableLocations, ["store", wrong]) == "value.1"


@pytest.mark.parametrize("value", [[], "store", None, {"store": True}, {}, 1, True])
def test_the_value_is_a_list_that_is_not_empty(value: Any) -> None:
    assert place(CancelableLocations, value) == "value"
