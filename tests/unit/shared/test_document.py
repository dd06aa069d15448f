"""What the documents have in common: every fault is named, nothing is coerced or repeated."""

from typing import Any

import pytest

from sales_order_config.document import Document
from sales_order_config.documents.cancelable_locations import CancelableLocations
from sales_order_config.documents.external_oms import ExternalOms
from sales_order_config.documents.external_order_webhook import ExternalOrderWebhook
from sales_order_config.documents.grace_period import GracePeriod
from sales_order_config.documents.order_id_sequence import OrderIdSequence
from sales_order_config.problem import Problem
from tests.unit.shared.calls import problem_of


def refusal(document: type[Document], body: Any) -> Problem:
    problem = problem_of(lambda: document.parse(body))
    assert problem.code == "bad_request"
    return problem


def places(problem: Problem) -> list[str]:
    return [message.partition(": ")[0] for message in problem.messages]


def test_every_fault_is_named_by_its_place() -> None:
    body = {"value": {"url": "http://x", "timeout": 26, "port": 1}, "extra_member": 1}
    found = places(refusal(ExternalOrderWebhook, body))
    assert found == ["value.url", "value.api_key", "value.timeout", "value.port", "extra_member"]


def test_a_list_names_each_wrong_item_by_its_index() -> None:
    found = places(refusal(CancelableLocations, {"value": ["store", "shop", "dc", None]}))
    assert found == ["value.1", "value.3"]


def test_100_faults_are_listed_and_the_rest_is_counted() -> None:
    problem = refusal(CancelableLocations, {"value": [1] * 130})
    assert places(problem)[:100] == [f"value.{index}" for index in range(100)]
    assert problem.messages[100:] == ["30 more faults are not shown"]
    assert problem.message.startswith("130 faults; the first one: value.0: ")


@pytest.mark.parametrize("body", [None, True, 20, "value", [], [{"value": 20}]])
def test_a_body_that_is_no_object_is_named_as_a_whole(body: Any) -> None:
    assert refusal(GracePeriod, body).messages == ["body: Input should be an object"]


@pytest.mark.parametrize("body", [{}, {"Value": 20}, {"updated_at": None}, {"value ": 20}])
def test_the_value_must_be_there(body: Any) -> None:
    assert "value" in places(refusal(GracePeriod, body))


def test_a_value_is_never_null() -> None:
    assert places(refusal(GracePeriod, {"value": None})) == ["value"]


@pytest.mark.parametrize("anything", [None, "2021-07-13T20:18:25Z", 1, {"deep": [{}]}])
def test_what_only_the_service_writes_may_stand_beside_the_value_and_is_ignored(
    anything: Any,
) -> None:
    body = {"value": 20, "updated_at": anything, "schema": anything}
    assert GracePeriod.parse(body).effective_value() == 20
    assert body["schema"] == anything


@pytest.mark.parametrize(
    "name", ["Updated_at", "updated-at", "$schema", "default", "tenant", "config_name"]
)
def test_any_other_member_beside_the_value_is_refused(name: str) -> None:
    assert places(refusal(GracePeriod, {"value": 20, name: 1})) == [name]


@pytest.mark.parametrize("name", ["updated_at", "schema", "value"])
def test_inside_the_value_the_services_members_are_unknown_ones(name: str) -> None:
    found = places(refusal(ExternalOms, {"value": {"enabled": True, name: None}}))
    assert found == [f"value.{name}"]


def test_a_clients_long_name_is_shortened() -> None:
    problem = refusal(ExternalOms, {"value": {"enabled": True, "x" * 65: 1}, "y" * 64: 1})
    assert places(problem) == [f"value.{'x' * 64}…", "y" * 64]


@pytest.mark.parametrize(
    "body",
    [
        {"value": {"url": "http://private-thing", "api_key": "a private-thing"}},
        {"value": {"url": "https://127.0.0.1/private-thing", "api_key": ["private-thing"]}},
        {"value": {"url": 1, "api_key": "a", "x": "private-thing"}, "y": "private-thing"},
        {"value": "private-thing"},
        "private-thing",
    ],
)
def test_no_fault_repeats_what_was_sent(body: Any) -> None:
    problem = refusal(ExternalOrderWebhook, body)
    assert "private-thing" not in str([problem.messages, problem.message, problem.args])
    assert "private-thing" not in str(problem.__context__)
    assert problem.__cause__ is None


def test_a_document_shows_no_key_and_can_not_be_changed() -> None:
    value = {"url": "https://orders.example.com", "api_key": "private-thing"}
    document = ExternalOrderWebhook.parse({"value": value})
    assert "private-thing" not in repr(document)
    with pytest.raises(ValueError, match="frozen"):
        document.value = None  # type: ignore[assignment, misc]


def test_the_effective_value_has_its_defaults_filled_in_and_what_was_sent_stays() -> None:
    body: dict[str, Any] = {"value": {"prefix": "NS"}}
    effective = OrderIdSequence.parse(body).effective_value()
    assert effective == {"prefix": "NS", "start": 1, "step": 1, "size": 10}
    assert body == {"value": {"prefix": "NS"}}
