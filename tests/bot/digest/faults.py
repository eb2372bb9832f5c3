"""Processes that die at a chosen point: in process by an exception nothing catches, or by a real SIGKILL."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_sdk import WebClient
from sqlalchemy import Engine, event

from bot.digest.service import Digests
from bot.settings import Settings
from bot.slack.digest.clock import DigestClock, digest_clock
from bot.slack.digest.making import DigestMaker
from storage.engine import reading_engine, writing_engine

TIMEOUT_SECONDS = 2


class Killed(BaseException):
    """The process is gone: nothing after this point runs."""


class Fuse:
    """Burns down by one at every point where a process could die: statements, commits, before and after a call."""

    def __init__(self, left: int | None, end: Callable[[], None]) -> None:
        self.end = end
        self.light(left)

    def light(self, left: int | None) -> None:
        """Let it burn from the start; None for ever."""
        self.left, self.burnt = left, 0

    def __call__(self, *_: Any, **__: Any) -> None:
        """One point is reached."""
        self.burnt += 1
        if self.left is not None and self.burnt > self.left:
            self.end()


def in_process() -> None:
    """Die without the process."""
    raise Killed


def for_real() -> None:
    """Die as by kill -9."""
    os.kill(os.getpid(), signal.SIGKILL)


class Mortal(WebClient):
    """A client that may die right before a call leaves and right after its reply came."""

    fuse: Fuse

    def api_call(self, *arguments: Any, **named: Any) -> Any:
        self.fuse()
        reply = super().api_call(*arguments, **named)
        self.fuse()
        return reply


class Process:
    """One worker over a store and a Slack, with a fuse."""

    def __init__(self, url: str, slack: str, now: Callable[[], datetime], fuse: Fuse) -> None:
        self.fuse = fuse
        self.reading, self.writing = reading_engine(url), writing_engine(url)
        for engine in (self.reading, self.writing):
            _watch(engine, fuse)
        self.clock: DigestClock = digest_clock(
            DigestMaker(Digests(self.reading, Settings(), now), self.writing),
            lambda team: client(slack, fuse),
            lambda seconds: None,
        )

    def tick(self) -> bool:
        """One minute's work; False where the process died in it."""
        try:
            self.clock.tick()
        except Killed:
            return False
        return True

    def close(self) -> None:
        """Give back what the process held, as its end does."""
        self.reading.dispose()
        self.writing.dispose()


def client(slack: str, fuse: Fuse) -> WebClient:
    """A client that burns the fuse."""
    made = Mortal(token="xoxb-1", base_url=slack, timeout=TIMEOUT_SECONDS, retry_handlers=[])
    made.proxy = None
    made.fuse = fuse
    return made


def _watch(engine: Engine, fuse: Fuse) -> None:
    for name in ("before_cursor_execute", "commit"):
        event.listen(engine, name, fuse)


def tick_and_die(url: str, slack: str, moment: datetime, left: int) -> None:
    """What a process of its own does: one tick at a time that stands still, dead by SIGKILL when the fuse is down."""
    process = Process(url, slack, lambda: moment, Fuse(left, for_real))
    process.tick()
    process.close()
