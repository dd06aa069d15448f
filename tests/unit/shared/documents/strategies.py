"""Per document: any value that is valid, and any with exactly one fault, made with hypothesis.

Written from the design, not from the models, so that the two judge each other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.unit.shared.documents.urls import faulty_urls, urls
from tests.unit.shared.json_values import json_values, texts

type Value = st.SearchStrategy[Any]
type Fault = tuple[Any, str]  # a value, and the place of its one fault

REQUIRED = object()
PREFIX_CHARACTERS = "ABCXYZabcxyz0189-_."
VISIBLE = "".join(map(chr, range(0x21, 0x7F)))
GREATEST_INT32 = 2**31 - 1
GREATEST_EXACT = 2**53 - 1


@dataclass(frozen=True)
class Spec:
    """effective: a valid value as sent -> with its defaults filled in."""

    valid: Value
    faulty: st.SearchStrategy[Fault]
    effective: Callable[[Any], Any] = lambda value: value


@dataclass(frozen=True)
class Member:
    valid: Value
    faulty: Value
    default: Any = REQUIRED


def of_another_type(*types: type) -> Value:
    """Any JSON value but of these types; True is no int."""
    return json_values.filter(lambda value: type(value) not in types)


def integer(low: int, high: int, default: Any = REQUIRED) -> Member:
    faulty = (
        st.integers(max_value=low - 1)
        | st.integers(min_value=high + 1)
        | st.integers(low, high).map(str)
        | st.integers(low, high).map(float)
        | of_another_type(int)
    )
    return Member(st.integers(low, high), faulty, default)


def shown(name: str) -> str:
    return name if len(name) <= 64 else f"{name[:64]}…"


def object_of(members: Mapping[str, Member], valid: Value | None = None) -> Spec:
    """An object of these members. valid: when not any combination of valid members is."""
    required = {name: m.valid for name, m in members.items() if m.default is REQUIRED}
    optional = {name: m.valid for name, m in members.items() if m.default is not REQUIRED}
    defaults = {name: members[name].default for name in optional}
    sound = valid if valid is not None else st.fixed_dictionaries(required, optional=optional)

    def with_faulty(name: str) -> st.SearchStrategy[Fault]:
        faulty = members[name].faulty
        return st.builds(lambda value, x: (value | {name: x}, f"value.{name}"), sound, faulty)

    def without(name: str) -> st.SearchStrategy[Fault]:
        return sound.map(lambda value: ({n: value[n] for n in value if n != name}, f"value.{name}"))

    unknown = st.builds(
        lambda value, name, x: (value | {name: x}, f"value.{shown(name)}"),
        sound,
        texts.filter(lambda name: name not in members),
        json_values,
    )
    no_object = of_another_type(dict).map(lambda value: (value, "value"))
    return Spec(
        valid=sound,
        faulty=st.one_of(no_object, unknown, *map(with_faulty, members), *map(without, required)),
        effective=lambda value: defaults | value,
    )


SEQUENCE_MEMBERS = {
    "prefix": Member(
        st.text(PREFIX_CHARACTERS, max_size=32),
        st.text(PREFIX_CHARACTERS, min_size=33)
        | texts.filter(lambda text: not set(text) <= set(VISIBLE))
        | st.text(PREFIX_CHARACTERS, max_size=31).map(lambda text: f"{text}\n")
        | of_another_type(str),
        default="",
    ),
    "start": integer(1, GREATEST_EXACT, default=1),
    "step": integer(1, GREATEST_EXACT, default=1),
    "size": integer(1, 64, default=10),
}


def needed(value: Mapping[str, Any]) -> int:
    """The first identifier's length before it is padded."""
    return len(value.get("prefix", "")) + len(str(value.get("start", 1)))


@st.composite
def sequences(draw: st.DrawFn) -> dict[str, Any]:
    members = {name: SEQUENCE_MEMBERS[name].valid for name in ("prefix", "start", "step")}
    value: dict[str, Any] = draw(st.fixed_dictionaries({}, optional=members))
    if needed(value) > SEQUENCE_MEMBERS["size"].default or draw(st.booleans()):
        value["size"] = draw(st.integers(needed(value), 64))
    return value


@st.composite
def sequences_that_do_not_fit(draw: st.DrawFn) -> Fault:
    value = draw(sequences().filter(lambda value: needed(value) > 1))
    return value | {"size": draw(st.integers(1, needed(value) - 1))}, "value.size"


def _sequence() -> Spec:
    spec = object_of(SEQUENCE_MEMBERS, sequences())
    return Spec(spec.valid, spec.faulty | sequences_that_do_not_fit(), spec.effective)


def _locations() -> Spec:
    valid = st.lists(st.sampled_from(["store", "dc"]), min_size=1)
    wrong = json_values.filter(lambda value: value not in ("store", "dc"))
    with_a_wrong_item = st.builds(
        lambda before, item, after: ([*before, item, *after], f"value.{len(before)}"),
        st.lists(st.sampled_from(["store", "dc"])),
        wrong,
        st.lists(st.sampled_from(["store", "dc"])),
    )
    no_list: st.SearchStrategy[Fault] = (of_another_type(list) | st.just([])).map(
        lambda value: (value, "value")
    )
    return Spec(valid, no_list | with_a_wrong_item, lambda value: list(dict.fromkeys(value)))


def _grace_period() -> Spec:
    seconds = integer(0, GREATEST_INT32)
    return Spec(seconds.valid, seconds.faulty.map(lambda value: (value, "value")))


# The mask's eight asterisks at the beginning of a key mean another thing.
_keys = st.text(VISIBLE, min_size=1, max_size=1024).filter(lambda key: key[:8] != "*" * 8)
_faulty_keys = (
    st.just("")
    | st.text(VISIBLE, min_size=1025, max_size=1100)
    | texts.filter(lambda text: not set(text) <= set(VISIBLE))
    | _keys.map(lambda key: f"{key[:1023]}\n")
    | of_another_type(str)
)

SPECS: Mapping[str, Spec] = {
    "external_oms": object_of({"enabled": Member(st.booleans(), of_another_type(bool))}),
    "order_id_sequence": _sequence(),
    "grace_period": _grace_period(),
    "cancelable_locations": _locations(),
    "big_sales_order": object_of({"soft_limit_for_big_orders": integer(1, GREATEST_INT32)}),
    "external_order_webhook": object_of(
        {
            "url": Member(urls, faulty_urls | of_another_type(str)),
            "api_key": Member(_keys, _faulty_keys),
            "timeout": integer(1, 25, default=15),
        }
    ),
}
