"""make run: the whole stack on this machine until Ctrl-C or SIGTERM. Its data survives."""

import argparse
import shlex
import signal
import sys
from pathlib import Path
from types import FrameType

from aiohttp import web

from tools.local import deployment, emulator, front
from tools.local.issuer import SCOPES, Issuer


def main() -> None:
    """Build, start, deploy, serve; each step is named as it begins."""
    options = _options()
    signal.signal(signal.SIGTERM, _end)
    for port in (options.port, options.emulator_port):
        emulator.check_free(port)
    issuer = Issuer(f"http://127.0.0.1:{options.port}/auth/realms", options.state / "issuer.pem")
    folder = options.state / "run"
    _say("Building template.yaml (sam build)")
    deployment.build(folder)
    _say("Starting the AWS emulator, deploying (sam deploy)")
    with deployment.running(
        folder, options.emulator_port, issuer, enforce_iam=options.enforce_iam
    ) as url:
        web.run_app(
            front.application(issuer, url, deployment.outputs(url)["ApiId"]),
            host="127.0.0.1",
            port=options.port,
            access_log=None,
            shutdown_timeout=2,
            print=lambda _: _say(_ready(issuer, options.port, url)),
        )
        _say(f"Stopping; the data is kept in {folder}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.local", description=__doc__)
    parser.add_argument("--port", type=int, default=3000, help="of the API and the issuer")
    parser.add_argument("--emulator-port", type=int, default=3001)
    parser.add_argument("--state", type=Path, default=Path(".local"), help="folder of all state")
    parser.add_argument("--enforce-iam", action="store_true", help="as AWS does")
    return parser.parse_args()


def _ready(issuer: Issuer, port: int, emulator_url: str) -> str:
    base = f"http://127.0.0.1:{port}/v0"
    token = issuer.token("acme", "local", " ".join(SCOPES))
    curl = shlex.join(["curl", "-i", "-H", f"Authorization: Bearer {token}"])
    return f"""Ready. Ctrl-C stops it.

API       {base}/config/sales_order/…
Issuer    {issuer.url}/{{tenant}}
Emulator  {emulator_url} (AWS, {emulator.REGION})

A token for tenant acme, all scopes, valid for an hour (another one: make token):

{token}

Try it in another terminal:

{curl} {base}/config/sales_order/cancelable_locations
"""


def _say(text: str) -> None:
    print(f"==> {text}", flush=True)


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
