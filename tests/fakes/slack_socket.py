"""Slack's end of Socket Mode: a real websocket server with its hello, envelopes, acknowledgements and disconnects."""

from __future__ import annotations

import json
from itertools import count
from socket import SHUT_RDWR
from threading import Condition, Thread
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

Data = dict[str, Any]


class FakeSocket:
    """Takes connections and remembers what was acknowledged. Use as a context manager."""

    def __init__(self) -> None:
        self.connections: list[ServerConnection] = []
        self.acks: dict[str, Data] = {}
        self._changed = Condition()
        self._ids = count(1)
        self._server: Server = serve(self._session, "127.0.0.1", 0)
        self._thread = Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> FakeSocket:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}/link?ticket=secret"

    def send(self, kind: str, payload: Data, by: ServerConnection | None = None, **more: Any) -> str:
        """Push an envelope down a connection, the newest unless one is named; gives its id."""
        envelope = f"envelope-{next(self._ids)}"
        told = {"envelope_id": envelope, "type": kind, "payload": payload, "accepts_response_payload": False, **more}
        (by or self.connections[-1]).send(json.dumps(told))
        return envelope

    def disconnect(self) -> None:
        """Say that this connection ends, as Slack does every few hours, and end it."""
        self.connections[-1].send(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))
        self.connections[-1].close()

    def cut(self) -> None:
        """Break the connection without a word, as a network does."""
        self.connections[-1].socket.shutdown(SHUT_RDWR)

    def hang_up(self) -> None:
        """End every connection: a client that is leaving otherwise waits for something to read."""
        for connection in self.connections:
            connection.close()

    def acked(self, envelope: str, seconds: float = 60.0) -> Data:
        """The acknowledgement of an envelope, once it is there."""
        with self._changed:
            if not self._changed.wait_for(lambda: envelope in self.acks, seconds):
                raise AssertionError(f"{envelope} was not acknowledged")
            return self.acks[envelope]

    def connected(self, times: int, seconds: float = 60.0) -> None:
        """Wait for the connections there have been in all."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.connections) >= times, seconds):
                raise AssertionError(f"{len(self.connections)} connections")

    def _session(self, connection: ServerConnection) -> None:
        connection.send(json.dumps({"type": "hello", "num_connections": 1}))
        with self._changed:
            self.connections.append(connection)
            self._changed.notify_all()
        try:
            for message in connection:
                told = json.loads(message)
                with self._changed:
                    self.acks[told["envelope_id"]] = told
                    self._changed.notify_all()
        except ConnectionClosed:
            return
