"""The main job over real HTTP: every document is read and written by both methods."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.e2e.client import Client

VALUES: dict[str, list[Any]] = {
    "external_oms": [{"enabled": True}, {"enabled": False}],
    "order_id_sequence": [{"prefix": "NS", "size": 16, "start": 1, "step": 2}],
    "grace_period": [20, 0],
    "cancelable_locations": [["dc", "store"], ["dc"]],
    "big_sales_order": [{"soft_limit_for_big_orders": 300}, {"soft_limit_for_big_orders": 1}],
    "external_order_webhook": [
        {"url": "https://oms.example.com/v1", "api_key": "not-a-real-key-1", "timeout": 25},
        {"url": "https://oms.example.com/v2", "api_key": "not-a-real-key-2", "timeout": 1},
    ],
}
DEFAULTS: dict[str, Any] = {
    "external_oms": {"enabled": False},
    "cancelable_locations": ["store"],
    "big_sales_order": {"soft_limit_for_big_orders": 100},
}


@pytest.mark.parametrize("config_name", VALUES)
def test_a_document_never_set_answers_its_default_or_404(api: Client, config_name: str) -> None:
    answer = api.get(config_name)

    if config_name in DEFAULTS:
        assert answer.status == 200
        assert answer.json["value"] == DEFAULTS[config_name]
        assert answer.json["updated_at"] is None
        Draft202012Validator(answer.json["schema"]).validate(answer.json)
    else:
        assert (answer.status, answer.json["error_code"]) == (404, "not_found")


@pytest.mark.smoke
@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize("config_name", VALUES)
def test_what_is_written_is_read(
    api: Client, put_back: Callable[[str], None], config_name: str, method: str
) -> None:
    put_back(config_name)
    for value in VALUES[config_name]:
        written = api.put(config_name, value, method)
        read = api.get(config_name)

        assert (written.status, read.status) == (200, 200)
        assert written.json["value"] == read.json["value"] == value
        assert written.json["updated_at"] == read.json["updated_at"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", read.json["updated_at"])
        Draft202012Validator(read.json["schema"]).validate(read.json)


@pytest.mark.smoke
@pytest.mark.parametrize("config_name", VALUES)
def test_what_was_read_can_be_sent_back_and_changes_nothing(
    api: Client, put_back: Callable[[str], None], config_name: str
) -> None:
    put_back(config_name)
    assert api.put(config_name, VALUES[config_name][0]).status == 200
    read = api.get(config_name)

    sent_back = api.put_raw(config_name, read.raw)

    assert sent_back.status == 200
    assert sent_back.json == {name: read.json[name] for name in ("value", "updated_at")}


def test_defaults_are_filled_in(api: Client) -> None:
    assert api.put("order_id_sequence", {}).json["value"] == {
        "prefix": "",
        "size": 10,
        "start": 1,
        "step": 1,
    }
    webhook = {"url": "https://oms.example.com", "api_key": "not-a-real-key"}
    assert api.put("external_order_webhook", webhook).json["value"] == webhook | {"timeout": 15}


@pytest.mark.smoke
@pytest.mark.parametrize("config_name", VALUES)
def test_every_answer_forbids_caching_and_sniffing_and_names_the_request(
    api: Client, config_name: str
) -> None:
    ids = set()
    for answer in [
        api.get(config_name),
        api.put(config_name, "never valid"),
        api.call("DELETE", f"/config/sales_order/{config_name}"),
        api.with_token(None).get(config_name),
        api.with_token("garbage").get(config_name),
    ]:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        ids.add(answer.headers["X-Request-Id"])
        if answer.status != 200:
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert answer.json["request_id"] == answer.headers["X-Request-Id"]
    assert len(ids) == 5
    assert all(ids)
