"""docs/performance.md and its picture, from a run's samples."""

import os
import platform
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from string import Template

from benchmarks import chart, measure, packages
from benchmarks.cases import (
    BOTO3_GET,
    BOTO3_PUT,
    BOTO3_STUBBED,
    COLD,
    LATER_CALLS,
    OWN_STUBBED,
    POWERTOOLS_STUBBED,
    PUT,
    WARM,
    WITHOUT,
    WITHOUT_LOG,
    Case,
)
from benchmarks.figures import TARGETS, Spread, cold, first, init, later, memory, ratio, spread
from benchmarks.measure import Samples
from benchmarks.packages import Package

DOCS = Path("docs")
TEMPLATE = packages.HERE / "performance.md"
BYTES_PER_MB = 1_000_000
PINNED = ("awslambdaric", "boto3", "aws-lambda-powertools", "aws-xray-sdk", "fastapi", "chalice")


def write(samples: Samples, built: Mapping[str, Package], folder: Path, load: str) -> None:
    """Fill the template in. load: the machine's, before the run."""
    warm, quiet = (
        ratio(samples, case, BOTO3_STUBBED, later).median for case in (OWN_STUBBED, WITHOUT_LOG)
    )
    text = Template(TEMPLATE.read_text()).substitute(
        rounds=len(samples[BOTO3_GET]),
        date=datetime.now(UTC).date(),
        later=LATER_CALLS,
        targets=_rows(_targets(samples)),
        warm_ratio=f"{warm:.2f}",
        line_ratio=f"{warm - quiet:.2f}",
        cold=_rows(_cold(samples, case) for case in (*COLD, *WITHOUT)),
        warm=_rows(_warm(samples, case) for case in WARM),
        packages=_rows(_packages(built, folder)),
        peers=len(packages.PEERS) - 1,
        machine=_rows(_machine(load)),
    )
    (DOCS / "performance.md").write_text(text)
    bars = [
        chart.Bar(
            _name(case), spread(samples, case, init).median, spread(samples, case, first).median
        )
        for case in COLD
    ]
    (DOCS / "performance.svg").write_text(chart.draw(bars))


def _name(case: Case) -> str:
    return f"{case.label}, {case.call}"


def _rows(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _targets(samples: Samples) -> Iterable[list[str]]:
    for target in TARGETS:
        reached = target.reached(samples)
        met = "met" if reached.median <= target.limit else "**missed**"
        yield [target.what, f"{target.limit:.2f}", f"{reached.median:.2f}", _range(reached), met]


def _cold(samples: Samples, case: Case) -> list[str]:
    reference = BOTO3_PUT if case.call == PUT else BOTO3_GET
    return [
        case.label,
        case.call,
        f"{spread(samples, case, init).median:.0f}",
        f"{spread(samples, case, first).median:.1f}",
        _with_range(ratio(samples, case, reference, init)),
        _with_range(ratio(samples, case, reference, cold)),
        f"{spread(samples, case, later).median:.2f}",
        f"{spread(samples, case, memory).median:.0f}",
    ]


def _warm(samples: Samples, case: Case) -> list[str]:
    return [
        case.label,
        f"{spread(samples, case, later).median:.2f}",
        _with_range(ratio(samples, case, BOTO3_STUBBED, later)),
        _with_range(ratio(samples, case, POWERTOOLS_STUBBED, later)),
    ]


def _packages(built: Mapping[str, Package], folder: Path) -> Iterable[list[str]]:
    environment = measure.environment("http://127.0.0.1:1", "127.0.0.1:1")
    runtime = str(packages.runtime(folder))
    for case in COLD:
        package = built[case.package]
        path = os.pathsep.join([package.python_path, runtime])
        yield [
            _name(case),
            f"{package.zipped / BYTES_PER_MB:.1f}",
            f"{package.unzipped / BYTES_PER_MB:.1f}",
            str(len(packages.imported_modules(case.handler, path, environment))),
        ]


def _machine(load: str) -> Iterable[list[str]]:
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    yield ["CPUs", f"{os.cpu_count()} of {cpu[1] if cpu else platform.machine()}"]
    yield ["Load before the run (1, 5, 15 minutes)", load]
    yield ["Kernel", f"{platform.system()} {platform.release()}"]
    yield ["Python", platform.python_version()]
    locks = "".join(lock.read_text() for lock in (packages.HERE / "requirements").glob("*.txt"))
    for name in PINNED:
        version = re.search(rf"^{name}==(\S+)", locks, re.MULTILINE)
        yield [name, version[1] if version else ""]


def _range(values: Spread) -> str:
    return f"{values.p10:.2f} to {values.p90:.2f}"


def _with_range(values: Spread) -> str:
    return f"{values.median:.2f} ({_range(values)})"
