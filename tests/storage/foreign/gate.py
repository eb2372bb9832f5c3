"""A way to a PostgreSQL over TCP that breaks: cut off after so many bytes, or closed by a wrong password."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

from sqlalchemy import make_url

PORT = 5432
REFUSAL = b'SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user "reader"\0\0'
PIECE = 4096


@contextmanager
def gate(url: str, cut_after: int | None = None, refuses: bool = False) -> Iterator[str]:
    """Another address of the same database, whose connections end after `cut_after` bytes of answers."""
    folder = str(make_url(url).query["host"])
    with socket.create_server(("127.0.0.1", 0)) as listening:
        Thread(target=_serve, args=(listening, f"{folder}/.s.PGSQL.{PORT}", cut_after, refuses), daemon=True).start()
        port = listening.getsockname()[1]
        safe = {"sslmode": "disable", "gssencmode": "disable"}
        yield (
            make_url(url)
            .set(host="127.0.0.1", port=port, password="secret-1", query=safe)
            .render_as_string(hide_password=False)
        )


def _serve(listening: socket.socket, behind: str, cut_after: int | None, refuses: bool) -> None:
    with suppress(OSError):
        while True:
            client, _ = listening.accept()
            Thread(target=_refuse if refuses else _pass, args=(client, behind, cut_after), daemon=True).start()


def _refuse(client: socket.socket, _behind: str, _cut_after: int | None) -> None:
    with client, suppress(OSError):
        client.recv(PIECE)
        client.sendall(b"E" + (len(REFUSAL) + 4).to_bytes(4, "big") + REFUSAL)


def _pass(client: socket.socket, behind: str, cut_after: int | None) -> None:
    with client, socket.socket(socket.AF_UNIX) as server:
        server.connect(behind)
        Thread(target=_copy, args=(client, server, None), daemon=True).start()
        _copy(server, client, cut_after)


def _copy(one: socket.socket, other: socket.socket, left: int | None) -> None:
    with suppress(OSError):
        while piece := one.recv(PIECE):
            other.sendall(piece if left is None else piece[:left])
            left = None if left is None else left - len(piece)
            if left is not None and left <= 0:
                other.shutdown(socket.SHUT_RDWR)
                one.shutdown(socket.SHUT_RDWR)
