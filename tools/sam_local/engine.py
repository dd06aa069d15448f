"""The Docker engine: whether it is there, its bridge, and the image that functions run in."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.sam_local import stand_in

PUBLIC_IMAGE = "public.ecr.aws/lambda/python:3.13-x86_64"
IMAGE = "sales-order-config/sam-local"
SAMS_IMAGES = "samcli/lambda-python"
HOST = "host.docker.internal"
MISSING = """\
make sam-local needs a Docker engine on this machine, and {why}.
Debian, Ubuntu: apt-get install docker.io; others: https://docs.docker.com/engine/install/
It is started with `systemctl start docker`, or where there is no systemd by `dockerd` as root in
another terminal; you must be root or in the group docker. Everything else here needs no Docker:
`make run`, `make test`."""


def check() -> str:
    """The engine's version; ends the program with what is missing when none answers."""
    if shutil.which("docker") is None:
        raise SystemExit(MISSING.format(why="there is no `docker` on PATH"))
    done = _docker("version", "--format", "{{.Server.Version}}")
    if done.returncode:
        raise SystemExit(MISSING.format(why=f"none answers: {done.stderr.strip()}"))
    return done.stdout.strip()


def bridge_address(image: str) -> str:
    """This machine's address as a container sees it; `network inspect` does not always know it."""
    look_up = f"import socket; print(socket.gethostbyname('{HOST}'))"
    return _output(
        _docker(
            *("run", "--rm", "--add-host", f"{HOST}:host-gateway"),
            *("--entrypoint", "/var/lang/bin/python3.13", image, "-c", look_up),
        )
    )


def base_image(folder: Path, build: Path) -> str:
    """Lambda's public image where it can be pulled or has been, else a stand-in made now."""
    for look in (("pull", "--quiet"), ("image", "inspect")):
        if _docker(*look, PUBLIC_IMAGE).returncode == 0:
            return PUBLIC_IMAGE
    return stand_in.make(folder, build)


@contextmanager
def image(base: str, aws_url: str) -> Iterator[str]:
    """The base with AWS at this URL; at the end all that was made of it goes, SAM's images too.

    --env-vars can't set the URL: SAM overrides only variables that the template declares.
    """
    dockerfile = f"FROM {base}\nENV AWS_ENDPOINT_URL={aws_url}\n"
    _output(_docker("build", "--quiet", "--tag", IMAGE, "-", text=dockerfile))
    try:
        yield IMAGE
    finally:
        sams = _docker("image", "ls", "--quiet", "--filter", f"since={IMAGE}", SAMS_IMAGES).stdout
        _docker("image", "rm", *sams.split(), IMAGE, *({base} - {PUBLIC_IMAGE}))


def _docker(*arguments: str, text: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["docker", *arguments],  # noqa: S607  (wherever it is installed)
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


def _output(done: "subprocess.CompletedProcess[str]") -> str:
    if done.returncode:
        raise SystemExit(f"{' '.join(done.args)}\n{done.stderr}")
    return done.stdout.strip()
