"""Writes documents/<name>.json: what a read needs of a document without Pydantic.

python -m tools.schemas writes them; the contract tests compare them with `published`.
"""

import json
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from sales_order_config import documents
from sales_order_config.document import Document

FOLDER = Path(documents.__path__[0])


class PlainJsonSchema(GenerateJsonSchema):
    """JSON Schema 2020-12 without a title on every property."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - Pydantic's signature
        """Never."""
        return False


def all_documents() -> list[type[Document]]:
    """The six documents, found in their folder."""
    for module in iter_modules(documents.__path__):
        import_module(f"{documents.__name__}.{module.name}")
    return sorted(Document.__subclasses__(), key=lambda document: document.config_name)


def published(document: type[Document]) -> dict[str, Any]:
    """The default of a document, and the JSON Schema of the whole answer of its GET."""
    schema = document.model_json_schema(mode="serialization", schema_generator=PlainJsonSchema)
    updated_at: dict[str, Any] = {"type": "string", "format": "date-time"}
    if document.default is not None:
        updated_at["type"] = ["string", "null"]
    schema["properties"] |= {"updated_at": updated_at, "schema": {"type": "object"}}
    schema["required"] = ["value", "updated_at"]
    schema.pop("additionalProperties")
    schema = {"$schema": PlainJsonSchema.schema_dialect, **schema}
    return {"default": document.default, "schema": schema}


def text(document: type[Document]) -> str:
    """The file's text."""
    return json.dumps(published(document), indent=2) + "\n"


if __name__ == "__main__":
    for each in all_documents():
        (FOLDER / f"{each.config_name}.json").write_text(text(each))
