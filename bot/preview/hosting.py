"""A web application in a thread of its own, on a free port of the loopback address."""

from __future__ import annotations

from threading import Event, Thread

from flask import Flask
from waitress.server import create_server

HOST = "127.0.0.1"  # nobody else's machine reaches it
THREADS = 24


class Hosted:
    """Takes its port when made, serves from `start` to `stop`."""

    def __init__(self, web: Flask, port: int = 0) -> None:
        self._server = create_server(
            web,
            host=HOST,
            port=port,
            threads=THREADS,
            # A connection that a scripted fault cuts off is no error of this server.
            log_socket_errors=False,
            clear_untrusted_proxy_headers=True,
        )
        self._thread = Thread(target=self._server.run, daemon=True, name="preview")

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://{HOST}:{self._server.effective_port}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is under way, close every connection and end the thread."""
        server = self._server
        # First: a worker that ends later would write into a pipe that is closed, or is somebody else's by then.
        server.task_dispatcher.shutdown()

        pulled = Event()

        def close_all() -> None:
            # An earlier pull may wake the loop before this one has written: the pipe must still be there for it.
            pulled.wait(5)
            for connection in list(server._map.values()):
                connection.close()

        # The loop's own thread has to close what it listens to: it ends when nothing is left.
        server.trigger.pull_trigger(close_all)
        pulled.set()
        if self._thread.ident:
            self._thread.join(5)
