"""What the web process takes in beside Slack's requests, before a real HTTP server on loopback."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http.client import HTTPConnection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import Engine
from waitress import wasyncore
from waitress.server import create_server

from bot.processes import telemetry
from bot.processes.bodies import channel_class
from bot.processes.intake import Intake
from bot.processes.store import clock
from bot.processes.web import LARGEST_BODY, MAX_BODY
from bot.settings import Settings
from bot.sources.otlp.receive import JSON, PROTOBUF
from storage.engine import reading_engine, writing_engine
from tests.bot.sources.otlp.messages import Request, as_json, signal_of
from tests.bot.sources.otlp.station import Station
from tests.forked import PROCESSES

OTLP_TOKEN, INGEST_TOKEN = "otlp-t0ken", "ingest-t0ken"
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


class Answered(NamedTuple):
    """An answer: its status, its body, its headers with lower-case names."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    def json(self) -> Any:
        return json.loads(self.body)


class Front:
    """Sends to the server on a port."""

    def __init__(self, port: int, held: Station | None = None) -> None:
        self.port = port
        self._held = held

    @property
    def held(self) -> Station:
        """The store behind it."""
        assert self._held
        return self._held

    def post(self, path: str, body: bytes, token: str = OTLP_TOKEN, **headers: str) -> Answered:
        """POST; headers are given with underscores for hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            named.setdefault("Authorization", f"Bearer {token}")
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST", path, body, named)
            answer = connection.getresponse()
            return Answered(answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()})
        finally:
            connection.close()

    def otlp(self, request: Request, is_json: bool = False, **headers: str) -> Answered:
        body = as_json(request) if is_json else request.SerializeToString()
        kind = {"Content_Type": JSON if is_json else PROTOBUF}
        return self.post(f"/v1/{signal_of(request)}", body, **kind | headers)

    def ingest(self, body: bytes | str, query: str = "", token: str = INGEST_TOKEN, **headers: str) -> Answered:
        raw = body.encode() if isinstance(body, str) else body
        return self.post(f"/ingest{query}", raw, token, **{"Content_Type": "text/csv"} | headers)


def application(
    settings: Settings, reading: Engine, writing: Engine, now: Callable[[], datetime]
) -> tuple[Flask, Intake]:
    """The routes of the intake, and the intake."""
    made = Intake(settings, reading, writing, now)
    web = Flask("front")
    for attach in made.routes:
        attach(web)
    return web, made


@contextmanager
def front(url: str, **settings: Any) -> Iterator[Front]:
    """A server in a thread, over a store; telemetry is folded by the test (`held.fold()`)."""
    held = Station(url)
    chosen = Settings(otlp_token=OTLP_TOKEN, ingest_token=INGEST_TOKEN, **settings)
    web, made = application(chosen, held.reading, held.writing, lambda: NOW)
    server = create_server(web, host="127.0.0.1", port=0, threads=4)
    server.channel_class = channel_class(made.tokens, MAX_BODY, LARGEST_BODY)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Front(int(server.effective_port), held)
    finally:
        # Its sockets belong to its loop, which ends with the last of them; an earlier answer may wake it to this first.
        with suppress(OSError):
            server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map, ignore_all=True))
        thread.join()
        server.task_dispatcher.shutdown()
        held.dispose()


def serve(url: str, told: Connection, pause: float) -> None:
    """Serve until somebody ends this process, folding with so long a pause; tells its port."""
    telemetry.SETTLE, telemetry.PAUSE = pause / 10, pause
    settings = Settings(otlp_token=OTLP_TOKEN, ingest_token=INGEST_TOKEN)
    web, made = application(settings, reading_engine(url), writing_engine(url), clock)
    server = create_server(web, host="127.0.0.1", port=0, threads=8)
    server.channel_class = channel_class(made.tokens, MAX_BODY, LARGEST_BODY)
    told.send(int(server.effective_port))
    with made.folding():
        server.run()


@contextmanager
def process(url: str, pause: float = 0.01) -> Iterator[tuple[BaseProcess, Front]]:
    """Such a server in a process of its own, which is killed at the end."""
    ours, theirs = PROCESSES.Pipe()
    running = PROCESSES.Process(target=serve, args=(url, theirs, pause), daemon=True)
    running.start()
    theirs.close()
    try:
        assert ours.poll(60)
        yield running, Front(ours.recv())
    finally:
        running.kill()
        running.join()
        ours.close()
