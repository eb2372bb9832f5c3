"""The Socket Mode client that notices when the other end hangs up: the SDK's own reads on, in vain, for a minute."""

from __future__ import annotations

import time
from socket import socket
from typing import Any, cast

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.slack.api.clients import Clients
from bot.slack.bolt_logs import bolt_logger

LOOK_SECONDS = 5.0  # between two looks at whether it lives, each with a ping; after four without a pong it is dead


class NoticingClient(SocketModeClient):
    """Hands what comes to a Bolt app; a connection that ended is made anew at the next look."""

    def __init__(self, bolt: App, token: str, clients: Clients, look: float = LOOK_SECONDS) -> None:
        super().__init__(
            app_token=token, logger=bolt_logger(), web_client=clients.web(), ping_interval=look, concurrency=10
        )
        self._bolt = bolt
        self.socket_mode_request_listeners.append(self._hand_over)

    def connect(self) -> None:
        """Connect; a connection that cannot be made is tried again at the next look."""
        super().connect()
        session = self.current_session
        if session and session.sock:
            session.sock = cast(Any, NoticingSocket(session.sock))  # it reads, sends and closes; no more is used

    def _hand_over(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        begun = time.time()
        send_response(client, request, run_bolt_app(self._bolt, request), begun)


class NoticingSocket:
    """A socket whose end is an error. The SDK takes no bytes for nothing yet, and asks again at once."""

    def __init__(self, inner: socket) -> None:
        self._inner = inner
        self.send, self.close = inner.send, inner.close

    def recv(self, size: int) -> bytes:
        """At least one byte. Raises ConnectionResetError where no more will come."""
        received = self._inner.recv(size)
        if not received:
            raise ConnectionResetError("the other end hung up")
        return received
