"""samconfig.toml's stack parameters, some of them replaced, and what is built as their Revision.

An override on the command line drops all that the file says, so that all of them are given again.
python -m tools.samconfig ENVIRONMENT [NAME=VALUE …] prints them for sam deploy.
"""

import hashlib
import shlex
import sys
import tomllib
from pathlib import Path

FILE = Path("samconfig.toml")
BUILD = Path(".aws-sam/build")


def parameters(environment: str, replaced: dict[str, str], build: Path) -> list[str]:
    """NAME=VALUE of each stack parameter of an environment (local, dev, prod).

    Revision is a digest of all others and of the build: where something changes, new versions are
    published, which SAM on its own does not do for another value of a parameter.
    """
    deploy = tomllib.loads(FILE.read_text())[environment]["deploy"]["parameters"]
    declared = dict(pair.split("=", 1) for pair in shlex.split(deploy["parameter_overrides"]))
    pairs = [f"{name}={value}" for name, value in (declared | replaced).items()]
    digest = hashlib.sha256("\n".join(pairs).encode())
    for file in sorted(file for file in build.rglob("*") if file.is_file()):
        digest.update(f"{file.relative_to(build)} ".encode() + file.read_bytes())
    return [*pairs, f"Revision={digest.hexdigest()[:16]}"]


if __name__ == "__main__":
    environment, *pairs = sys.argv[1:]
    print(*parameters(environment, dict(pair.split("=", 1) for pair in pairs), BUILD))
