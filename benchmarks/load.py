"""The load of make scale: clients of 1 to 1,000 tenants, on loopback, for less than a minute."""

import asyncio
import itertools
import time
from collections import defaultdict
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from aiohttp import ClientSession

from tools.local.issuer import SCOPES, Issuer

TENANTS = (1, 10, 100, 1000)
CLIENTS = 4
WARM_SECONDS = 10
LOAD_SECONDS = 45
LOADED = "external_oms"  # read by default: a tenant need not have set it


class Load:
    """Clients of many tenants, and how long their calls took.

    milliseconds: of calls with a token that the gateway knows, by method and number of tenants.
    first: of each token's first call, which the authorizer judges.
    """

    def __init__(self, session: ClientSession, issuer: Issuer, base_url: str) -> None:
        self._session = session
        self._base_url = base_url
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
            f"{self._base_url}/{config_name}",
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
