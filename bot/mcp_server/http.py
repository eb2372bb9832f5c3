"""The server over streamable HTTP: the bearer first, then host and origin, then a body of bounded size."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import anyio
from mcp.server.transport_security import TransportSecuritySettings
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.mcp_server.desk import Principal
from bot.mcp_server.server import AgentServer
from bot.processes.guarding import Limiter

MAX_BODY = 64 * 1024  # bytes; the longest question has a hundredth of it
WRONG_A_SECOND, WRONG_BURST = 5, 50  # requests with a wrong token
PRINCIPAL = "fulcrum.principal"  # where the request keeps whom it stands for
REFUSED = "A token is needed, as `Authorization: Bearer …`. Who runs Fulcrum makes one with: fulcrum mcp token EMAIL"
SLOWED = "Too many requests with a wrong token"


class BearerGuard:
    """Lets nothing of a request be read before its token is known; `find` gives whom it stands for."""

    def __init__(self, app: ASGIApp, find: Callable[[str], Principal | None], wrong: Limiter | None = None) -> None:
        self._app, self._find, self._wrong = app, find, wrong or Limiter(WRONG_A_SECOND, WRONG_BURST)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the server's own start and end."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        kind, _, token = headers.get(b"authorization", b"").decode("latin-1").strip().partition(" ")
        bearer = token.strip() if kind.lower() == "bearer" else ""
        principal = await anyio.to_thread.run_sync(self._find, bearer) if bearer else None
        if principal is None:
            await self._refusal()(scope, receive, send)
            return
        await self._app({**scope, PRINCIPAL: principal}, receive, send)

    def _refusal(self) -> JSONResponse:
        wait = self._wrong.wait()
        if wait:
            return JSONResponse({"error": SLOWED}, status_code=429, headers={"Retry-After": str(math.ceil(wait))})
        return JSONResponse({"error": REFUSED}, status_code=401, headers={"WWW-Authenticate": "Bearer"})


def principal_of(request: Any) -> Principal:
    """Whom a request that came through the guard stands for."""
    found: Principal = request.scope[PRINCIPAL]
    return found


def app(
    server: AgentServer, find: Callable[[str], Principal | None], host: str, port: int, known_as: Sequence[str]
) -> ASGIApp:
    """The guarded app at /mcp; `known_as` are names (with a port, where it is not the usual one) it is reached by."""
    hosts = [f"{host}:{port}", f"127.0.0.1:{port}", f"localhost:{port}", *known_as]
    security = TransportSecuritySettings(
        allowed_hosts=hosts, allowed_origins=[f"{scheme}://{name}" for name in hosts for scheme in ("http", "https")]
    )
    inner = server.streamable_http_app(
        # Every request bears its token, so none rests on a session that another token began.
        stateless_http=True,
        json_response=True,
        max_request_body_size=MAX_BODY,
        transport_security=security,
        host=host,
    )
    return BearerGuard(inner, find)
