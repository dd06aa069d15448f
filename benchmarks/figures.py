"""Samples -> medians, ratios round by round, and whether the targets are met."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from benchmarks.cases import (
    AUTHORIZER,
    BOTO3_GET,
    BOTO3_PUT,
    BOTO3_STUBBED,
    OWN_GET,
    OWN_PUT,
    OWN_STUBBED,
    POWERTOOLS_GET,
    POWERTOOLS_STUBBED,
    Case,
)
from benchmarks.lambda_service import Sample
from benchmarks.measure import Samples

type Figure = Callable[[Sample], float]


def init(sample: Sample) -> float:
    """Milliseconds until the first event can be taken."""
    return sample.init


def first(sample: Sample) -> float:
    """Milliseconds of the first call."""
    return sample.first


def cold(sample: Sample) -> float:
    """Milliseconds of init and first call: what a caller waits for on a cold start."""
    return sample.init + sample.first


def later(sample: Sample) -> float:
    """Milliseconds of a later call."""
    return median(sample.later)


def memory(sample: Sample) -> float:
    """MiB at the peak."""
    return sample.memory


@dataclass(frozen=True, slots=True)
class Spread:
    """A median, and the tenth and ninetieth percentile."""

    p10: float
    median: float
    p90: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Of at least two values."""
        deciles = quantiles(values, n=10, method="inclusive")
        return cls(deciles[0], median(values), deciles[-1])


def spread(samples: Samples, case: Case, figure: Figure) -> Spread:
    """Over the rounds."""
    return Spread.of([figure(sample) for sample in samples[case]])


def ratio(samples: Samples, case: Case, to: Case, figure: Figure) -> Spread:
    """Over the rounds, of the two samples of one round."""
    pairs = zip(samples[case], samples[to], strict=True)
    return Spread.of([figure(ours) / figure(theirs) for ours, theirs in pairs])


@dataclass(frozen=True, slots=True)
class Target:
    """At most `limit`: of the figure in milliseconds, or of its ratio to another case's."""

    what: str
    limit: float
    case: Case
    figure: Figure
    to: Case | None = None

    def reached(self, samples: Samples) -> Spread:
        """What was measured; its median decides."""
        if self.to is None:
            return spread(samples, self.case, self.figure)
        return ratio(samples, self.case, self.to, self.figure)


TARGETS = (
    Target("GET, init / boto3's", 0.80, OWN_GET, init, BOTO3_GET),
    Target("GET, init + first call / boto3's", 0.85, OWN_GET, cold, BOTO3_GET),
    Target("PUT, init + first call / boto3's", 1.30, OWN_PUT, cold, BOTO3_PUT),
    Target("Authorizer, init / boto3's GET", 0.80, AUTHORIZER, init, BOTO3_GET),
    Target("Authorizer, later call (token check and runtime), ms", 1.0, AUTHORIZER, later),
    Target("GET, init / Powertools'", 0.55, OWN_GET, init, POWERTOOLS_GET),
    Target("GET, later call, store stubbed / boto3's", 1.15, OWN_STUBBED, later, BOTO3_STUBBED),
    Target(
        "GET, later call, store stubbed / Powertools'",
        0.55,
        OWN_STUBBED,
        later,
        POWERTOOLS_STUBBED,
    ),
)
