"""Every file of events/ is fed to the handler that the template names for it.

A file without an expectation (event_answers.py) fails, as does an expectation without a file.
"""

import io
import json
import re
from importlib import import_module
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from authorizer import authorize
from tests import events
from tests.contract.event_answers import (
    BEFORE,
    DEFAULTS,
    ERRORS,
    REFUSALS,
    STATUSES,
    WRITTEN,
    headers,
    problem,
)
from tests.contract.project import CONFIG_NAMES
from tests.events import Answer, Context, feed


class Handlers:
    """Which handler the template gives an event to."""

    def __init__(self, functions: dict[str, Any], api: dict[str, Any]) -> None:
        self.functions = functions
        (arn,) = api["Auth"]["Authorizers"]["TokenAuthorizer"]["FunctionArn"].values()
        self.authorizer = arn.removeprefix("${").partition(".")[0]

    def of(self, event: dict[str, Any]) -> Any:
        if event.get("type") == "REQUEST":
            return _loaded(self.functions[self.authorizer])
        (function,) = [f for f in self.functions.values() if _takes(f, event)]
        return _loaded(function)

    def answer(self, name: str) -> Answer:
        event = events.load(name)
        return feed(self.of(event), event)


def _takes(function: dict[str, Any], event: dict[str, Any]) -> bool:
    return any(
        declared["Properties"]["Path"] == event["resource"]
        and declared["Properties"]["Method"] in (event["httpMethod"], "ANY")
        for declared in function.get("Events", {}).values()
    )


def _loaded(function: dict[str, Any]) -> Any:
    module, _, name = function["Handler"].rpartition(".")
    return getattr(import_module(module), name)


@pytest.fixture
def handlers(functions: dict[str, Any], api: dict[str, Any]) -> Handlers:
    return Handlers(functions, api)


def test_every_file_is_expected_and_every_expectation_has_a_file() -> None:
    files = {path.relative_to(events.EVENTS).as_posix() for path in events.EVENTS.rglob("*.*")}
    assert files == {
        *(f"{config_name}/{verb}.json" for config_name in CONFIG_NAMES for verb in ("get", "put")),
        *(f"errors/{name}.json" for name in ERRORS),
        *(f"authorizer/{name}.json" for name in REFUSALS),
    }
    assert sorted(WRITTEN) == CONFIG_NAMES


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("config_name", CONFIG_NAMES)
def test_a_get_event_reads_what_was_never_set(handlers: Handlers, config_name: str) -> None:
    name = f"{config_name}/get"
    answer = handlers.answer(name)
    if config_name in DEFAULTS:
        assert answer.status == 200
        assert answer.headers == headers(name, **{"Content-Type": "application/json"})
        assert answer.json["value"] == DEFAULTS[config_name]
        assert answer.json["updated_at"] is None
    else:
        assert answer.status == 404
        assert answer.headers == headers(name)
        assert answer.json == problem(name, "not_found", ["This document has never been set."])


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("config_name", CONFIG_NAMES)
def test_a_put_event_writes_and_the_get_event_reads_it(
    handlers: Handlers, config_name: str
) -> None:
    written = handlers.answer(f"{config_name}/put")
    again = handlers.answer(f"{config_name}/put")
    read = handlers.answer(f"{config_name}/get")
    for name, answer in ((f"{config_name}/put", written), (f"{config_name}/get", read)):
        assert answer.status == 200
        assert answer.headers == headers(name, **{"Content-Type": "application/json"})
    assert written.json.keys() == {"value", "updated_at"}
    assert written.json["value"] == WRITTEN[config_name]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", written.json["updated_at"])
    assert (again.status, again.json) == (200, written.json)
    assert read.json == written.json | {"schema": read.json["schema"]}
    Draft202012Validator(read.json["schema"]).validate(read.json)


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_event_gets_its_problem_and_stores_nothing(
    handlers: Handlers, table: Any, name: str
) -> None:
    if name in BEFORE:
        assert handlers.answer(BEFORE[name]).status == 200
    stored = table.scan()["Items"]
    code, messages = ERRORS[name]
    answer = handlers.answer(f"errors/{name}")
    allow = {"Allow": "GET, POST, PUT"} if code == "method_not_allowed" else {}
    assert answer.status == STATUSES[code]
    assert answer.headers == headers(f"errors/{name}", **allow)
    assert answer.json == problem(f"errors/{name}", code, messages)
    assert table.scan()["Items"] == stored


@pytest.mark.parametrize("name", REFUSALS)
def test_an_authorizer_event_is_refused(
    handlers: Handlers, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    logged = io.StringIO()
    monkeypatch.setattr(authorize.logger.registered_handler, "stream", logged)
    monkeypatch.setattr(authorize, "settings", authorize.settings.__wrapped__)
    monkeypatch.setenv("ISSUER_TEMPLATE", "https://id.example.com/auth/realms/{tenant}")
    monkeypatch.setenv("KEYS_URL_TEMPLATE", "{issuer}/protocol/openid-connect/certs")
    monkeypatch.setenv("AUDIENCE", "newstore-configuration")
    event = events.load(f"authorizer/{name}")
    everything = f"{event['methodArn'].partition('/')[0]}/v0/*"
    assert handlers.of(event)(event, Context()) == {
        "principalId": "refused",
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                {"Action": "execute-api:Invoke", "Effect": "Deny", "Resource": [everything]}
            ],
        },
        "context": {},
    }
    (line,) = map(json.loads, logged.getvalue().splitlines())
    assert (line["message"], line["reason"]) == ("the token is refused", REFUSALS[name])
