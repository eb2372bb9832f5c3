"""A reply of Slack's, or of what stands before it, that is too long, drips, breaks off or is no JSON."""

from __future__ import annotations

import logging
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from http.client import IncompleteRead
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from slack_sdk.errors import SlackApiError

from bot.slack.api.calls import NetworkError, failure, is_away, word_of
from bot.slack.api.clients import Clients
from bot.slack.api.replies import LARGEST, OversizedReply

MEGABYTE = b" " * 1024**2
LONG = 200  # megabytes
PAGE = "<html>Zugang verweigert für ana@example.com</html>".encode("latin-1")


class Odd(BaseHTTPRequestHandler):
    """Answers by the last part of the path: a status, then what it is told."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, what = self.path.rsplit("/", 1)[1].split(".")
        self.send_response(int(status))
        self.send_header("Content-Type", "text/html")
        if what == "cut":
            self.send_header("Content-Length", "100")
        self.end_headers()
        with suppress(OSError):  # the other end hung up, as it should
            getattr(self, what)()

    def long(self) -> None:
        self.wfile.write(b'{"ok": true, "more": "')
        for _ in range(LONG):
            self.wfile.write(MEGABYTE)

    def drips(self) -> None:
        for _ in range(100):
            self.wfile.write(b" ")
            time.sleep(0.05)

    def cut(self) -> None:
        self.wfile.write(b'{"ok": true')

    def page(self) -> None:
        self.wfile.write(PAGE)

    def list(self) -> None:
        self.wfile.write(b"[]")

    def broken(self) -> None:
        self.wfile.write(b'{"ok": of ana@example.com}')

    def log_message(self, *_: object) -> None:
        """Not on the console."""


@pytest.fixture(scope="module")
def odd() -> Iterator[str]:
    """The address of a server that answers oddly."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Odd) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_reply_of_200_mb_takes_the_memory_of_its_bound_and_is_a_broken_connection(odd: str) -> None:
    clients = Clients(odd, 5)
    tracemalloc.start()
    try:
        for status in (200, 500):
            with pytest.raises(OversizedReply) as web:
                clients.web("xoxb-1").api_call(f"{status}.long")
            with pytest.raises(OversizedReply):
                clients.hook(f"{odd}{status}.long").send(text="Hello")
            assert isinstance(web.value, NetworkError)
            assert is_away(web.value)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 3 * LARGEST


def test_a_reply_that_drips_ends_with_its_time_and_one_that_breaks_off_is_not_taken(odd: str) -> None:
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        Clients(odd, timeout=1).web("xoxb-1").api_call("200.drips")
    assert time.monotonic() - begun < 3

    with pytest.raises(IncompleteRead):
        Clients(odd, 1).web("xoxb-1").api_call("200.cut")


def test_what_is_no_json_is_no_word_of_slacks_and_nothing_of_it_is_logged(
    odd: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = Clients(odd, 1).web("xoxb-1")

    with caplog.at_level(logging.DEBUG):
        for what in ("page", "list", "broken"):
            for status in (200, 502):
                with pytest.raises(SlackApiError) as refused:
                    client.api_call(f"{status}.{what}")
                assert (failure(refused.value).code, failure(refused.value).unknown) == ("", True), what
                assert word_of(refused.value) == f"http_{status}"

    assert "ana@example.com" not in caplog.text
    assert "what is no JSON" in caplog.text
