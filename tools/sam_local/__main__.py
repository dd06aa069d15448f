"""make sam-local: every event through sam local and through the deployed stack, compared.

Writes a line per event; ends with 1 when an answer differs.
"""

import asyncio
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import yaml

from tools.local import deployment, emulator, front
from tools.local.issuer import Issuer
from tools.sam_local import compare, engine, events
from tools.sam_local.forward import forwarded
from tools.sam_local.run import Report, Run
from tools.sam_local.sam import SamLocal
from tools.sam_local.stack import Stack

STATE = Path(".local/sam-local")
DEPLOYED = STATE / "run"
TEMPLATE = DEPLOYED / "build/template.yaml"
PORT, EMULATOR_PORT, SAM_PORT = 3010, 3011, 3012


def main() -> None:
    """Build, deploy, make the image, compare; each step is named as it begins."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _say(f"Docker engine {engine.check()}")
    issuer = Issuer(f"http://127.0.0.1:{PORT}/auth/realms", STATE / "issuer.pem")
    _say("Building template.yaml (sam build)")
    deployment.build(DEPLOYED)
    for log in STATE.glob("*.log"):
        log.unlink()
    _say("Getting Lambda's image")
    base = engine.base_image(STATE, TEMPLATE.parent)
    _say(base if base == engine.PUBLIC_IMAGE else f"It can't be pulled; made here: {base}")
    _say("Starting the AWS emulator, deploying (sam deploy)")
    with deployment.running(DEPLOYED, EMULATOR_PORT, issuer, enforce_iam=False) as url:
        report = asyncio.run(_compare(issuer, base, url))
    _say(report.summary())
    sys.exit(1 if report.differing else 0)


async def _compare(issuer: Issuer, base: str, emulator_url: str) -> Report:
    stack = Stack(emulator_url)
    bridge = engine.bridge_address(base)
    variables = stack.variables()
    # The realms' one key set, by the name under which a container reaches this machine.
    variables["Authorizer"]["KEYS_URL_TEMPLATE"] = (
        f"http://{engine.HOST}:{PORT}/auth/realms/any/protocol/openid-connect/certs"
    )
    async with AsyncExitStack() as resources:
        image = resources.enter_context(engine.image(base, f"http://{engine.HOST}:{EMULATOR_PORT}"))
        await resources.enter_async_context(front.serving(issuer, emulator_url, stack.api_id, PORT))
        await resources.enter_async_context(forwarded(bridge, PORT, EMULATOR_PORT))
        run = Run(
            events=events.load(Path("events"), yaml.safe_load(TEMPLATE.read_text())),
            stack=stack,
            sam=SamLocal(
                folder=STATE,
                template=TEMPLATE,
                image=image,
                bridge=bridge,
                variables=variables,
                environment=emulator.client_environment(emulator_url) | {"SAM_CLI_TELEMETRY": "0"},
            ),
            issuer=issuer,
            base_url=f"http://127.0.0.1:{PORT}/v0",
            sam_port=SAM_PORT,
        )
        _say("Comparing sam local with the deployed stack (Lambda's Invoke API, and its gateway)")
        print(compare.RULES)
        await run.compare()
    return run.report


def _say(text: str) -> None:
    print(f"==> {text}", flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
