"""The embedded AWS: MiniStack, on a loopback port, with its state in a folder."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

REGION = "us-east-1"
SERVICES = "apigateway,cloudformation,dynamodb,iam,kms,lambda,logs,s3,sts"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
START_SECONDS = 30
STOP_SECONDS = 30


@contextmanager
def running(state: Path, port: int, *, enforce_iam: bool) -> Iterator[str]:
    """The emulator's URL while it runs; its data is written to the folder when it ends."""
    check_free(port)
    state.mkdir(parents=True, exist_ok=True)
    workers = state / "workers"
    _empty(workers)
    url = f"http://127.0.0.1:{port}"
    with (state / "emulator.log").open("ab") as log:
        process = subprocess.Popen(
            [".venv-emulator/bin/python", "-m", "ministack"],
            env=_environment(state, workers, port, enforce_iam=enforce_iam),
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches the whole group; only we end it, and wait
        )
        try:
            _wait_until_healthy(process, url, log.name)
            yield url
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                raise SystemExit(f"The AWS emulator did not stop; see {log.name}") from None
            finally:
                _empty(workers)


def check_free(port: int) -> None:
    """Ends the program where something listens on this port of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise SystemExit(
                f"Port {port} is taken: end what listens there, then try again."
            ) from None


def client_environment(url: str) -> dict[str, str]:
    """What an AWS client or tool needs to speak to the emulator, and to nothing else."""
    return {
        **os.environ,
        **CREDENTIALS,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ENDPOINT_URL": url,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }


def _environment(state: Path, workers: Path, port: int, *, enforce_iam: bool) -> dict[str, str]:
    inherited = {n: v for n, v in os.environ.items() if not n.startswith(("AWS_", "PYTHON"))}
    return {
        **inherited,
        **CREDENTIALS,
        "AUTH": "true" if enforce_iam else "false",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",  # else it listens on every interface
        "MINISTACK_REGION": REGION,
        "PERSIST_STATE": "1",
        "S3_PERSIST": "0",
        "SERVICES": SERVICES,
        "SFTP_ENABLED": "0",
        "STATE_DIR": str((state / "aws").resolve()),
        "TMPDIR": str(workers.resolve()),
    }


def _wait_until_healthy(process: "subprocess.Popen[bytes]", url: str, log: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{url}/_ministack/health", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise SystemExit(f"The AWS emulator did not start; see {log}")


def _empty(folder: Path) -> None:
    """Each function's worker unpacks its code here and leaves it behind."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
