"""The layer's botocore, cut down by layers/dependencies/prune.py, is the pinned one and enough."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import botocore
import pytest

from layers.dependencies.prune import SERVICES
from tests.contract.botocore_probe import CANCELED, LATER_REGION, WRITE
from tests.contract.project import ROOT

INSTALLED = Path(botocore.__file__).parent
PRUNE = ROOT / "layers/dependencies/prune.py"
STORE_TESTS = ROOT / "tests/unit/shared/aws"


@pytest.fixture(scope="module")
def layer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the installed botocore, pruned as the layer's build does it."""
    folder = tmp_path_factory.mktemp("layer")
    shutil.copytree(INSTALLED, folder / "botocore")
    subprocess.run([sys.executable, PRUNE, folder], check=True)
    return folder


def run(*arguments: str | Path, path: Path | None = None) -> str:
    """What a new Python interpreter prints, with this folder before all that is installed."""
    folders = [path, ROOT, ROOT / "layers/shared", ROOT / "functions"]
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(str(folder) for folder in folders if folder),
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def probe(path: Path | None = None) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(run("-m", "tests.contract.botocore_probe", path=path))
    folder = path / "botocore" if path else INSTALLED
    assert Path(report["botocore"]).parent == folder
    return report


@pytest.fixture(scope="module")
def pruned(layer: Path) -> dict[str, Any]:
    """What the pruned botocore does."""
    return probe(layer)


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def test_what_is_pruned_for_is_what_the_functions_use() -> None:
    sources = [*(ROOT / "functions").rglob("*.py"), *(ROOT / "layers/shared").rglob("*.py")]
    code = "\n".join(source.read_text() for source in sources)
    assert set(re.findall(r'\bclient\("(.*?)"\)', code)) == SERVICES
    assert "create_client(service, config=CONFIG)" in code
    assert code.count("create_client(") == 1


def test_only_data_of_other_services_is_gone_and_all_else_is_byte_for_byte_the_pinned_one(
    layer: Path,
) -> None:
    before, after = files(INSTALLED), files(layer / "botocore")
    gone = before.keys() - after.keys()
    assert after.keys() <= before.keys()
    assert {name for name in after if before[name] != after[name]} == {"data/endpoints.json"}
    assert all(re.fullmatch(r"data/[^/]+/.+", name) for name in gone)
    assert not {name.split("/")[1] for name in gone} & SERVICES
    folders = {folder.name for folder in (layer / "botocore/data").iterdir() if folder.is_dir()}
    assert folders == SERVICES


def test_the_endpoints_that_are_left_are_as_they_were(layer: Path) -> None:
    before = json.loads((INSTALLED / "data/endpoints.json").read_text())
    after = json.loads((layer / "botocore/data/endpoints.json").read_text())
    for partition in before["partitions"]:
        services = partition["services"]
        partition["services"] = {name: services[name] for name in SERVICES}
    assert after == before


@pytest.mark.parametrize(
    ("where", "host"),
    [
        ("dynamodb eu-central-1 plain", "dynamodb.eu-central-1.amazonaws.com"),
        ("dynamodb eu-central-1 fips", "dynamodb-fips.eu-central-1.amazonaws.com"),
        ("dynamodb eu-central-1 dualstack", "dynamodb.eu-central-1.api.aws"),
        ("dynamodb eu-central-1 account", "123456789012.ddb.eu-central-1.amazonaws.com"),
        ("dynamodb us-gov-west-1 plain", "dynamodb.us-gov-west-1.amazonaws.com"),
        ("dynamodb us-gov-west-1 fips", "dynamodb.us-gov-west-1.amazonaws.com"),
        ("dynamodb cn-north-1 plain", "dynamodb.cn-north-1.amazonaws.com.cn"),
        ("dynamodb cn-north-1 fips", "dynamodb-fips.cn-north-1.amazonaws.com.cn"),
        ("kms eu-central-1 plain", "kms.eu-central-1.amazonaws.com"),
        ("kms eu-central-1 fips", "kms-fips.eu-central-1.amazonaws.com"),
        ("kms us-gov-west-1 plain", "kms.us-gov-west-1.amazonaws.com"),
        ("kms us-gov-west-1 fips", "kms-fips.us-gov-west-1.amazonaws.com"),
        ("kms cn-north-1 plain", "kms.cn-north-1.amazonaws.com.cn"),
        ("kms cn-north-1 fips", "kms-fips.cn-north-1.amazonaws.com.cn"),
    ],
)
def test_a_request_goes_to_the_regions_own_address_and_is_signed_for_it(
    pruned: dict[str, Any], where: str, host: str
) -> None:
    service, region, _ = where.split(" ", 2)
    assert pruned["addresses"][where] == [f"https://{host}/", region, service]


def test_requests_go_where_the_whole_botocore_sends_them_in_every_region(
    pruned: dict[str, Any],
) -> None:
    whole = probe()["addresses"]
    assert pruned["addresses"] == whole
    regions = {where.split(" ")[1] for where in whole}
    assert {"us-east-1", "cn-northwest-1", "us-gov-east-1", LATER_REGION} <= regions


def test_a_transaction_is_written_and_repeated_with_the_same_token(pruned: dict[str, Any]) -> None:
    assert pruned["written"] == {"bodies": [WRITE]}
    assert pruned["failed"]["error"] == "InternalServerError"
    assert pruned["failed"]["bodies"] == [WRITE, WRITE]


def test_a_canceled_transaction_tells_its_reasons_and_is_not_repeated(
    pruned: dict[str, Any],
) -> None:
    canceled = pruned["canceled"]
    assert canceled["error"] == "TransactionCanceledException"
    assert canceled["response"]["CancellationReasons"] == CANCELED["CancellationReasons"]
    assert canceled["bodies"] == [WRITE]


def test_the_stores_own_tests_pass_with_it(layer: Path) -> None:
    """Every operation and every error that the code uses, retries included."""
    code = "import botocore, pytest, sys; print(botocore.__file__); sys.exit(pytest.main())"
    tests = [
        STORE_TESTS / f"test_{name}.py" for name in ("store", "lost_answers", "faults", "cipher")
    ]
    printed = run("-c", code, "-q", "-p", "no:cacheprovider", *tests, path=layer)
    first, *_, last = printed.splitlines()
    assert first == str(layer / "botocore/__init__.py")
    assert re.match(r"\d+ passed in ", last)
