"""Runs every case once per round, in fresh processes, in an order of the round's own."""

import json
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

from aiohttp import web

from benchmarks import packages, stubs
from benchmarks.cases import CASES, Case, events
from benchmarks.lambda_service import LambdaService, Sample
from benchmarks.packages import Package
from tools.local.issuer import AUDIENCE, SCOPES, Issuer

VALUE = json.loads(stubs.ITEM["value"]["S"])

type Samples = dict[Case, list[Sample]]


class WrongAnswer(Exception):
    """A function did not do its job: what it costs means nothing."""


async def measure(folder: Path, built: Mapping[str, Package], rounds: int) -> Samples:
    """Each case's samples, one per round; a round before them fills the disk's cache."""
    service = LambdaService()
    samples: Samples = {case: [] for case in CASES}
    order = random.Random(rounds)  # noqa: S311 - no secret
    async with _serving(service, folder) as (environment, issuer):
        by_call = events(issuer.token("acme", "bench", SCOPES[0]))
        for number in range(rounds + 1):
            print(f"==> Round {number} of {rounds}", flush=True)
            for case in order.sample(CASES, len(CASES)):
                handler, added = case.start()
                path = f"{built[case.package].python_path}:{packages.runtime(folder)}"
                path += f":{packages.HERE}" if case.stubbed else ""
                instance = {**environment, **added, "PYTHONPATH": path}
                sample = await service.run(handler, instance, by_call[case.call], case.calls)
                _check(case, sample.answer)
                if number:
                    samples[case].append(sample)
    return samples


def environment(url: str, daemon: str) -> dict[str, str]:
    """What Lambda and the template set. url: of all services; daemon: X-Ray's address."""
    return {
        "AUDIENCE": AUDIENCE,
        "AWS_ACCESS_KEY_ID": "obviously-fake",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": url,
        "AWS_EXECUTION_ENV": "AWS_Lambda_python3.13",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
        "AWS_LAMBDA_FUNCTION_NAME": "bench",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_LOG_FORMAT": "JSON",
        "AWS_LAMBDA_RUNTIME_API": url.removeprefix("http://"),
        "AWS_REGION": "us-east-1",
        "AWS_SECRET_ACCESS_KEY": "obviously-fake",
        "AWS_SESSION_TOKEN": "obviously-fake",
        "AWS_XRAY_DAEMON_ADDRESS": daemon,
        "ISSUER_TEMPLATE": f"{url}/auth/realms/{{tenant}}",
        "KEYS_URL_TEMPLATE": "{issuer}/protocol/openid-connect/certs",
        "LAMBDA_TASK_ROOT": "/var/task",
        "LANG": "en_US.UTF-8",
        "POWERTOOLS_METRICS_NAMESPACE": "bench",
        "POWERTOOLS_SERVICE_NAME": "sales-order-config",
        "PYTHONDONTWRITEBYTECODE": "1",  # Lambda's file system is read-only
        "TABLE_NAME": "config",
    }


@asynccontextmanager
async def _serving(
    service: LambdaService, folder: Path
) -> AsyncIterator[tuple[dict[str, str], Issuer]]:
    issuer = Issuer("", folder / "issuer.pem")
    application = web.Application()
    application.add_routes([*service.routes(), *issuer.routes(), web.post("/", stubs.dynamodb)])
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0]
        url = f"http://{host}:{port}"
        issuer.url = f"{url}/auth/realms"
        with stubs.xray_daemon() as daemon:
            yield environment(url, daemon), issuer
    finally:
        await runner.cleanup()


def _value(answered: dict[str, Any]) -> Any:
    return json.loads(answered["body"])["value"]


def _check(case: Case, answer: bytes) -> None:
    answered = json.loads(answer)
    if case.call == "authorizer":
        right = answered["policyDocument"]["Statement"][0]["Effect"] == "Allow"
    else:
        right = answered["statusCode"] == HTTPStatus.OK and _value(answered) == VALUE
    if not right:
        raise WrongAnswer(f"{case}: {answered}")
