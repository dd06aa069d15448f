"""make bench: time the functions beside their peers; write docs/performance.md. On Linux only."""

import argparse
import asyncio
import os
from pathlib import Path

from benchmarks import packages, report
from benchmarks.measure import measure

FOLDER = Path(".local/bench")


def main() -> None:
    """Build, measure, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    print("==> Building this project and its peers", flush=True)
    built = packages.build(FOLDER)
    samples = asyncio.run(measure(FOLDER, built, rounds))
    report.write(samples, built, FOLDER, load)
    print(f"==> {report.DOCS / 'performance.md'} is written")


if __name__ == "__main__":
    main()
