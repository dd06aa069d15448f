"""samconfig.toml's stack parameters, some of them replaced.

An override on the command line drops all that the file says, so that all of them are given again.
python -m tools.samconfig ENVIRONMENT [NAME=VALUE …] prints them for sam deploy.
"""

import shlex
import sys
import tomllib
from pathlib import Path

FILE = Path("samconfig.toml")


def parameters(environment: str, replaced: dict[str, str]) -> list[str]:
    """NAME=VALUE of each stack parameter that is set for an environment (local, dev, prod)."""
    deploy = tomllib.loads(FILE.read_text())[environment]["deploy"]["parameters"]
    declared = dict(pair.split("=", 1) for pair in shlex.split(deploy["parameter_overrides"]))
    return [f"{name}={value}" for name, value in (declared | replaced).items()]


if __name__ == "__main__":
    environment, *pairs = sys.argv[1:]
    print(*parameters(environment, dict(pair.split("=", 1) for pair in pairs)))
