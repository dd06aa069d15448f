"""What the functions log."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from sales_order_config import endpoint

type Logged = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Logged:
    """The lines that were logged; whatever else is written is a fault."""
    written = io.StringIO()  # the logger holds the stdout that there was at its import
    monkeypatch.setattr(endpoint.logger.registered_handler, "stream", written)

    def lines() -> list[dict[str, Any]]:
        assert capfd.readouterr() == ("", "")
        return [json.loads(line) for line in written.getvalue().splitlines()]

    return lines
