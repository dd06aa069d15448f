"""What listens on the stable address: the issuer, and the API through the emulator's gateway."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientSession, web
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from tools.local.issuer import Issuer

MAX_BODY_BYTES = 10 * 1024 * 1024
# RFC 9110, section 7.6.1; and what belongs to one connection only.
HOP_BY_HOP = frozenset(
    {
        "connection",
        "content-length",
        "host",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)


def application(issuer: Issuer, emulator_url: str, api_id: str) -> web.Application:
    """The front; api_id: the id of the deployed API in the emulator."""
    app = web.Application(client_max_size=MAX_BODY_BYTES)
    session = web.AppKey("session", ClientSession)

    async def client(app: web.Application) -> AsyncIterator[None]:
        async with ClientSession(auto_decompress=False) as app[session]:
            yield

    async def gateway(request: web.Request) -> web.StreamResponse:
        headers = _end_to_end(request.headers)
        headers["Host"] = f"{api_id}.execute-api.localhost"
        async with request.app[session].request(
            request.method,
            URL(emulator_url + request.raw_path, encoded=True),
            headers=headers,
            data=await request.read() or None,
            allow_redirects=False,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        ) as answer:
            return web.Response(
                status=answer.status, headers=_end_to_end(answer.headers), body=await answer.read()
            )

    app.cleanup_ctx.append(client)
    app.add_routes(issuer.routes())
    app.router.add_route("*", "/v0{rest:(/.*)?}", gateway)
    return app


@asynccontextmanager
async def serving(issuer: Issuer, emulator_url: str, api_id: str, port: int) -> AsyncIterator[None]:
    """The front, on this loopback port, in a program that does something else beside."""
    runner = web.AppRunner(application(issuer, emulator_url, api_id))
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield
    finally:
        await runner.cleanup()


def _end_to_end(headers: CIMultiDict[str] | CIMultiDictProxy[str]) -> CIMultiDict[str]:
    """Without what concerns one hop, and without the CORS headers that only the emulator adds."""
    return CIMultiDict(
        (name, value)
        for name, value in headers.items()
        if name.lower() not in HOP_BY_HOP and not name.lower().startswith("access-control-")
    )
