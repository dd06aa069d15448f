"""A handler in a handler: what STUBBED_HANDLER names, with DynamoDB answered in the process."""

import importlib
import json
import os
from typing import Any

from botocore.client import BaseClient

ANSWERS = json.loads(os.environ["STUBBED_ANSWERS"])


def _answer(_client: BaseClient, operation: str, _parameters: dict[str, Any]) -> dict[str, Any]:
    return {**ANSWERS[operation], "ResponseMetadata": {"HTTPStatusCode": 200}}


setattr(BaseClient, "_make_api_call", _answer)  # noqa: B010 - before X-Ray's SDK wraps it
_module, _name = os.environ["STUBBED_HANDLER"].rsplit(".", 1)
handler = getattr(importlib.import_module(_module), _name)
