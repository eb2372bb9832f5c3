"""A body is refused by its headers, or by its first bytes too many, before it lies on disk."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot.processes.bodies import channel_class

PARSER = channel_class({"/ingest": "t0ken"}, small=100, large=4000).parser_class
CHUNK = b"3e8\r\n" + b"x" * 1000 + b"\r\n"  # a thousand bytes
ADJUSTMENTS = SimpleNamespace(
    max_request_header_size=10_000, max_request_body_size=10**9, inbuf_overflow=10**6, url_scheme="http"
)


def status(path: str, *headers: str, body: bytes = b"") -> int:
    """What a request is answered with by the server itself; 0 where the application gets it."""
    parser: Any = PARSER(ADJUSTMENTS)
    rest = "\r\n".join([f"POST {path} HTTP/1.1", *headers, "", ""]).encode() + body
    while rest and not parser.completed:
        taken = parser.received(rest)
        rest = rest[taken:]
    return parser.error.code if parser.error else 0


OURS = "Authorization: Bearer t0ken"


@pytest.mark.parametrize(
    ("path", "headers", "answer"),
    [
        ("/ingest", ("Content-Length: 4000", OURS), 0),
        ("/ingest?file=usage", ("Content-Length: 4000", OURS), 0),
        ("/ingest", ("Content-Length: 4001", OURS), 413),
        ("/ingest", ("Content-Length: 4000",), 401),
        ("/ingest", ("Content-Length: 4000", "Authorization: Bearer other"), 401),
        ("/ingest", ("Content-Length: 100",), 0),
        ("/slack/events", ("Content-Length: 100", OURS), 0),
        ("/slack/events", ("Content-Length: 101", OURS), 413),
    ],
)
def test_how_large_a_body_may_be_is_known_by_path_and_token(path: str, headers: tuple[str, ...], answer: int) -> None:
    assert status(path, *headers) == answer


def test_a_body_that_does_not_say_its_length_ends_at_the_bound() -> None:
    chunked = "Transfer-Encoding: chunked"

    assert status("/ingest", chunked, OURS, body=CHUNK * 3 + b"0\r\n\r\n") == 0
    assert status("/ingest", chunked, OURS, body=CHUNK * 5) == 413
    assert status("/ingest", chunked, body=CHUNK) == 401
