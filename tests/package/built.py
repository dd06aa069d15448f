"""The built functions and layers, and what a read imports from them.

python -m tests.package.built writes read_modules.txt, the list that the reads are held to.
"""

import sys
from pathlib import Path

from benchmarks.measure import environment
from benchmarks.packages import imported_modules
from tests.contract.project import CONFIG_NAMES
from tools.local import deployment

FOLDER = Path(".local/test/run")  # of the end-to-end tests' stack, so that it is built once
LAYERS = ("SharedLayer", "DependenciesLayer", "AuthorizerLayer")
READS = [f"{config_name}.get.handler" for config_name in CONFIG_NAMES] + ["fallback.any.handler"]
LIST = Path(__file__).with_name("read_modules.txt")


def build() -> Path:
    """sam build; what has not changed comes from its cache. Returns the folder it fills."""
    deployment.build(FOLDER)
    return FOLDER / "build"


def modules(built: Path, handler: str) -> set[str]:
    """What is imported when the function's init has ended, its client of DynamoDB being made.

    Of Python's own modules just the public packages: what they import in turn differs from patch
    to patch.
    """
    folders = [built / "GracePeriodGet", built / "SharedLayer/python", built / LAYERS[1] / "python"]
    path = ":".join(str(folder.resolve()) for folder in folders)
    nowhere = environment("http://127.0.0.1:1", "127.0.0.1:1")
    return {
        name
        for name in imported_modules(handler, path, nowhere)
        if name.split(".")[0] not in sys.stdlib_module_names or not {".", "_"} & set(name)
    } - {"__main__"}


if __name__ == "__main__":
    folder = build()
    LIST.write_text("\n".join(sorted(set().union(*(modules(folder, r) for r in READS)))) + "\n")
