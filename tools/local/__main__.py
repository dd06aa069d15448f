"""make run: the whole stack on this machine until Ctrl-C or SIGTERM. Its data survives."""

import os
import shlex
import signal
import socket
import sys
from pathlib import Path
from types import FrameType

from aiohttp import web

from tools.local import deployment, emulator, front
from tools.local.issuer import SCOPES, Issuer

STATE = Path(".local/run")
KEY_FILE = Path(".local/issuer.pem")


def main() -> None:
    """Build, start, deploy, serve; each step is named as it begins."""
    signal.signal(signal.SIGTERM, _end)
    port = int(os.environ.get("PORT", "3000"))
    emulator_port = port + 1
    for needed in (port, emulator_port):
        _check_free(needed)
    issuer = Issuer(f"http://127.0.0.1:{port}/auth/realms", KEY_FILE)
    _say("Building template.yaml (sam build)")
    deployment.build(STATE)
    _say("Starting the AWS emulator")
    with emulator.running(STATE, emulator_port, enforce_iam=False) as url:
        _say("Deploying (sam deploy)")
        deployment.deploy(STATE, url, f"{issuer.url}/{{tenant}}")
        api_id = deployment.outputs(url)["ApiId"]
        app = front.application(issuer, url, lambda: api_id)
        token = issuer.token("acme", "local", " ".join(SCOPES))
        web.run_app(
            app,
            host="127.0.0.1",
            port=port,
            access_log=None,
            print=lambda _: _say(_ready(port, emulator_port, token)),
        )
        _say("Stopping; the data is kept in .local/run")


def _ready(port: int, emulator_port: int, token: str) -> str:
    base = f"http://127.0.0.1:{port}/v0"
    curl = shlex.join(["curl", "-i", "-H", f"Authorization: Bearer {token}"])
    return f"""Ready. Ctrl-C stops it.

API       {base}/config/sales_order/…
Issuer    http://127.0.0.1:{port}/auth/realms/{{tenant}}
Emulator  http://127.0.0.1:{emulator_port} (AWS, {emulator.REGION})

A token for tenant acme, all scopes, valid for an hour (another one: make token):

{token}

Try it in another terminal:

{curl} {base}/config/sales_order/cancelable_locations
"""


def _say(text: str) -> None:
    print(f"==> {text}", flush=True)


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Port {port} is taken. End what listens there, or: make run PORT=4000")


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
