"""What is installed: pinned with hashes, named where it is imported, no more than is needed."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.contract.project import CONFIG_NAMES, ROOT

LOCKS = sorted([*ROOT.glob("layers/*/*.txt"), *ROOT.glob("*/requirements/*.txt")])
PINNED = re.compile(
    r"(?P<name>[a-z0-9._-]+)==(?P<version>[^ ;]+)(?: ; [^\\]+)?((?: --hash=sha256:[0-9a-f]{64})+)"
)
OURS = {"sales_order_config", *(path.name for path in (ROOT / "functions").iterdir())}


def locked(lock: Path) -> dict[str, str]:
    """Name -> version of each requirement; fails for one that is not pinned with hashes."""
    lines = [line for line in lock.read_text().splitlines() if not line.lstrip().startswith("#")]
    found = {}
    for requirement in "\n".join(lines).replace(" \\\n", " ").splitlines():
        match = PINNED.fullmatch(re.sub(" +", " ", requirement))
        assert match, f"{lock}: {requirement[:80]}"
        found[match["name"]] = match["version"]
    return found


def required(layer: str) -> set[str]:
    """The distributions that the layer asks for itself."""
    text = (ROOT / "layers" / layer / "requirements.in").read_text()
    return set(re.findall(r"^([a-z0-9._-]+)", text, re.MULTILINE))


def test_every_lock_file_is_looked_at() -> None:
    assert [str(lock.relative_to(ROOT)) for lock in LOCKS] == [
        "benchmarks/requirements/boto3_client.txt",
        "benchmarks/requirements/chalice.txt",
        "benchmarks/requirements/fastapi.txt",
        "benchmarks/requirements/powertools.txt",
        "benchmarks/requirements/runtime.txt",
        "layers/authorizer/requirements.txt",
        "layers/dependencies/requirements.txt",
        "tools/requirements/dev.txt",
        "tools/requirements/emulator.txt",
        "tools/requirements/sam.txt",
        "tools/requirements/stand_in.txt",
        "tools/requirements/uv.txt",
    ]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: f"{lock.parent.name}/{lock.name}")
def test_everything_is_pinned_with_hashes_and_comes_from_no_special_place(lock: Path) -> None:
    assert locked(lock)
    text = lock.read_text()
    assert "http" not in text.replace("aiohttp", "").replace("httpx", "").replace("httpcore", "")
    assert "://" not in text
    assert "--index-url" not in text
    assert " @ " not in text


@pytest.mark.parametrize("source", sorted(ROOT.glob("*/*/*.in")), ids=lambda p: str(p.parent.name))
def test_what_is_asked_for_is_what_is_locked(source: Path) -> None:
    versions = locked(source.with_suffix(".txt"))
    for name, version in re.findall(
        r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)", source.read_text(), re.MULTILINE
    ):
        assert versions[name] == version


@pytest.mark.parametrize("layer", ["authorizer", "dependencies"])
def test_the_tests_run_with_the_layers_versions(layer: str) -> None:
    tested = locked(ROOT / "tools/requirements/dev.txt")
    deployed = locked(ROOT / "layers" / layer / "requirements.txt")
    assert deployed.items() <= tested.items()


def imported(file: Path) -> Iterator[str]:
    """Top-level packages that a module imports when it runs."""
    pending: list[ast.AST] = [ast.parse(file.read_text())]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            pending += node.orelse
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            yield (node.module or "").split(".")[0]
        pending += ast.iter_child_nodes(node)


@pytest.mark.parametrize(
    ("folder", "layers"),
    [
        ("layers/shared", ["dependencies"]),
        ("functions/authorizer", ["dependencies", "authorizer"]),
        ("functions/fallback", ["dependencies"]),
        *((f"functions/{config_name}", ["dependencies"]) for config_name in CONFIG_NAMES),
    ],
)
def test_what_is_imported_is_asked_for_in_a_layer_that_the_function_has(
    folder: str, layers: list[str]
) -> None:
    distributions = packages_distributions()
    files = list((ROOT / folder).rglob("*.py"))
    assert files
    packages = {package for file in files for package in imported(file)}
    foreign = packages - sys.stdlib_module_names - OURS
    needed = {distributions[p][0].lower().replace("_", "-") for p in foreign}
    assert needed <= set().union(*map(required, layers))


def test_a_layer_asks_for_nothing_that_is_not_imported() -> None:
    files = [*(ROOT / "functions").rglob("*.py"), *(ROOT / "layers/shared").rglob("*.py")]
    distributions = packages_distributions()
    packages = {package for file in files for package in imported(file)}
    used = {d.lower().replace("_", "-") for p in packages for d in distributions.get(p, [])}
    assert required("dependencies") | required("authorizer") <= used


def loaded_by(*modules: str) -> set[str]:
    """What a new interpreter has loaded after importing these."""
    code = f"import {', '.join(modules)}, sys; print(*sys.modules)"
    path = f"{ROOT / 'functions'}:{ROOT / 'layers/shared'}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": path, "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_a_read_loads_no_models_and_no_token_library() -> None:
    reads = [f"{config_name}.get" for config_name in CONFIG_NAMES]
    assert not loaded_by(*reads, "fallback.any") & {"pydantic", "boto3", "jwt", "cryptography"}


def test_a_write_loads_no_token_library() -> None:
    writes = [f"{config_name}.put" for config_name in CONFIG_NAMES]
    assert not loaded_by(*writes) & {"boto3", "jwt", "cryptography"}


def test_the_authorizer_loads_nothing_of_the_documents() -> None:
    foreign = {"pydantic", "botocore.session", "sales_order_config"}
    assert not loaded_by("authorizer.authorize") & foreign
