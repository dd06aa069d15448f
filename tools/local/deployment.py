"""template.yaml into the emulator: sam build, sam deploy, and what the emulator leaves out."""

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
import yaml

from tools import samconfig
from tools.local import emulator, gateway
from tools.local.issuer import Issuer

STACK_NAME = "sales-order-config"
# The emulator runs the functions on this machine, so that the layers are built for it.
ARCHITECTURE = "arm64" if platform.machine() in {"aarch64", "arm64"} else "x86_64"
SAM = Path(".venv-sam/bin/sam")
DEPLOYED = "deployed"  # the file that holds the digest of what is
EMULATOR_LOCK = Path("tools/requirements/emulator.txt")
WEBHOOK_ROLES = ("ExternalOrderWebhookGetRole", "ExternalOrderWebhookPutRole")


class SamFailed(SystemExit):
    """sam ended with an error; its output is shown."""


def build(folder: Path) -> None:
    """sam build into the folder."""
    _sam(
        *("build", "--build-dir", folder / "build", "--cache-dir", folder / "cache"),
        *("--parameter-overrides", f"Architecture={ARCHITECTURE}"),
        log=folder / "sam-build.log",
    )


@contextmanager
def running(folder: Path, port: int, issuer: Issuer, *, enforce_iam: bool) -> Iterator[str]:
    """The emulator's URL while it runs with what was built into the folder deployed to it."""
    with emulator.running(folder, port, enforce_iam=enforce_iam) as url:
        digest = _deploy(folder, url, f"{issuer.url}/{{tenant}}")
        yield url
    (folder / DEPLOYED).write_text(digest)  # the emulator has written it to the folder, too


def _deploy(folder: Path, emulator_url: str, issuer_template: str) -> str:
    """sam deploy what was built into the emulator, and complete it there.

    Not again when just this was deployed before a clean stop. Returns its digest.
    """
    replaced = {"Architecture": ARCHITECTURE, "IssuerTemplate": issuer_template}
    parameters = samconfig.parameters("local", replaced, folder / "build")
    digest = _digest(parameters)
    remembered = folder / DEPLOYED
    unchanged = remembered.exists() and remembered.read_text() == digest
    remembered.unlink(missing_ok=True)
    if unchanged and outputs(emulator_url):
        return digest
    template = folder / "build/template.yaml"
    _set_defaults(template, parameters)
    _sam(
        *("deploy", "--config-env", "local", "--template-file", template),
        *("--config-file", samconfig.FILE.resolve(), "--stack-name", STACK_NAME),
        *("--parameter-overrides", *parameters),
        log=folder / "sam-deploy.log",
        environment=emulator.client_environment(emulator_url),
    )
    _complete(session(), emulator_url)
    return digest


def session() -> boto3.Session:
    """A session for the emulator, whatever the environment says."""
    return boto3.Session(
        aws_access_key_id=emulator.CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=emulator.CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        region_name=emulator.REGION,
    )


def outputs(emulator_url: str) -> dict[str, str]:
    """The deployed stack's outputs; {} when there is none."""
    cloudformation = session().client("cloudformation", endpoint_url=emulator_url)
    try:
        stack = cloudformation.describe_stacks(StackName=STACK_NAME)["Stacks"][0]
    except cloudformation.exceptions.ClientError:
        return {}
    return {o["OutputKey"]: o["OutputValue"] for o in stack.get("Outputs", [])}


def _set_defaults(template: Path, parameters: list[str]) -> None:
    """The emulator transforms a template with its parameters' defaults, whatever is given."""
    loaded = yaml.safe_load(template.read_text())
    for name, value in (pair.split("=", 1) for pair in parameters):
        loaded["Parameters"][name]["Default"] = value
    template.write_text(yaml.safe_dump(loaded, sort_keys=False))


def _digest(parameters: list[str]) -> str:
    """Of all that decides what the emulator's stack looks like: the build, and these tools."""
    digest = hashlib.sha256(" ".join(parameters).encode())
    for file in [*sorted(Path(__file__).parent.glob("*.py")), EMULATOR_LOCK]:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _complete(aws: boto3.Session, emulator_url: str) -> None:
    cloudformation = aws.client("cloudformation", endpoint_url=emulator_url)
    processed: Any = cloudformation.get_template(StackName=STACK_NAME, TemplateStage="Processed")
    template = processed["TemplateBody"]
    if isinstance(template, str):
        template = json.loads(template)
    resources = cloudformation.describe_stack_resources(StackName=STACK_NAME)["StackResources"]
    physical = {r["LogicalResourceId"]: r["PhysicalResourceId"] for r in resources}
    gateway.complete(
        aws.client("apigateway", endpoint_url=emulator_url),
        physical["Api"],
        template["Resources"]["Api"]["Properties"]["Body"],
        physical,
    )
    _allow_key_without_context(aws, emulator_url, [physical[role] for role in WEBHOOK_ROLES])


def _allow_key_without_context(aws: boto3.Session, emulator_url: str, roles: list[str]) -> None:
    """The emulator never fills kms:EncryptionContext: the template's condition never holds."""
    iam = aws.client("iam", endpoint_url=emulator_url)
    statement = {"Effect": "Allow", "Action": ["kms:Encrypt", "kms:Decrypt"], "Resource": "*"}
    for role in roles:
        iam.put_role_policy(
            RoleName=role,
            PolicyName="emulator-without-encryption-context",
            PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
        )


def _sam(*arguments: str | Path, log: Path, environment: dict[str, str] | None = None) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    environment = {**(environment or os.environ), "SAM_CLI_TELEMETRY": "0"}
    environment["ARCHITECTURE"] = ARCHITECTURE
    # sam build looks for python3.13 on PATH; the layers' makefile for its pip.
    environment["PATH"] = f"{Path('.venv/bin').resolve()}{os.pathsep}{environment['PATH']}"
    with log.open("wb") as out:
        done = subprocess.run(
            [SAM, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise SamFailed(f"{log.read_text()}\nsam {arguments[0]} failed: the above, from {log}")
