"""How much of a request's body the web server takes in, known by its headers alone, before any of it lies on disk.

Waitress holds a whole body before the application sees its request. Whoever has no token for a path gets no further
than anybody else's largest body there.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.utilities import BadRequest, RequestEntityTooLarge

from bot.processes.guarding import bears

HEADER = "AUTHORIZATION"  # as Waitress names it


class Unauthorized(BadRequest):  # type: ignore[misc]  # Waitress has no types
    """The answer to a large body that came without its token."""

    code = 401
    reason = "Unauthorized"


def channel_class(tokens: Mapping[str, str], small: int, large: int) -> type[Any]:
    """A server's channels, whose requests have at most `small` bytes, or `large` with the bearer token of their path.

    What is within these is the application's to judge: here a connection ends with no more than a word.
    """

    class Parser(HTTPRequestParser):  # type: ignore[misc]
        wrong_token = False
        adj: Any
        error: Any

        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            token = tokens.get(self.path)
            self.wrong_token = token is not None and not bears(self.headers.get(HEADER), token)
            self.adj = copy(self.adj)
            self.adj.max_request_body_size = 1 + (small if token is None or self.wrong_token else large)

        def received(self, data: bytes) -> int:
            consumed: int = super().received(data)
            if self.wrong_token and isinstance(self.error, RequestEntityTooLarge):
                self.error = Unauthorized("the bearer token is missing or wrong")
            return consumed

    class BoundedChannel(HTTPChannel):  # type: ignore[misc]
        parser_class = Parser

    return BoundedChannel
