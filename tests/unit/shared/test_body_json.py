"""The strict body of a write: JSON without surprises."""

import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sales_order_config.problem import Problem
from tests.unit.shared.bodies import faults, read
from tests.unit.shared.json_values import json_values

DEEPEST = 32


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"{", "Expecting property name enclosed in double quotes (line 1, column 2)"),
        (b'{"value": 1', "Expecting ',' delimiter (line 1, column 12)"),
        (b'{"value": 1,}', "Illegal trailing comma before end of object (line 1, column 12)"),
        (b'{"value": 1} x', "Extra data (line 1, column 14)"),
        (b'{"value": 1}\n\n{}', "Extra data (line 3, column 1)"),
        (b"{'value': 1}", "Expecting property name enclosed in double quotes (line 1, column 2)"),
        (b'{"value": 01}', "Expecting ',' delimiter (line 1, column 12)"),
        (b'{"value": +1}', "Expecting value (line 1, column 11)"),
        (b'{"value": .5}', "Expecting value (line 1, column 11)"),
        (b'{"value": 0x1}', "Expecting ',' delimiter (line 1, column 12)"),
        (b'{"value": "\n"}', "Invalid control character at (line 1, column 12)"),
        (b'{"value": "\x00"}', "Invalid control character at (line 1, column 12)"),
        (b'{"value": "\\x"}', "Invalid \\escape (line 1, column 12)"),
        (b"value=1", "Expecting value (line 1, column 1)"),
        (b" ", "Expecting value (line 1, column 2)"),
        (b"/**/ 1", "Expecting value (line 1, column 1)"),
    ],
)
def test_what_is_no_json_is_named_by_line_and_column(body: bytes, fault: str) -> None:
    (found,) = faults(body)
    assert found == f"body: is not valid JSON: {fault}"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"a": 1, "b": 1, "a": 1}', ["a: stands more than once"]),
        ('{"a": 1, "a": 2, "a": 3}', ["a: stands more than once"]),
        ('{"a": 1, "b": 1, "b": 1, "a": 1}', [f"{name}: stands more than once" for name in "ab"]),
        ('{"a": 1, "\\u0061": 1}', ["a: stands more than once"]),
        ('{"value": {"a": 1, "a": 1}}', ["value.a: stands more than once"]),
        ('{"v": [{}, {"a": {"b": 1, "b": 1}}]}', ["v.1.a.b: stands more than once"]),
        ('[{"a": 1, "a": 1}]', ["0.a: stands more than once"]),
        ('{"schema": {"a": 1, "a": 1}}', ["schema.a: stands more than once"]),
        (f'{{"{"x" * 65}": 1, "{"x" * 65}": 1}}', [f"{'x' * 64}…: stands more than once"]),
        ('{"value": "\\u0000"}', ["value: holds a NUL character"]),
        ('{"value": ["", "a\\u0000b"]}', ["value.1: holds a NUL character"]),
        ('{"value": "\\ud800"}', ["value: holds a lone surrogate"]),
        ('{"value": "\\udc00x"}', ["value: holds a lone surrogate"]),
        ('{"value": "\\ude00\\ud83d"}', ["value: holds a lone surrogate"]),
        ('"\\ud800"', ["body: holds a lone surrogate"]),
        ('{"v": {"\\ud800": 1}}', ["v.?: its name holds a lone surrogate"]),
        ('{"a\\u0000b": 1}', ["a\x00b: its name holds a NUL character"]),
        ('{"value": NaN}', ["value: must be a finite number"]),
        ('{"value": Infinity}', ["value: must be a finite number"]),
        ('{"value": [-Infinity]}', ["value.0: must be a finite number"]),
        ('{"value": 1e999}', ["value: must be a finite number"]),
        ("NaN", ["body: must be a finite number"]),
        (
            '{"a": NaN, "b": {"c": "\\u0000", "c": "\\ud800"}, "d": [Infinity]}',
            [
                "a: must be a finite number",
                "b.c: stands more than once",
                "b.c: holds a lone surrogate",
                "d.0: must be a finite number",
            ],
        ),
    ],
)
def test_what_no_two_readers_agree_on_is_refused_by_its_place(
    body: str, expected: list[str]
) -> None:
    assert faults(body.encode()) == expected


def test_of_many_faults_100_are_listed() -> None:
    listed = faults(b'{"value": [' + b"NaN," * 150 + b"0]}")
    assert listed[:2] == ["value.0: must be a finite number", "value.1: must be a finite number"]
    assert listed[100:] == ["50 more faults are not shown"]


@pytest.mark.parametrize("opened", [b"[", b'{"a":', b'{"a":[', b'{"value": [', b'[{"a":'])
@pytest.mark.parametrize("depth", [1_000, 20_000, 60_000])
def test_what_is_nested_beyond_measure_is_a_fault_and_no_crash(opened: bytes, depth: int) -> None:
    (fault,) = faults(opened * (depth // len(opened)))
    assert fault.startswith("body: is n")
    closed = opened[::-1].translate(bytes.maketrans(b"[{", b"]}"), delete=b'"a: value')
    times = depth // len(opened + closed)
    assert faults(opened * times + b"1" + closed * times) == ["body: is nested too deeply"]


def test_32_levels_are_read_and_no_more() -> None:
    deep = b'{"schema":' * DEEPEST + b"1" + b"}" * DEEPEST
    assert read(deep) == json.loads(deep)
    assert faults(b"[" + deep + b"]") == ["body: is nested too deeply"]


@pytest.mark.parametrize(
    ("opened", "closed"),
    [(b"[", b"]"), (b'{"' + b"a" * 64 + b'":', b"}"), (b'{"' + b'\\"' * 64 + b'":', b"}")],
)
@pytest.mark.parametrize("depth", [DEEPEST - 2, 400])
@pytest.mark.parametrize("item", [b"1", b"NaN"])
def test_the_places_of_a_body_full_of_faults_take_no_room(
    opened: bytes, closed: bytes, depth: int, item: bytes
) -> None:
    """Lambda has 512 MB, and takes an answer of 6 MB."""
    room = 65_000 - depth * len(opened + closed)
    body = opened * depth + b"[" + (item + b",") * (room // (len(item) + 1)) + item + b"]"
    tracemalloc.start()
    try:
        outcome = [read(body + closed * depth)]
    except Problem as problem:
        outcome = problem.messages
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 64_000_000
    assert len(json.dumps(outcome)) < 200_000


@pytest.mark.parametrize("sign", [b"", b"-"])
@pytest.mark.parametrize("digits", [4_301, 60_000])
def test_a_number_of_thousands_of_digits_is_a_fault_and_no_crash(sign: bytes, digits: int) -> None:
    expected = ["body: holds a number with too many digits"]
    assert faults(b'{"value": ' + sign + b"9" * digits + b"}") == expected


def test_a_fraction_of_thousands_of_digits_is_a_number_like_any_other() -> None:
    assert read(b"0." + b"1" * 60_000) == pytest.approx(1 / 9)
    assert faults(b"1" * 60_000 + b".0") == ["body: must be a finite number"]


@pytest.mark.parametrize(
    ("body", "expected"), [(b"20", int), (b"-0", int), (b"20.0", float), (b"1e2", float)]
)
def test_a_number_keeps_its_kind(body: bytes, expected: type) -> None:
    assert type(read(body)) is expected


@given(value=json_values, escaped=st.booleans())
def test_any_json_value_is_read_unchanged(value: Any, *, escaped: bool) -> None:
    text = json.dumps(value, ensure_ascii=escaped)
    assert read(text.encode()) == value


@given(body=st.binary() | st.text('{}[]",:0123456789.eE-+\\ud8c0 atrlsfn').map(str.encode))
@example(body=b"[" * 1000)
@example(body=b"[" * 1000 + b"]" * 1000)
def test_any_bytes_are_a_value_or_faults_with_their_places(body: bytes) -> None:
    try:
        value = read(body)
    except Problem as refused:
        problem = refused
    else:
        assert value == json.loads(body)
        return
    assert problem.code == "bad_request"
    assert all(": " in message for message in problem.messages)
