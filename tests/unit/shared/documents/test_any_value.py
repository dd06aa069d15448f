"""Every document through its deployed handlers, on a table of moto: whatever value is sent."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.unit.shared.calls import get, new_tenant, put, put_body
from tests.unit.shared.documents.strategies import SPECS
from tools.schemas import all_documents

pytestmark = pytest.mark.usefixtures("cloud")


def test_every_document_is_specified() -> None:
    assert sorted(SPECS) == [document.config_name for document in all_documents()]


@pytest.mark.parametrize("config_name", SPECS)
@settings(max_examples=30)
@given(data=st.data())
def test_any_valid_value_is_read_back_unchanged(config_name: str, data: st.DataObject) -> None:
    spec, tenant = SPECS[config_name], new_tenant()
    value = data.draw(spec.valid)
    written = put(config_name, value, tenant)
    assert (written.status, written.json["value"]) == (200, spec.effective(value))
    read = get(config_name, tenant)
    assert read.status == 200
    assert {name: read.json[name] for name in ("value", "updated_at")} == written.json
    Draft202012Validator(read.json["schema"]).validate(read.json)


@pytest.mark.parametrize("config_name", SPECS)
@settings(max_examples=10)
@given(data=st.data())
def test_what_a_read_answered_can_be_sent_back_and_changes_nothing(
    cloud: Any, config_name: str, data: st.DataObject
) -> None:
    tenant = new_tenant()
    key = {"tenant": tenant, "config_name": config_name}
    assert put(config_name, data.draw(SPECS[config_name].valid), tenant).status == 200
    stored = cloud.get_item(Key=key)["Item"]
    read = get(config_name, tenant)
    sent_back = put_body(config_name, read.json, tenant)
    assert sent_back.status == 200
    assert sent_back.json.items() <= read.json.items()
    assert cloud.get_item(Key=key)["Item"] == stored


@pytest.mark.parametrize("config_name", SPECS)
@settings(max_examples=200)
@given(data=st.data())
def test_any_fault_is_named_by_its_place_and_nothing_is_stored(
    cloud: Any, config_name: str, data: st.DataObject
) -> None:
    tenant = new_tenant()
    value, place = data.draw(SPECS[config_name].faulty)
    answer = put(config_name, value, tenant)
    assert (answer.status, answer.json["error_code"]) == (400, "bad_request")
    (message,) = answer.messages
    assert message.startswith(f"{place}: ")
    assert "Item" not in cloud.get_item(Key={"tenant": tenant, "config_name": config_name})
