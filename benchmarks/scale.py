"""make scale: what a call costs, and how latency goes with the number of tenants; docs/scale.md.

Runs against a local stack of its own, on loopback, for less than a minute of load.
"""

import asyncio
import itertools
import math
import re
import statistics
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from string import Template
from typing import Any

from aiohttp import ClientSession, web
from boto3.dynamodb.conditions import Key
from boto3.dynamodb.types import TypeSerializer

from tools.local import deployment, emulator, front
from tools.local.issuer import SCOPES, Issuer

HERE = Path(__file__).parent
STATE = Path(".local/scale")
PORT, EMULATOR_PORT = 3020, 3021
BASE = f"http://127.0.0.1:{PORT}/v0/config/sales_order"
TENANTS = (1, 10, 100, 1000)
CLIENTS = 4
WARM_SECONDS = 10
LOAD_SECONDS = 45
LOADED = "external_oms"  # read by default: a tenant need not have set it
KIB = 1024

# Published for us-east-1 in 2025, in US dollars per million.
GATEWAY, LAMBDA, READ_UNIT, WRITE_UNIT, KEY_CALL = 3.50, 0.20, 0.125, 0.625, 3.00
GB_SECOND = 16.6667
MEMORY_GB = 0.5

LARGEST: dict[str, Any] = {
    "external_oms": {"enabled": True},
    "order_id_sequence": {"prefix": "N" * 32, "size": 64, "start": 2**53 - 1, "step": 2**53 - 1},
    "grace_period": 2**31 - 1,
    "cancelable_locations": ["store", "dc"],
    "big_sales_order": {"soft_limit_for_big_orders": 2**31 - 1},
    "external_order_webhook": {
        "url": "https://oms.example.com/".ljust(2048, "x"),
        "api_key": "k" * 1024,
        "timeout": 25,
    },
}


class Load:
    """Clients of many tenants, and how long their calls took.

    milliseconds: of calls with a token that the gateway knows, by method and number of tenants.
    first: of each token's first call, which the authorizer judges.
    """

    def __init__(self, session: ClientSession, issuer: Issuer) -> None:
        self._session = session
        scope = " ".join(SCOPES)
        self._tokens = [issuer.token(f"tenant-{n}", "load", scope) for n in range(max(TENANTS))]
        self._known: set[int] = set()
        self._values = iter(range(2**31))
        self.milliseconds: defaultdict[tuple[str, int], list[float]] = defaultdict(list)
        self.first: list[float] = []

    async def call(self, method: str, tenant: int, config_name: str, value: Any = None) -> float:
        """One call; how many milliseconds it took."""
        began = time.perf_counter()
        async with self._session.request(
            method,
            f"{BASE}/{config_name}",
            headers={"Authorization": f"Bearer {self._tokens[tenant]}"},
            json=None if method == "GET" else {"value": value},
        ) as answer:
            if answer.status != HTTPStatus.OK:
                raise SystemExit(f"{method} {config_name}: {answer.status} {await answer.text()}")
        return (time.perf_counter() - began) * 1000

    async def run(self) -> None:
        """All numbers of tenants in turn, so that whatever else happens happens to all alike."""
        turns = itertools.count()
        await self._until(time.monotonic() + WARM_SECONDS, turns)
        self.milliseconds.clear()
        self.first.clear()
        await self._until(time.monotonic() + LOAD_SECONDS, turns)

    async def _until(self, end: float, turns: Iterator[int]) -> None:
        async def client() -> None:
            while time.monotonic() < end:
                turn = next(turns)
                for tenants in TENANTS:
                    await self._turn(turn % tenants, tenants)

        await asyncio.gather(*(client() for _ in range(CLIENTS)))

    async def _turn(self, tenant: int, tenants: int) -> None:
        if tenant not in self._known:
            self._known.add(tenant)
            self.first.append(await self.call("GET", tenant, LOADED))
        for method in ("GET", "PUT"):
            took = await self.call(method, tenant, LOADED, {"enabled": next(self._values) % 2 == 0})
            self.milliseconds[method, tenants].append(took)


@asynccontextmanager
async def serving(issuer: Issuer, emulator_url: str) -> AsyncIterator[None]:
    """The front, at its address."""
    runner = web.AppRunner(
        front.application(issuer, emulator_url, deployment.outputs(emulator_url)["ApiId"])
    )
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", PORT).start()
    try:
        yield
    finally:
        await runner.cleanup()


async def measured(issuer: Issuer, emulator_url: str) -> Load:
    """The load, run."""
    async with serving(issuer, emulator_url), ClientSession() as session:
        load = Load(session, issuer)
        for config_name, value in LARGEST.items():
            await load.call("PUT", 0, config_name, value)
        print(f"==> {WARM_SECONDS + LOAD_SECONDS} s of load", flush=True)
        await load.run()
    return load


def item_bytes(item: dict[str, Any]) -> int:
    """What DynamoDB counts: names and values; a number is at most 21 bytes."""
    serialized = TypeSerializer().serialize(item)["M"]
    return sum(len(name.encode()) + _value_bytes(value) for name, value in serialized.items())


def _value_bytes(value: dict[str, Any]) -> int:
    ((kind, content),) = value.items()
    match kind:
        case "S":
            return len(content.encode())
        case "B":
            return len(bytes(content))
        case "N":
            return 21
        case _:
            return 1


def costs(items: list[dict[str, Any]]) -> Iterator[str]:
    """A row per document, at its largest."""
    for item in sorted(items, key=lambda item: list(LARGEST).index(item["config_name"])):
        size = item_bytes(item)
        reads, writes = math.ceil(size / (4 * KIB)), math.ceil(size / KIB)
        yield f"| `{item['config_name']}` | {size:,} | {reads} | {writes} | {1000 // writes:,} |"


def latencies(load: Load) -> Iterator[str]:
    """A row per number of tenants."""
    for tenants in TENANTS:
        cells = []
        for method in ("GET", "PUT"):
            tens = statistics.quantiles(load.milliseconds[method, tenants], n=10)
            first = statistics.median(load.milliseconds[method, 1])
            cells += [f"{tens[4]:.1f}", f"{tens[8]:.1f}", f"{tens[4] / first:.2f}"]
        calls = len(load.milliseconds["GET", tenants])
        yield f"| {tenants:,} | {calls:,} | {' | '.join(cells)} |"


def lambda_milliseconds(emulator_url: str) -> dict[str, float]:
    """The median duration that the functions' log reports, by method."""
    logs = deployment.session().client("logs", endpoint_url=emulator_url)
    found: defaultdict[str, list[int]] = defaultdict(list)
    for group in logs.describe_log_groups()["logGroups"]:
        methods: dict[str, str] = {}  # of each instance's last call
        for page in logs.get_paginator("filter_log_events").paginate(
            logGroupName=group["logGroupName"]
        ):
            for event in page["events"]:
                instance, message = event["logStreamName"], event["message"]
                if answered := re.search(r'"method":"(\w+)"', message):
                    methods[instance] = answered[1]
                elif (reported := re.search(r"\tDuration: (\d+) ms", message)) and (
                    method := methods.pop(instance, None)
                ):
                    found[method].append(int(reported[1]))
    return {method: statistics.median(durations) for method, durations in found.items()}


def dollars(units: float, milliseconds: float) -> str:
    """Of a million calls."""
    lambda_time = milliseconds / 1000 * MEMORY_GB * GB_SECOND
    return f"{GATEWAY + LAMBDA + lambda_time + units:.2f}"


def main() -> None:
    """Build, deploy, load, write the page."""
    issuer = Issuer(f"http://127.0.0.1:{PORT}/auth/realms", STATE / "issuer.pem")
    print("==> Building and deploying", flush=True)
    deployment.build(STATE / "run")
    with emulator.running(STATE / "run", EMULATOR_PORT, enforce_iam=False) as url:
        digest = deployment.deploy(STATE / "run", url, f"{issuer.url}/{{tenant}}")
        load = asyncio.run(measured(issuer, url))
        dynamodb = deployment.session().resource("dynamodb", endpoint_url=url)
        items = dynamodb.Table(deployment.outputs(url)["TableName"]).query(
            KeyConditionExpression=Key("tenant").eq("tenant-0")
        )["Items"]
        spent = lambda_milliseconds(url)
    deployment.remember(STATE / "run", digest)
    page = Template((HERE / "scale.md").read_text()).substitute(
        costs="\n".join(costs(items)),
        latencies="\n".join(latencies(load)),
        first=f"{statistics.median(load.first):.0f}",
        seconds=LOAD_SECONDS,
        clients=CLIENTS,
        read_ms=f"{spent['GET']:.0f}",
        write_ms=f"{spent['PUT']:.0f}",
        read_dollars=dollars(READ_UNIT, spent["GET"]),
        write_dollars=dollars(WRITE_UNIT, spent["PUT"]),
        webhook_dollars=dollars(READ_UNIT + 4 * WRITE_UNIT + 2 * KEY_CALL, spent["PUT"]),
        concurrency=f"{1000 / spent['PUT'] * 1000:,.0f}",
    )
    (HERE.parent / "docs/scale.md").write_text(page)
    print("==> docs/scale.md is written", flush=True)


if __name__ == "__main__":
    main()
