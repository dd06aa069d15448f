"""Cuts botocore down to what the functions use: the rest only costs cold starts.

python prune.py FOLDER, the layer's python folder. The code stays as pinned; only data of other
services goes. tests/contract/test_pruned_botocore.py proves that what is left is enough.
"""

import json
import shutil
import sys
from pathlib import Path

SERVICES = frozenset({"dynamodb", "kms"})


def prune(botocore_data: Path) -> None:
    """Remove the models of other services, and their entries in endpoints.json."""
    for service in botocore_data.iterdir():
        if service.is_dir() and service.name not in SERVICES:
            shutil.rmtree(service)
    endpoints_file = botocore_data / "endpoints.json"
    endpoints = json.loads(endpoints_file.read_text())
    for partition in endpoints["partitions"]:
        services = partition["services"]
        partition["services"] = {name: services[name] for name in services if name in SERVICES}
    endpoints_file.write_text(json.dumps(endpoints, separators=(",", ":")))


if __name__ == "__main__":
    prune(Path(sys.argv[1]) / "botocore" / "data")
