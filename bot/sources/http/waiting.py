"""How often a vendor is tried again and how long is waited: what it asks for, else longer each time, with jitter."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, stop_before_delay

from bot.sources.base import SourceError

TRIES = 6
TRIES_OF_A_VENDOR_THAT_IS_DOWN = 2  # once all tries of a request were in vain, until one is answered
LONGEST_TRYING = 150.0  # seconds after which a request is not tried again
FIRST_WAIT = 0.5  # seconds, doubled each time
LONGEST_WAIT = 120.0  # seconds; a vendor that asks for more is left until the next pass
LIMITED = frozenset({408, 425, 429})

T = TypeVar("T")


class Again(Exception):
    """This try failed, another may not: `error` is what it comes to if none does, `after` the wait that was asked."""

    def __init__(self, error: SourceError, after: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.after = after


class TooLong(Exception):
    """The vendor asks to wait longer than a pass does."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Patience:
    """What waiting needs, so that a test can stand in for it; `chance` is from 0 to 1."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = field(default=random.random)

    def tried(self, attempt: Callable[[], T], most: int = TRIES) -> T:
        """What the attempt gives, after as many tries as it takes. Raises the SourceError of the last one."""
        tries = Retrying(
            stop=stop_after_attempt(most) | stop_before_delay(LONGEST_TRYING),
            wait=self._wait,
            sleep=self.sleep,
            retry=retry_if_exception_type(Again),
            reraise=True,
        )
        try:
            return tries(attempt)
        except Again as again:
            raise again.error from again.__cause__

    def asked(self, status: int, headers: Mapping[str, str]) -> float | None:
        """The seconds that a reply asks to wait, None where it says nothing of it. Raises TooLong.

        Retry-After is seconds or a date (RFC 9110, 10.2.3), a date taken by the vendor's own clock where it tells it.
        """
        said = headers.get("retry-after", "").strip()
        seconds = _number(said)
        if seconds is None and said:
            seconds = self._until(_date(said), headers)
        if seconds is None and headers.get("x-ratelimit-remaining", "").strip() == "0":
            reset = _number(headers.get("x-ratelimit-reset", ""))
            seconds = None if reset is None else self._until(datetime.fromtimestamp(reset, UTC), headers)
        if seconds is not None and seconds > LONGEST_WAIT:
            raise TooLong(seconds)
        return seconds

    def _until(self, then: datetime | None, headers: Mapping[str, str]) -> float | None:
        now = _date(headers.get("date", "")) or self.now()
        return None if then is None else max(0.0, (then - now).total_seconds())

    def _wait(self, state: RetryCallState) -> float:
        failed = state.outcome.exception() if state.outcome else None
        after = failed.after if isinstance(failed, Again) else None
        backoff = FIRST_WAIT * 2.0 ** (state.attempt_number - 1)
        jitter = backoff * self.chance()
        return min(LONGEST_WAIT, backoff / 2 + jitter if after is None else after + jitter / 2)


def is_limit(status: int, headers: Mapping[str, str]) -> bool:
    """Whether a reply says "not now" rather than "no": some vendors say so with 403."""
    return status in LIMITED or (
        status == 403 and ("retry-after" in headers or headers.get("x-ratelimit-remaining", "").strip() == "0")
    )


def _number(text: str) -> float | None:
    text = text.strip()
    return float(text) if text.replace(".", "", 1).isdigit() and text.isascii() else None


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
