"""Lambda as far as one function instance sees it: a new process, and the runtime API it polls."""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter_ns, time

from aiohttp import web

DEADLINE_SECONDS = 30
NANOSECONDS_PER_MS = 1_000_000
KIB_PER_MIB = 1024
INVOCATION_HEADERS = {
    "Lambda-Runtime-Aws-Request-Id": "697e3934-41a6-5e0f-994e-ea83eade5af5",
    "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:123456789012:function:bench",
    "Lambda-Runtime-Trace-Id": (
        "Root=1-6924f3a0-11ed37e23406264bee77cd15;Parent=53995c3f42cd8ad8;Sampled=1"
    ),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One instance's life, in milliseconds; memory in MiB, at its peak.

    init: from starting the interpreter until the runtime asks for its first event. first, later:
    from handing an event over until its answer arrives.
    """

    init: float
    first: float
    later: tuple[float, ...]
    memory: float
    answer: bytes


class InstanceFailed(Exception):
    """The instance reported an error, or gave no answer in time."""


class LambdaService:
    """The runtime API; one instance at a time polls it."""

    def __init__(self) -> None:
        self._polls: asyncio.Queue[int] = asyncio.Queue()
        self._events: asyncio.Queue[bytes] = asyncio.Queue()
        self._answers: asyncio.Queue[tuple[int, bytes]] = asyncio.Queue()
        self._handed_over = 0

    def routes(self) -> list[web.RouteDef]:
        """The paths of the runtime API that an instance without faults needs."""
        invocation = "/2018-06-01/runtime/invocation"
        return [
            web.get(f"{invocation}/next", self._next),
            web.post(f"{invocation}/{{id}}/response", self._response),
        ]

    async def run(
        self, handler: str, environment: Mapping[str, str], event: bytes, calls: int
    ) -> Sample:
        """Start an instance, let it answer the event so many times, end it.

        Raises InstanceFailed, with what the instance has written.
        """
        started = perf_counter_ns()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-S", "-m", "awslambdaric", handler),
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
        )
        durations = []
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                init = await self._polls.get() - started
                for _ in range(calls):
                    self._events.put_nowait(event)
                    duration, answer = await self._answers.get()
                    durations.append(duration / NANOSECONDS_PER_MS)
                    await self._polls.get()
            memory = _peak_memory(process.pid)
        except TimeoutError:
            raise InstanceFailed(f"{handler} gave no answer in {DEADLINE_SECONDS} s") from None
        finally:
            process.kill()
            await process.wait()
        self._events.put_nowait(b"")  # ends the poll that the process has left behind
        return Sample(init / NANOSECONDS_PER_MS, durations[0], tuple(durations[1:]), memory, answer)

    async def _next(self, _request: web.Request) -> web.Response:
        self._polls.put_nowait(perf_counter_ns())
        event = await self._events.get()
        deadline = str(int((time() + DEADLINE_SECONDS) * 1000))
        headers = {**INVOCATION_HEADERS, "Lambda-Runtime-Deadline-Ms": deadline}
        self._handed_over = perf_counter_ns()
        return web.Response(body=event, content_type="application/json", headers=headers)

    async def _response(self, request: web.Request) -> web.Response:
        duration = perf_counter_ns() - self._handed_over
        self._answers.put_nowait((duration, await request.read()))
        return web.Response(status=202)


def _peak_memory(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / KIB_PER_MIB
