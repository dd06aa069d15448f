"""What the end-to-end tests run against: a stack of their own, or a deployed one."""

import os
import signal
import socket
import subprocess
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.client import request_token
from tools.local.issuer import SCOPES, Issuer

ALL_SCOPES = " ".join(SCOPES)
READ, WRITE, SECRETS = SCOPES
SMOKE = "SMOKE_BASE_URL" in os.environ
STATE = Path(".local/test")


class LocalStack:
    """`python -m tools.local` on ports of its own, enforcing IAM, with its own state."""

    def __init__(self) -> None:
        self.port, self.emulator_port = _free_ports(2)
        self.base_url = f"http://127.0.0.1:{self.port}/v0"
        self.emulator_url = f"http://127.0.0.1:{self.emulator_port}"
        self.log = STATE / "stack.log"
        self.process: subprocess.Popen[str] | None = None

    @property
    def issuer(self) -> Issuer:
        """Signs with the running issuer's key: tokens that no real issuer gives out, too."""
        return Issuer(f"http://127.0.0.1:{self.port}/auth/realms", STATE / "issuer.pem")

    def start(self) -> None:
        """Start, and wait until it is ready."""
        STATE.mkdir(parents=True, exist_ok=True)
        arguments = ["--port", self.port, "--emulator-port", self.emulator_port, "--state", STATE]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tools.local", "--enforce-iam", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        seen = []
        for line in self.process.stdout:
            seen.append(line)
            if "==> Ready" in line:
                return
        pytest.exit(f"the local stack did not start:\n{''.join(seen)}", returncode=1)

    def stop(self) -> None:
        """Stop as a user would, with SIGTERM; wait for the clean end."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        output, _ = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, output


@dataclass(frozen=True)
class Target:
    """What is tested. token: (tenant, scope) -> an access token."""

    base_url: str
    token: Callable[[str, str], str]
    new_tenant: Callable[[], str]
    local: LocalStack | None


def deployed_target() -> Target:
    """What `make smoke` names."""
    issuer = os.environ["SMOKE_ISSUER"]
    credentials = os.environ["SMOKE_CLIENT_ID"], os.environ["SMOKE_CLIENT_SECRET"]

    def token(tenant: str, scope: str) -> str:
        granted = request_token(issuer.replace("{tenant}", tenant), *credentials, scope)
        return str(granted["access_token"])

    return Target(
        base_url=os.environ["SMOKE_BASE_URL"].rstrip("/"),
        token=token,
        new_tenant=lambda: os.environ["SMOKE_TENANT"],
        local=None,
    )


def local_target(stack: LocalStack) -> Target:
    """Tenants of its own for every test; tokens signed without asking the issuer."""
    issuer = stack.issuer
    return Target(
        base_url=stack.base_url,
        token=lambda tenant, scope: issuer.token(tenant, "e2e", scope),
        new_tenant=lambda: f"t{uuid.uuid4().hex[:12]}",
        local=stack,
    )


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports
