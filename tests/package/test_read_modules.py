"""A cold read imports what is listed, and nothing else."""

from pathlib import Path

import pytest

from tests.package.built import LIST, READS, modules


@pytest.mark.parametrize("handler", READS)
def test_a_read_imports_only_what_is_listed(built: Path, handler: str) -> None:
    listed = set(LIST.read_text().split())
    unlisted = sorted(modules(built, handler) - listed)
    assert not unlisted, "wanted? then: .venv/bin/python -m tests.package.built"


def test_what_is_listed_of_this_project_is_still_imported(built: Path) -> None:
    imported = set().union(*(modules(built, handler) for handler in READS))
    ours = {name for name in LIST.read_text().split() if name.startswith("sales_order_config")}
    assert ours <= imported
