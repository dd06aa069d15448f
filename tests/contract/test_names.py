"""One word everywhere: the URL's last segment names every room that belongs to a document."""

import ast
import re
from importlib import import_module
from typing import Any

import pytest

from sales_order_config import documents
from sales_order_config.routes import ROUTES
from tests.contract.project import CONFIG_NAMES, ROOT, folders, logical_id, path_of
from tools.schemas import all_documents

OTHER_FUNCTIONS = {"authorizer", "fallback"}
OTHER_EVENTS = {"authorizer", "errors"}
FIRST_LINES = {"get": "GET", "put": "PUT (or POST)"}


def test_there_are_the_six_documents_of_the_reference() -> None:
    assert CONFIG_NAMES == [
        "big_sales_order",
        "cancelable_locations",
        "external_oms",
        "external_order_webhook",
        "grace_period",
        "order_id_sequence",
    ]


def test_every_module_has_one_model_of_its_name_and_a_published_schema() -> None:
    assert [document.config_name for document in all_documents()] == CONFIG_NAMES
    for document in all_documents():
        assert document.__module__ == f"{documents.__name__}.{document.config_name}"
        assert document.__name__ == logical_id(document.config_name, "")
    folder = ROOT / "layers/shared/sales_order_config/documents"
    assert sorted(path.stem for path in folder.glob("*.json")) == CONFIG_NAMES


def test_every_document_has_a_function_folder() -> None:
    assert folders(ROOT / "functions") - OTHER_FUNCTIONS == set(CONFIG_NAMES)
    for config_name in CONFIG_NAMES:
        folder = ROOT / "functions" / config_name
        assert {path.name for path in folder.glob("*.*")} == {"get.py", "put.py"}


def test_every_document_has_an_event_folder() -> None:
    assert folders(ROOT / "events") - OTHER_EVENTS == set(CONFIG_NAMES)
    for config_name in CONFIG_NAMES:
        folder = ROOT / "events" / config_name
        assert {path.name for path in folder.iterdir()} == {"get.json", "put.json"}


def test_every_document_has_a_route() -> None:
    assert sorted(ROUTES) == [f"/v0{path_of(config_name)}" for config_name in CONFIG_NAMES]
    assert set(ROUTES.values()) == {("GET", "POST", "PUT")}


def test_every_route_is_the_templates_and_the_other_way_round(functions: dict[str, Any]) -> None:
    declared: dict[str, list[str]] = {}
    for function in functions.values():
        for event in function.get("Events", {}).values():
            if event["Properties"]["Method"] != "ANY":
                path = f"/v0{event['Properties']['Path']}"
                declared.setdefault(path, []).append(event["Properties"]["Method"])
    assert {path: tuple(sorted(methods)) for path, methods in declared.items()} == dict(ROUTES)


def test_every_document_has_two_functions_in_the_template(functions: dict[str, Any]) -> None:
    expected = {logical_id(name, verb) for name in CONFIG_NAMES for verb in ("get", "put")}
    assert set(functions) - {"Authorizer", "Fallback"} == expected


@pytest.mark.parametrize("verb", ["get", "put"])
@pytest.mark.parametrize("config_name", CONFIG_NAMES)
def test_a_handlers_file_says_what_it_serves_and_decides_nothing(
    config_name: str, verb: str
) -> None:
    module = import_module(f"{config_name}.{verb}")
    first_line = (module.__doc__ or "").splitlines()[0]
    assert first_line.startswith(f"{FIRST_LINES[verb]} /v0{path_of(config_name)}: ")
    assert callable(module.handler)
    source = (ROOT / "functions" / config_name / f"{verb}.py").read_text()
    *imports, last = ast.parse(source).body[1:]
    assert all(isinstance(node, ast.ImportFrom) for node in imports)
    assert re.fullmatch(
        rf'handler = (read\("{config_name}"(, reveal)?\)'
        rf"|write\({logical_id(config_name, '')}(, \w+)*\))",
        ast.unparse(last).replace("'", '"'),
    )
