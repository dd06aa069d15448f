"""Sends every event to the deployed stack, then through sam local, and compares."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from aiohttp import ClientSession
from yarl import URL

from tools.local.issuer import Issuer
from tools.sam_local import compare, events
from tools.sam_local.compare import Answer
from tools.sam_local.events import Event
from tools.sam_local.sam import SamLocal
from tools.sam_local.stack import Stack

SHOWN = 8  # differences of one answer
# aiohttp's own, which would stand for what the event leaves out.
AUTOMATIC_HEADERS = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")


@dataclass
class Report:
    """Writes a line per answer; counts; keeps the seconds of each kind of call."""

    compared: int = 0
    differing: int = 0
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def line(self, what: str, answer: str, differences: list[str], note: str = "") -> None:
        """One compared answer, and under it where it differs."""
        self.compared += 1
        self.differing += bool(differences)
        verdict = "DIFFERS" if differences else "ok"
        print(f"{verdict:8}{what:47}{answer:14}{note}".rstrip(), flush=True)
        for difference in differences[:SHOWN]:
            print(f"{'':8}{difference}")
        if more := differences[SHOWN:]:
            print(f"{'':8}and {len(more)} more")

    def summary(self) -> str:
        """The counts, and the median of each kind of call."""
        medians = ", ".join(
            f"{kind} {statistics.median(seconds):.2f} s ({len(seconds)})"
            for kind, seconds in self.seconds.items()
        )
        return f"{self.compared} compared, {self.differing} differ. Medians: {medians}"


@dataclass(frozen=True)
class Run:
    """base_url: of the deployed API; sam_port: where start-api is to listen."""

    events: Sequence[Event]
    stack: Stack
    sam: SamLocal
    issuer: Issuer
    base_url: str
    sam_port: int
    report: Report = field(default_factory=Report)

    async def compare(self) -> None:
        """Both sides begin with an empty table and get the same events in the same order."""
        async with ClientSession() as client:
            self.stack.empty()
            invoked = [
                await asyncio.to_thread(self.stack.invoke, event.function, event.content)
                for event in self.events
            ]
            answered = [await self._send(client, self.base_url, event) for event in self.events]
            stored = self.stack.items()
            self.stack.empty()
            for event, deployed in zip(self.events, invoked, strict=True):
                await self._compare_invoke(event, deployed)
            async with self.sam.api(self.sam_port) as url:
                seen: set[str] = set()
                for event, deployed in zip(self.events, answered, strict=True):
                    kind = "later call" if event.function in seen else "first call"
                    seen.add(event.function)
                    await self._compare_http(client, url, event, deployed, kind)
        self._compare_table(stored)

    async def _compare_invoke(self, event: Event, deployed: Answer) -> None:
        began = time.monotonic()
        answer = await self.sam.invoke(event.function, event.file)
        seconds = self._note("invoke", began)
        differences = compare.differences(deployed, answer)
        self.report.line(
            f"invoke  {event.name}", compare.status(answer), differences, f"{seconds:.2f} s"
        )

    async def _compare_http(
        self, client: ClientSession, url: str, event: Event, deployed: Answer, kind: str
    ) -> None:
        if events.is_answered_by_its_path(event):
            print(f"{'-':8}{f'http    {event.name}':47}not compared, by the above", flush=True)
            return
        began = time.monotonic()
        answer = await self._send(client, url, event)
        note = f"{self._note(kind, began):.2f} s"
        if compare.is_the_gateways_own(answer):
            note += ", status alone"
        differences = compare.differences(deployed, answer, over_http=True)
        self.report.line(f"http    {event.name}", compare.status(answer), differences, note)

    def _compare_table(self, deployed: dict[str, dict[str, str]]) -> None:
        stored = self.stack.items()
        for key in sorted(deployed.keys() | stored.keys()):
            there, here = ({"body": items.get(key)} for items in (deployed, stored))
            self.report.line(f"stored  {key}", "", compare.differences(there, here))

    async def _send(self, client: ClientSession, base_url: str, event: Event) -> Answer:
        request = events.request(event, self.issuer)
        async with client.request(
            request.method,
            URL(base_url + request.path, encoded=True),
            headers=request.headers,
            data=request.body,
            allow_redirects=False,
            skip_auto_headers=AUTOMATIC_HEADERS,
        ) as answer:
            return {
                "statusCode": answer.status,
                "headers": dict(answer.headers),
                "body": await answer.text(),
            }

    def _note(self, kind: str, began: float) -> float:
        seconds = time.monotonic() - began
        self.report.seconds.setdefault(kind, []).append(seconds)
        return seconds
