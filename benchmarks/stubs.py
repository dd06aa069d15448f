"""What the functions call: DynamoDB with fixed answers, X-Ray's daemon, which only listens."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web

ITEM = {
    "tenant": {"S": "acme"},
    "config_name": {"S": "grace_period"},
    "value": {"S": "20"},
    "version": {"N": "1"},
    "updated_at": {"S": "2025-11-25T00:08:32Z"},
    "updated_by": {"S": "obviously-fake-client"},
    "request_id": {"S": "697e3934-41a6-5e0f-994e-ea83eade5af5"},
}
ANSWERS = {"GetItem": {"Item": ITEM}, "UpdateItem": {"Attributes": ITEM}}
BODIES = {operation: json.dumps(answer) for operation, answer in ANSWERS.items()}


async def dynamodb(request: web.Request) -> web.Response:
    """GetItem and UpdateItem of the grace period."""
    operation = request.headers["X-Amz-Target"].split(".")[1]
    return web.Response(text=BODIES[operation], content_type="application/x-amz-json-1.0")


@contextmanager
def xray_daemon() -> Iterator[str]:
    """An address that takes trace segments and leaves them unread."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as daemon:
        daemon.bind(("127.0.0.1", 0))
        host, port = daemon.getsockname()
        yield f"{host}:{port}"
