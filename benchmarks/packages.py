"""What is deployed, by sam build and by pip with the same flags, unpacked as Lambda unpacks it."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.local import deployment

HERE = Path(__file__).parent
PEERS = ("floor", "boto3_client", "powertools", "fastapi", "chalice")
ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # of every file in the zips of SAM
ZIP_MTIME = 315_532_800  # the same, in seconds since 1970


@dataclass(frozen=True, slots=True)
class Package:
    """A function's code and layers, unpacked. zipped, unzipped: bytes."""

    code: Path
    layers: Path
    zipped: int
    unzipped: int

    @property
    def python_path(self) -> str:
        """In Lambda's order: the code, then the layers."""
        return f"{self.code.resolve()}{os.pathsep}{self.layers.resolve() / 'python'}"


def build(folder: Path) -> dict[str, Package]:
    """Build this project and its peers into the folder. Returns each package by its name."""
    deployment.build(folder / "own")
    peers = folder / "peers"
    settings = {
        "ARCHITECTURE": deployment.ARCHITECTURE,
        "OUT": peers.resolve(),
        "PYTHON": sys.executable,
    }
    variables = [f"{name}={value}" for name, value in settings.items()]
    subprocess.run(["make", "--silent", "-C", HERE, *variables], check=True)
    unpacked = folder / "unpacked"
    shutil.rmtree(unpacked, ignore_errors=True)
    packages = {
        name: unpack(HERE / "peers" / name, [peers / name], unpacked / name) for name in PEERS
    }
    built = folder / "own/build"
    layers = [built / "SharedLayer", built / "DependenciesLayer"]
    own = built / "GracePeriodGet"
    packages["own"] = unpack(own, layers, unpacked / "own")
    packages["authorizer"] = unpack(
        built / "Authorizer", [*layers, built / "AuthorizerLayer"], unpacked / "authorizer"
    )
    packages["no_bytecode"] = unpack(own, layers, unpacked / "no_bytecode")
    for bytecode in packages["no_bytecode"].layers.rglob("__pycache__"):
        shutil.rmtree(bytecode)
    packages["whole_botocore"] = unpack(own, layers, unpacked / "whole_botocore")
    data = "python/botocore/data"
    shutil.copytree(
        packages["boto3_client"].layers / data,
        packages["whole_botocore"].layers / data,
        dirs_exist_ok=True,
    )
    return packages


def runtime(folder: Path) -> Path:
    """Where `build` has put Lambda's runtime interface client."""
    return (folder / "peers/runtime/python").resolve()


def unpack(code: Path, layers: Iterable[Path], target: Path) -> Package:
    """Zip code and layers and unpack them, all times being those of SAM's zips."""
    zipped = _unpack(code, target / "code")
    for layer in layers:
        zipped += _unpack(layer, target / "layers")
    files = [file for file in target.rglob("*") if file.is_file()]
    for file in files:
        os.utime(file, (ZIP_MTIME, ZIP_MTIME))
    unzipped = sum(file.stat().st_size for file in files)
    return Package(target / "code", target / "layers", zipped, unzipped)


def zip_folder(source: Path, archive: Path) -> int:
    """Zip what is in the folder as SAM does. Returns the archive's bytes."""
    with zipfile.ZipFile(archive, "w") as opened:
        for file in sorted(source.rglob("*")):
            if file.is_file():
                member = zipfile.ZipInfo(str(file.relative_to(source)), ZIP_DATE)
                opened.writestr(member, file.read_bytes(), zipfile.ZIP_DEFLATED)
    return archive.stat().st_size


def imported_modules(handler: str, python_path: str, environment: Mapping[str, str]) -> set[str]:
    """The names of all modules that are there after a function's init, Python's own included."""
    module, _ = handler.rsplit(".", 1)
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys, {module}; print(*sys.modules)"],
        env={**environment, "PYTHONPATH": python_path, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def _unpack(source: Path, target: Path) -> int:
    target.mkdir(parents=True, exist_ok=True)
    archive = target.with_suffix(".zip")
    size = zip_folder(source, archive)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(target)
    archive.unlink()
    return size
