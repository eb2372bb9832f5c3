"""A Slack that costs next to nothing: it knows its users and hears answers, so that what is measured is the app.

The Slack of the tests checks every block; before a fast app it would be the bottleneck of two cores.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from time import perf_counter

from tests.fakes.slack_requests import body, command, headers


class LeanSlack:
    """Serves within `async with`; `calls` counts what the app asked of the Web API."""

    def __init__(self, emails: Mapping[str, str]) -> None:
        self._emails = emails
        self._waiting: dict[str, asyncio.Event] = {}
        self._number = 0
        self.calls = 0
        self.url = ""

    async def __aenter__(self) -> LeanSlack:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=256)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/api/"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def answered(self, port: int, questions: Sequence[str]) -> list[float]:
        """Seconds from each question after `/leverage` to its answer; there are as many at once as users."""
        left = iter(questions)

        async def ask(user: str) -> list[float]:
            took = []
            for question in left:
                self._number += 1
                key = f"/hook/{self._number}"
                heard = self._waiting[key] = asyncio.Event()
                raw, kind = body(command(question, self.url.removesuffix("/api/") + key, user=user))
                begun = perf_counter()
                await acknowledged(port, raw, headers(raw, kind))
                await asyncio.wait_for(heard.wait(), 60)
                took.append(perf_counter() - begun)
            return took

        return [seconds for each in await asyncio.gather(*map(ask, self._emails)) for seconds in each]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = next((int(line[15:]) for line in head.split("\r\n") if line.lower().startswith("content-length:")), 0)
        sent = await reader.readexactly(length)
        path = head.split(" ", 2)[1]
        if path in self._waiting:
            said = "ok"
            self._waiting.pop(path).set()
        else:
            self.calls += 1
            said = json.dumps(self._told(path.rpartition("/")[2], sent.decode()))
        kind = "text/plain" if said == "ok" else "application/json"
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(said)}\r\nConnection: close\r\n\r\n"
        writer.write((answer + said).encode())
        await writer.drain()
        writer.close()

    def _told(self, method: str, sent: str) -> dict[str, object]:
        if method == "users.info":
            user = next((name for name in self._emails if name in sent), "")
            return {"ok": True, "user": {"id": user, "name": user, "profile": {"email": self._emails.get(user, "")}}}
        return {"ok": True, "user_id": "UBOT", "bot_id": "BBOT", "team_id": "T1"}


async def acknowledged(port: int, raw: str, with_headers: Mapping[str, str]) -> float:
    """Seconds until a request was acknowledged."""
    begun = perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = {"Host": "localhost", "Content-Length": str(len(raw.encode())), "Connection": "close", **with_headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    writer.write(f"POST /slack/events HTTP/1.1\r\n{head}\r\n{raw}".encode())
    answer = await reader.read()
    took = perf_counter() - begun
    writer.close()
    assert answer.startswith(b"HTTP/1.1 200"), answer[:100]
    return took
