"""Compiled files are those of the architecture that the layers are built for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# ELF, e_machine (bytes 18 and 19): x86-64, AArch64
MACHINES = {"x86_64": 62, "arm64": 183}


@pytest.mark.parametrize("layer", ["DependenciesLayer", "AuthorizerLayer"])
@pytest.mark.parametrize("architecture", MACHINES)
def test_a_layers_compiled_files_are_for_its_architecture(
    tmp_path: Path, layer: str, architecture: str
) -> None:
    subprocess.run(
        ["make", "--silent", "-C", "layers", f"build-{layer}"],
        env={
            **os.environ,
            "ARTIFACTS_DIR": str(tmp_path),
            "ARCHITECTURE": architecture,
            "PYTHON": sys.executable,
        },
        check=True,
    )
    compiled = list(tmp_path.rglob("*.so"))
    assert compiled
    for file in compiled:
        assert int.from_bytes(file.read_bytes()[18:20], "little") == MACHINES[architecture], file
