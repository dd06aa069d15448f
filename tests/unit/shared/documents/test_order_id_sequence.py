from typing import Any

import pytest

from sales_order_config.documents.order_id_sequence import OrderIdSequence
from tests.unit.shared.calls import problem_of
from tests.unit.shared.documents.judge import fault, place, taken

DEFAULTS = {"prefix": "", "size": 10, "start": 1, "step": 1}
EVERY_CHARACTER = "AZaz09-_."
GREATEST = 9_007_199_254_740_991


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"prefix": "NS", "size": 16, "start": 1, "step": 2},
        {"prefix": EVERY_CHARACTER, "size": 10},
        {"prefix": "x" * 32, "size": 33},
        {"prefix": "x" * 9},
        {"start": GREATEST, "step": GREATEST, "size": 16},
        {"size": 1},
        {"size": 64},
    ],
)
def test_what_is_left_out_is_filled_in(value: dict[str, Any]) -> None:
    assert taken(OrderIdSequence, value) == DEFAULTS | value


@pytest.mark.parametrize(
    "prefix", ["x" * 33, "N S", "NS\n", "ä", "N/S", "N#", "\t", "\U0001d7d9", 1, None, ["NS"]]
)
def test_a_prefix_is_at_most_32_plain_characters(prefix: Any) -> None:
    assert place(OrderIdSequence, {"prefix": prefix, "size": 64}) == "value.prefix"


@pytest.mark.parametrize("name", ["start", "step"])
@pytest.mark.parametrize("number", [0, -1, GREATEST + 1, 10**400, 1.0, "1", True, None])
def test_start_and_step_are_positive_integers_that_every_client_reads_exactly(
    name: str, number: Any
) -> None:
    assert place(OrderIdSequence, {name: number, "size": 64}) == f"value.{name}"


@pytest.mark.parametrize("size", [0, -1, 65, 10**400, 10.0, "10", True, None])
def test_a_size_is_1_to_64(size: Any) -> None:
    assert place(OrderIdSequence, {"size": size}) == "value.size"


@pytest.mark.parametrize(
    ("value", "needed", "size"),
    [
        ({"prefix": "NS", "size": 2}, 3, 2),
        ({"prefix": "NS", "start": 100, "size": 4}, 5, 4),
        ({"start": 10, "size": 1}, 2, 1),
        ({"prefix": "x" * 10}, 11, 10),
        ({"start": GREATEST}, 16, 10),
        ({"prefix": "x" * 32, "start": GREATEST, "size": 47}, 48, 47),
    ],
)
def test_the_first_identifier_must_fit_and_the_size_is_to_blame(
    value: dict[str, Any], needed: int, size: int
) -> None:
    assert fault(OrderIdSequence, value) == (
        f"value.size: The first identifier needs {needed} characters, more than the size of {size}"
    )
    assert taken(OrderIdSequence, value | {"size": needed})["size"] == needed


def test_only_the_first_identifier_must_fit() -> None:
    assert taken(OrderIdSequence, {"size": 1, "start": 9, "step": GREATEST})["size"] == 1


def test_a_wrong_prefix_or_start_is_not_a_fault_of_the_size_too() -> None:
    assert place(OrderIdSequence, {"prefix": "x" * 33, "size": 1}) == "value.prefix"
    assert place(OrderIdSequence, {"start": 0, "size": 1}) == "value.start"


def test_every_fault_is_named() -> None:
    value = {"size": 0, "prefix": "?", "start": 0, "step": 0, "end": 9}
    messages = problem_of(lambda: OrderIdSequence.parse({"value": value})).messages
    places = {message.partition(": ")[0] for message in messages}
    assert places == {f"value.{name}" for name in value}
    assert len(messages) == 5


@pytest.mark.parametrize("value", ["NS", None, [], 1])
def test_the_value_is_an_object(value: Any) -> None:
    assert place(OrderIdSequence, value) == "value"
