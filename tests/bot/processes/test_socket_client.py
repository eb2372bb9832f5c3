"""A connection whose other end hangs up without a word is an end, not a silence."""

from __future__ import annotations

from socket import socketpair

import pytest

from bot.processes.socket_client import NoticingSocket


def test_a_socket_whose_other_end_hung_up_is_an_error_after_its_last_byte() -> None:
    ours, theirs = socketpair()
    with ours, theirs:
        socket = NoticingSocket(ours)
        socket.send(b"ping")
        assert theirs.recv(4) == b"ping"
        theirs.send(b"pong")
        theirs.close()

        assert socket.recv(4) == b"pong"
        with pytest.raises(ConnectionResetError):
            socket.recv(1)
