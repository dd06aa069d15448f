"""make scale: what a call costs, and how latency goes with the number of tenants; docs/scale.md.

Runs against a local stack of its own, on loopback, for less than a minute of load.
"""

import asyncio
import math
import re
import statistics
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Any

from aiohttp import ClientSession
from boto3.dynamodb.conditions import Key
from boto3.dynamodb.types import TypeSerializer

from benchmarks.load import CLIENTS, LOAD_SECONDS, TENANTS, WARM_SECONDS, Load
from tools.local import deployment, front
from tools.local.issuer import Issuer

HERE = Path(__file__).parent
STATE = Path(".local/scale")
PORT, EMULATOR_PORT = 3020, 3021
BASE = f"http://127.0.0.1:{PORT}/v0/config/sales_order"
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


async def measured(issuer: Issuer, emulator_url: str) -> Load:
    """The load, run."""
    api_id = deployment.outputs(emulator_url)["ApiId"]
    async with front.serving(issuer, emulator_url, api_id, PORT), ClientSession() as session:
        load = Load(session, issuer, BASE)
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


def units(item: dict[str, Any]) -> tuple[int, int]:
    """What reading it consistently and writing it costs, in DynamoDB's units."""
    size = item_bytes(item)
    return math.ceil(size / (4 * KIB)), math.ceil(size / KIB)


def costs(items: list[dict[str, Any]]) -> Iterator[str]:
    """A row per document, at its largest."""
    for item in sorted(items, key=lambda item: list(LARGEST).index(item["config_name"])):
        size, (reads, writes) = item_bytes(item), units(item)
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
    with deployment.running(STATE / "run", EMULATOR_PORT, issuer, enforce_iam=False) as url:
        load = asyncio.run(measured(issuer, url))
        dynamodb = deployment.session().resource("dynamodb", endpoint_url=url)
        items = dynamodb.Table(deployment.outputs(url)["TableName"]).query(
            KeyConditionExpression=Key("tenant").eq("tenant-0")
        )["Items"]
        spent = lambda_milliseconds(url)
    reads, writes = max(map(units, items))  # the webhook's
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
        webhook_dollars=dollars(
            reads * READ_UNIT + writes * WRITE_UNIT + 2 * KEY_CALL, spent["PUT"]
        ),
        concurrency=f"{1000 / spent['PUT'] * 1000:,.0f}",
    )
    (HERE.parent / "docs/scale.md").write_text(page)
    print("==> docs/scale.md is written", flush=True)


if __name__ == "__main__":
    main()
