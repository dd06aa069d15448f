"""A stand-in for Lambda's Python image, where no public one can be pulled.

Made of this machine's own files: CPython under /var/lang, Lambda's runtime interface client (from
its lock file) under /var/runtime, the programs that SAM's Dockerfile calls, and the libraries that
all these and the built layers link.
"""

import io
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from collections.abc import Iterable
from pathlib import Path

IMAGE = "sales-order-config/lambda-stand-in"
REQUIREMENTS = Path("tools/requirements/stand_in.txt")
PROGRAMS = ("sh", "chmod", "cp", "mv", "rm")
LEFT_OUT = frozenset({"idlelib", "site-packages", "test", "tkinter", "turtledemo"})
LANG = "/var/lang"
BOOTSTRAP = f"""#!/bin/sh
export PYTHONPATH=/var/task:/opt/python:/var/runtime
exec {LANG}/bin/python3.13 -m awslambdaric "$_HANDLER"
"""


def make(folder: Path, build: Path) -> str:
    """Make the image and return its name; folder: for what is made, build: of sam build."""
    runtime = folder / "runtime"
    _install_client(runtime)
    archive = folder / "stand-in.tar"
    with tarfile.open(archive, "w") as image:
        _fill(image, runtime, build)
    settings = ("--change", f"ENV LD_LIBRARY_PATH={LANG}/lib", "--change", "WORKDIR /var/task")
    subprocess.run(
        ["docker", "import", *settings, archive, IMAGE],  # noqa: S607
        stdout=subprocess.DEVNULL,
        check=True,
    )
    archive.unlink()
    return IMAGE


def _install_client(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(
        [
            *(".venv/bin/uv", "pip", "install", "--quiet", "--target", folder),
            *("--require-hashes", "--only-binary=:all:", "--requirement", REQUIREMENTS),
        ],
        check=True,
    )


def _fill(image: tarfile.TarFile, runtime: Path, build: Path) -> None:
    python = Path(sys.executable).resolve()
    library = Path(sysconfig.get_path("stdlib"))
    image.add(python, f"{LANG}/bin/python3.13")
    image.add(library, f"{LANG}/lib/python3.13", filter=_needed)
    image.add(runtime, "/var/runtime")
    programs = {name: Path(shutil.which(name) or name).resolve() for name in PROGRAMS}
    for name, program in programs.items():
        image.add(program, f"/bin/{name}")
    extensions = [
        path
        for path in [*library.rglob("*.so"), *runtime.rglob("*.so"), *build.rglob("*.so")]
        if "site-packages" not in path.parts and not path.name.startswith("_tkinter.")
    ]
    for linked in _linked([python, *programs.values(), *extensions]):
        # The loader's own path is written into every program.
        name = str(linked) if linked.name.startswith("ld-") else f"{LANG}/lib/{linked.name}"
        image.add(linked.resolve(), name)
    bootstrap = tarfile.TarInfo("/var/runtime/bootstrap")
    bootstrap.mode, bootstrap.size = 0o755, len(BOOTSTRAP)
    image.addfile(bootstrap, io.BytesIO(BOOTSTRAP.encode()))


def _needed(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if LEFT_OUT & set(Path(member.name).parts) else member


def _linked(files: Iterable[Path]) -> set[Path]:
    """The libraries that these files link, where the loader of this machine finds them."""
    done = subprocess.run(
        ["ldd", *files],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    missing = set(re.findall(r"(\S+) => not found", done.stdout))
    if missing:
        raise SystemExit(f"No stand-in image can be made: {', '.join(missing)} is not found")
    return {Path(path) for path in re.findall(r"^\t(?:\S+ => )?(/\S+)", done.stdout, re.MULTILINE)}
