"""Lets containers reach loopback ports of this machine, and nobody else."""

import asyncio
import errno
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

CHUNK_BYTES = 65_536


@asynccontextmanager
async def forwarded(address: str, *ports: int) -> AsyncIterator[None]:
    """The ports of 127.0.0.1 are reached at the address, too: that of the containers' bridge."""
    async with AsyncExitStack() as stack:
        for port in ports:
            try:
                server = await asyncio.start_server(_to_loopback(port), address, port)
            except OSError as error:
                if error.errno == errno.EADDRNOTAVAIL:
                    raise SystemExit(
                        f"The Docker engine's bridge ({address}) is not on this machine: it runs in"
                        " a virtual machine or rootless, which is not supported here."
                    ) from None
                raise SystemExit(str(error)) from None
            await stack.enter_async_context(server)
        yield


def _to_loopback(
    port: int,
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_copy(reader, there_writer), _copy(there_reader, writer))

    return handle


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while chunk := await source.read(CHUNK_BYTES):
            target.write(chunk)
            await target.drain()
    except ConnectionError:
        pass  # one side has gone; the other is told by the close
    finally:
        target.close()
