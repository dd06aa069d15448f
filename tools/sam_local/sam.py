"""sam local, as a user runs it, with what it needs to reach this machine's emulator."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.local.deployment import SAM
from tools.sam_local.engine import HOST

START_SECONDS = 60
STOP_SECONDS = 30


@dataclass(frozen=True)
class SamLocal:
    """folder: for its logs and caches; bridge: this machine's address for containers."""

    folder: Path
    template: Path
    image: str
    bridge: str
    variables: Mapping[str, Mapping[str, str]]
    environment: Mapping[str, str]

    async def invoke(self, function: str, event: Path) -> Any:
        """The answer to `sam local invoke FUNCTION -e EVENT`."""
        log = self.folder / "sam-local-invoke.log"
        arguments = ("invoke", function, "--event", event)
        async with self._running(log, *arguments, output=asyncio.subprocess.PIPE) as process:
            output, _ = await process.communicate()
        try:
            return json.loads(output)
        except ValueError:
            return {"errorMessage": f"no answer; see {log}"}

    @asynccontextmanager
    async def api(self, port: int) -> AsyncIterator[str]:
        """The URL of `sam local start-api` while it runs; each function's container is kept."""
        log = self.folder / "sam-local-start-api.log"
        options = ("--port", str(port), "--warm-containers", "LAZY")
        async with self._running(log, "start-api", *options) as process:
            await _until_it_listens(process, port, log)
            yield f"http://127.0.0.1:{port}"

    @asynccontextmanager
    async def _running(
        self, log: Path, *arguments: str | Path, output: int | None = None
    ) -> AsyncIterator[asyncio.subprocess.Process]:
        variables = self.folder / "variables.json"
        variables.write_text(json.dumps(self.variables, indent=2))
        with log.open("ab") as errors:
            process = await asyncio.create_subprocess_exec(
                *(SAM, "local", *arguments),
                *("--template", self.template, "--env-vars", variables),
                *("--invoke-image", self.image, "--skip-pull-image"),
                *("--add-host", f"{HOST}:{self.bridge}"),
                *("--layer-cache-basedir", self.folder / "layers"),
                env=self.environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output or errors,
                stderr=errors,
                start_new_session=True,  # Ctrl-C reaches the whole group; only we end it, once
            )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGINT)  # it removes its containers
                await asyncio.wait_for(process.communicate(), STOP_SECONDS)


async def _until_it_listens(process: asyncio.subprocess.Process, port: int, log: Path) -> None:
    async with asyncio.timeout(START_SECONDS):
        while process.returncode is None:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.2)
            else:
                writer.close()
                return
    raise SystemExit(f"sam local start-api did not start; see {log}")
