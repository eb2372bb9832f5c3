"""Over HTTP a token comes before anything else of a request, and an agent asks as its person."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest

from bot.cli.commands import Asking
from bot.mcp_server.desk import AgentDesk, Principal
from bot.processes.guarding import Limiter
from bot.settings import Settings
from storage.keep import agent_tokens
from tests.conftest import LARKSPUR_DAY

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")

import uvicorn
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from bot.mcp_server.http import MAX_BODY, BearerGuard, app, principal_of
from bot.mcp_server.server import build

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
QUESTION = {"text": "cost by team last month"}


def test_over_http_a_token_comes_before_anything_and_stands_for_its_person(larkspur: str, larkspur_files: Path) -> None:
    email = (larkspur_files / "roster.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    with closing(Asking(Settings(database_url=larkspur), as_of=LARKSPUR_DAY, mode="rules")) as asking:
        with asking.writing.begin() as connection:
            token = agent_tokens.make(connection, asking.workspace_id, email, NOW)
        with served(asking) as url:
            headers = {"Authorization": f"Bearer {token}"}
            post = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
            assert httpx2.post(url, content=b"x" * 2 * MAX_BODY, headers=post).status_code == 401
            assert httpx2.post(url, json={}, headers={**post, **headers, "Host": "evil.example"}).status_code == 421
            assert httpx2.post(url, json={}, headers={**headers, "Origin": "http://evil.example"}).status_code == 403
            assert httpx2.post(url, content=b"x" * 2 * MAX_BODY, headers={**post, **headers}).status_code == 413

            answer = anyio.run(ask_over, url, headers).structured_content
            assert any(row.get("suppressed") for row in answer["rows"])

            with asking.writing.begin() as connection:
                agent_tokens.revoke(connection, asking.workspace_id, 1, NOW)
            assert httpx2.post(url, json={}, headers={**post, **headers}).status_code == 401


def test_guesses_of_a_token_are_slowed_down() -> None:
    guard = BearerGuard(nothing, lambda _: None, Limiter(1, 3, now=lambda: 0.0))
    request = {"type": "http", "headers": [(b"authorization", b"Bearer guess")]}

    assert [anyio.run(status_of, guard, request) for _ in range(5)] == [401, 401, 401, 429, 429]


async def nothing(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError("nothing comes through")


async def status_of(guard: BearerGuard, request: dict[str, Any]) -> int:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    await guard(request, None, send)  # type: ignore[arg-type]  # nothing of the request is read
    return int(sent[0]["status"])


async def ask_over(url: str, headers: dict[str, str]) -> Any:
    async with (
        httpx2.AsyncClient(headers=headers) as http,
        Client(streamable_http_client(url, http_client=http)) as client,
    ):
        return await client.call_tool("ask", QUESTION)


@contextmanager
def served(asking: Asking) -> Iterator[str]:
    """The server on a free port of this machine, in a thread."""

    def find(token: str) -> Principal | None:
        with asking.reading.connect() as connection:
            found = agent_tokens.bearer_of(connection, token)
        return Principal(found.workspace_id, found.email) if found else None

    desk = AgentDesk(asking.questions, LARKSPUR_DAY, lambda: NOW)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        server = uvicorn.Server(
            uvicorn.Config(app(build(desk, principal_of), find, "127.0.0.1", port, ()), log_level="error", ws="none")
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.01)
            yield f"http://127.0.0.1:{port}/mcp"
        finally:
            server.should_exit = True
            thread.join()
