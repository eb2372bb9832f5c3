"""Which way of asking a server understands: the strictest first, remembered once it has worked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import urlsplit

from bot.questions.llm.wire import Rung

CHAT = (Rung.STRICT, Rung.PLAIN, Rung.SCHEMA, Rung.OBJECT)
# OpenAI's own reasoning models take tools through Responses alone.
REASONING = re.compile(r"(?:^|/)(?:o\d|gpt-(?:5|[6-9]|\d\d)|codex)")
OPENAI_HOST = "api.openai.com"


def host_of(base_url: str) -> str:
    """The host of a base address; OpenAI's own where none is set."""
    return urlsplit(base_url).hostname or OPENAI_HOST if base_url else OPENAI_HOST


def is_openais(host: str) -> bool:
    """Whether a host speaks OpenAI's own dialect."""
    return host == OPENAI_HOST or host.endswith(".openai.azure.com")


def reasons(model: str) -> bool:
    """Whether a model of OpenAI's thinks before it speaks."""
    return REASONING.search(model.lower()) is not None


@dataclass
class Ladder:
    """The rungs of one server and model, and where on them it is."""

    rungs: tuple[Rung, ...]
    _at: int = 0
    _settled: bool = False
    _lock: Lock = field(default_factory=Lock)

    @property
    def rung(self) -> Rung:
        """The way to ask now."""
        with self._lock:
            return self.rungs[self._at]

    def down(self, tried: Rung, wanted: Rung | None = None) -> bool:
        """Step down from a rung that failed (or to the one the server asked for); False where there is none below.

        Another thread may have stepped already: then the question is tried where it stands now.
        """
        with self._lock:
            if self.rungs[self._at] is not tried:
                return True
            if wanted is not None:
                if wanted in self.rungs:
                    return False  # it was tried before
                self.rungs = (*self.rungs[: self._at], wanted, *self.rungs[self._at :])
                return True
            if self._at + 1 == len(self.rungs):
                return False
            self._at += 1
            return True

    def worked(self) -> None:
        """Stay on this rung from now on."""
        with self._lock:
            self._settled = True

    def failed(self) -> None:
        """Begin at the top again, unless a rung has proved itself: the server may only have been starting."""
        with self._lock:
            self._at = self._at if self._settled else 0


def ladder(base_url: str, model: str, api: str = "auto") -> Ladder:
    """The ladder of a server: Responses first where OpenAI's reasoning models are asked (or `api` says so)."""
    host = host_of(base_url)
    first = api == "responses" or (api == "auto" and is_openais(host) and reasons(model))
    return Ladder((Rung.RESPONSES, *CHAT) if first else CHAT)
