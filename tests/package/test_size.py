"""What is deployed stays small: a new instance loads it before it can start."""

from pathlib import Path

import pytest

from benchmarks.packages import zip_folder

BYTES_PER_KB = 1000
# Zipped and unzipped, in kB. Whoever needs more raises it in the same commit, and says why.
BUDGETS = {
    "GracePeriodGet": (12, 20),  # the code of all functions
    "SharedLayer": (80, 140),
    "DependenciesLayer": (8_400, 22_400),
    "AuthorizerLayer": (5_950, 18_400),
}


@pytest.mark.parametrize("name", BUDGETS)
def test_a_package_stays_within_its_budget(built: Path, tmp_path: Path, name: str) -> None:
    zipped = zip_folder(built / name, tmp_path / "package.zip")
    unzipped = sum(file.stat().st_size for file in (built / name).rglob("*") if file.is_file())
    allowed_zipped, allowed_unzipped = BUDGETS[name]
    assert zipped <= allowed_zipped * BYTES_PER_KB
    assert unzipped <= allowed_unzipped * BYTES_PER_KB


def test_every_function_has_the_code_of_all(built: Path) -> None:
    """So that one of them stands for the others above."""
    functions = [folder for folder in built.iterdir() if (folder / "grace_period").is_dir()]
    trees = {
        tuple(sorted(str(file.relative_to(folder)) for file in folder.rglob("*.py")))
        for folder in functions
    }
    assert len(functions) > len(BUDGETS)
    assert len(trees) == 1
