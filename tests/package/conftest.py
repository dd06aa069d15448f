"""What sam build makes; the same build as the end-to-end tests'."""

from pathlib import Path

import pytest

from tests.package.built import build


@pytest.fixture(scope="session")
def built() -> Path:
    """The folder that holds each function and layer under its logical id."""
    return build()
