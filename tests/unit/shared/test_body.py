"""The strict body of a write: its size, its media type and its encoding."""

import json

import pytest

from sales_order_config.body import read_json
from tests.unit.shared.bodies import Body, faults, read, refusal
from tests.unit.shared.calls import problem_of, request_event, request_of


def as_text_and_bytes(body: str) -> list[str | bytes]:
    return [body, body.encode()]


# Size


@pytest.mark.parametrize("character", ["x", "ü", "€", "😀"])
def test_a_body_may_have_65536_bytes_whatever_its_characters(character: str) -> None:
    size = len(character.encode())
    spare = 65_536 - 2
    text = f'"{character * (spare // size)}{"x" * (spare % size)}"'
    for body in as_text_and_bytes(text):
        assert read(body) == text.strip('"')
    for body in as_text_and_bytes(text + " "):
        assert refusal(body).code == "payload_too_large"


def test_a_body_of_fewer_characters_than_bytes_is_measured_in_bytes() -> None:
    text = f'"{"😀" * 16_384}"'
    assert len(text) < 65_536
    for body in as_text_and_bytes(text):
        assert refusal(body).message == "The body is larger than 65536 bytes."


def test_the_size_is_judged_before_the_media_type_and_that_before_the_body() -> None:
    plain = {"Content-Type": ["text/plain"]}
    assert refusal(b"\xff" * 65_537, plain).code == "payload_too_large"
    assert refusal(b"\xff" * 65_536, plain).code == "unsupported_media_type"
    assert refusal(b"\xff" * 65_536).code == "bad_request"


# Media type


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "APPLICATION/JSON",
        "Application/Json",
        " application/json ",
        "application/json;",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        'application/json; charset="utf-8"',
        "application/json ; Charset=Utf-8",
        "application/json; profile=x; charset=utf-8",
        "application/json; version=1",
        'application/json; x="; charset=latin-1"',
    ],
)
def test_json_in_utf8_is_read(content_type: str) -> None:
    assert read(b'{"value": 1}', {"Content-Type": [content_type]}) == {"value": 1}


@pytest.mark.parametrize("name", ["content-type", "CONTENT-TYPE"])
def test_the_headers_name_is_read_in_any_case(name: str) -> None:
    event = request_event(body=b"1")
    event["multiValueHeaders"] = {name: ["application/json"], "content-ENCODING": ["identity"]}
    assert read_json(request_of(event)) == 1


@pytest.mark.parametrize(
    "content_types",
    [
        [],
        [""],
        ["json"],
        ["text/json"],
        ["text/plain"],
        ["application/json-patch+json"],
        ["application/problem+json"],
        ["application/jsonx"],
        ["application/json/x"],
        ["application/*"],
        ["*/*"],
        ["application/x-www-form-urlencoded"],
        ["multipart/form-data; boundary=application/json"],
        ["application/json, text/plain"],
        ["text/plain; x=application/json"],
        ["application/json", "application/json"],
        ["application/json; charset=utf8"],
        ["application/json; charset=utf-16"],
        ["application/json; charset=latin-1"],
        ["application/json; charset="],
        ["application/json; charset"],
        ["application/json; CHARSET=latin-1"],
        ["application/json; charset=utf-8; charset=latin-1"],
        ["application/json; charset*=latin-1''x"],
        ["application/json; charset=ütf-8"],
        # Continuations (RFC 2231) that make no sense.
        ["application/json; x*=a; x*0=b"],
        [f"application/json; x*{'9' * 5000}=a"],
    ],
)
def test_any_other_media_type_is_refused(content_types: list[str]) -> None:
    for body in (b'{"value": 1}', '{"value": 1}'):
        problem = refusal(body, {"Content-Type": content_types})
        assert problem.code == "unsupported_media_type"
        assert problem.message.startswith("Content-Type: ")


@pytest.mark.parametrize("codings", [["identity"], ["IDENTITY"], [" identity "], []])
def test_a_body_without_a_content_coding_is_read(codings: list[str]) -> None:
    assert read(b"1", {"Content-Encoding": codings}) == 1


@pytest.mark.parametrize(
    "codings",
    [["gzip"], ["br"], ["deflate"], ["identity, gzip"], ["identity", "gzip"], ["x"], [""]],
)
def test_any_content_coding_is_refused(codings: list[str]) -> None:
    problem = refusal(b"1", {"Content-Encoding": codings})
    assert problem.code == "unsupported_media_type"
    assert problem.message.startswith("Content-Encoding: ")


# UTF-8


@pytest.mark.parametrize(
    "text", ['{"value": "ü€😀"}', '{"ü": 1}', '{"value": "\\u00fc\\ud83d\\ude00"}']
)
def test_text_and_bytes_are_read_alike(text: str) -> None:
    for body in as_text_and_bytes(text):
        assert read(body) == json.loads(text)


@pytest.mark.parametrize(
    "raw",
    [
        b'{"value": "\xff"}',
        b'{"value": "\xc3"}',
        b'{"value": "\xc0\xaf"}',
        b'{"value": "\xed\xa0\x80"}',
        b'{"value": "\xf5\x80\x80\x80"}',
        b'{"value": 1}\x80',
        '{"value": "ü"}'.encode("latin-1"),
    ],
)
def test_bytes_that_are_no_utf8_are_refused(raw: bytes) -> None:
    assert faults(raw) == ["body: is not valid UTF-8"]


def test_a_text_body_with_the_sign_of_broken_bytes_is_refused() -> None:
    assert faults('{"value": "\ufffd"}') == ["body: is not valid UTF-8"]


def test_the_replacement_character_itself_is_a_character_like_any_other() -> None:
    assert read('{"value": "\ufffd"}'.encode()) == {"value": "\ufffd"}


def test_a_byte_order_mark_is_refused() -> None:
    for body in as_text_and_bytes('\ufeff{"value": 1}'):
        assert faults(body) == ["body: begins with a byte order mark"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_another_encoding_is_refused(encoding: str) -> None:
    (fault,) = faults('{"value": 1}'.encode(encoding))
    assert fault.startswith("body: is not valid ")


@pytest.mark.parametrize("content_types", [["application/json"], []])
@pytest.mark.parametrize("body", [None, "", b""])
def test_a_missing_body_is_named_and_needs_no_media_type(
    body: Body, content_types: list[str]
) -> None:
    problem = refusal(body, {"Content-Type": content_types})
    assert (problem.code, problem.messages) == ("bad_request", ["body: is missing"])


def test_a_missing_body_of_another_media_type_is_of_another_media_type() -> None:
    assert refusal(None, {"Content-Type": ["text/plain"]}).code == "unsupported_media_type"


@pytest.mark.parametrize("body", ["!", "eyJ2", "e", "ü", "eyJ2YWx1ZSI6IDF9 ", "eyJ2\nYWx1ZSI6IDF9"])
def test_a_body_that_is_no_base64_is_refused(body: str) -> None:
    event = request_event(body=body) | {"isBase64Encoded": True}
    (fault,) = problem_of(lambda: read_json(request_of(event))).messages
    assert fault.startswith("body: ")
