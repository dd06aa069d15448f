"""What is timed: functions of this project and of its peers, each with one event."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.stubs import ANSWERS

EVENTS = Path("events")
GET, PUT = "GET", "PUT"
LATER_CALLS = 30
LATER_STUBBED_CALLS = 200


@dataclass(frozen=True, slots=True)
class Case:
    """One row of a table. package: of `packages.build`; call: which event it gets.

    stubbed: DynamoDB is answered in the process, else over HTTP. environment: beside the usual.
    """

    label: str
    package: str
    handler: str
    call: str
    stubbed: bool = False
    environment: tuple[tuple[str, str], ...] = ()

    @property
    def calls(self) -> int:
        """How many calls an instance answers, the first one included."""
        return 1 + (LATER_STUBBED_CALLS if self.stubbed else LATER_CALLS)

    def start(self) -> tuple[str, dict[str, str]]:
        """What Lambda calls, and the environment that it adds."""
        if not self.stubbed:
            return self.handler, dict(self.environment)
        answers = json.dumps(ANSWERS)
        stub = {"STUBBED_HANDLER": self.handler, "STUBBED_ANSWERS": answers}
        return "stubbed_store.handler", {**dict(self.environment), **stub}


FLOOR = Case("Empty handler", "floor", "app.handler", GET)
OWN_GET = Case("This project", "own", "grace_period.get.handler", GET)
OWN_PUT = Case("This project", "own", "grace_period.put.handler", PUT)
AUTHORIZER = Case("This project", "authorizer", "authorizer.authorize.handler", "authorizer")
BOTO3_GET = Case("Bare boto3 client", "boto3_client", "app.handler", GET)
BOTO3_PUT = Case("Bare boto3 client", "boto3_client", "app.handler", PUT)
POWERTOOLS_GET = Case("Powertools", "powertools", "app.handler", GET)
COLD = (
    *(FLOOR, OWN_GET, OWN_PUT, AUTHORIZER, BOTO3_GET, BOTO3_PUT, POWERTOOLS_GET),
    Case("Powertools", "powertools", "app.handler", PUT),
    Case("Chalice", "chalice", "app.handler", GET),
    Case("Chalice", "chalice", "app.handler", PUT),
    Case("FastAPI with Mangum", "fastapi", "app.handler", GET),
    Case("FastAPI with Mangum", "fastapi", "app.handler", PUT),
)
WITHOUT = (
    Case("This project without bytecode", "no_bytecode", OWN_GET.handler, GET),
    Case("This project with all of botocore's data", "whole_botocore", OWN_GET.handler, GET),
)
OWN_STUBBED = Case("This project", "own", OWN_GET.handler, GET, stubbed=True)
BOTO3_STUBBED = Case("Bare boto3 client", "boto3_client", "app.handler", GET, stubbed=True)
POWERTOOLS_STUBBED = Case("Powertools", "powertools", "app.handler", GET, stubbed=True)
WITHOUT_LOG = Case(
    "This project without its log line",
    *("own", OWN_GET.handler, GET),
    stubbed=True,
    environment=(("POWERTOOLS_LOG_LEVEL", "ERROR"),),
)
WARM = (
    *(OWN_STUBBED, BOTO3_STUBBED, POWERTOOLS_STUBBED),
    WITHOUT_LOG,
    Case("Chalice", "chalice", "app.handler", GET, stubbed=True),
    Case("FastAPI with Mangum", "fastapi", "app.handler", GET, stubbed=True),
)
CASES = (*COLD, *WITHOUT, *WARM)


def events(token: str) -> dict[str, bytes]:
    """Each call's event; token: what the authorizer judges."""
    get = json.loads((EVENTS / "grace_period/get.json").read_bytes())
    authorizer = get | {
        "type": "REQUEST",
        "methodArn": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/v0/GET/config",
        "multiValueHeaders": {"Authorization": [f"Bearer {token}"]},
    }
    put: Any = json.loads((EVENTS / "grace_period/put.json").read_bytes())
    return {
        call: json.dumps(event).encode()
        for call, event in {GET: get, PUT: put, "authorizer": authorizer}.items()
    }
