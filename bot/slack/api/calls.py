"""What a failed Slack call means, and calls that are safe to repeat."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.logs import EXPLAINED

log = logging.getLogger(__name__)

MAX_WAIT = 300.0  # seconds of rate limit that one call waits out in all
LONGEST_WORD = 60
WORD = re.compile(
    rf"[\w.:-]{{1,{LONGEST_WORD}}}", re.ASCII
)  # an error word; of a body that is no JSON the SDK makes a sentence
DEFAULT_WAIT = 30.0  # where Slack names no time
BACKOFF = (1.0, 4.0, 10.0)
UNKNOWN = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})

# What goes wrong below HTTP; the SDK lets it through as it is.
NetworkError = (OSError, HTTPException)
BROKEN_CALL = (TimeoutError, ConnectionError, URLError, HTTPException)  # a disk's error is an OSError too


@dataclass(frozen=True, slots=True)
class Failure:
    """A refused or broken call: Slack's error word, the HTTP status, and how long to wait where it says so."""

    code: str
    status: int
    wait: float | None = None

    @property
    def unknown(self) -> bool:
        """Whether Slack may have done it all the same."""
        return self.wait is None and (self.status >= 500 or not self.code or self.code in UNKNOWN)


def failure(error: SlackApiError) -> Failure:
    """What is known of it; the response is a plain dict where the body was no JSON."""
    response: Any = error.response
    if isinstance(response, SlackResponse):
        status, headers, data = response.status_code, response.headers, response.data
        code = data.get("error", "") if isinstance(data, dict) else ""
    else:
        status, headers, code = response.get("status", 0), response.get("headers", {}), response.get("error", "")
    limited = status == 429 or code in {"ratelimited", "rate_limited"}
    word = str(code) if WORD.fullmatch(str(code)) else ""
    return Failure(word, int(status or 0), retry_after(headers) if limited else None)


def word_of(error: Exception) -> str:
    """One word for a failed call, out of few: Slack's own, the HTTP status, or the kind of a broken connection."""
    if isinstance(error, SlackApiError):
        what = failure(error)
        return what.code or f"http_{what.status}"
    return type(error).__name__


def _told(error: SlackApiError) -> str:
    what = failure(error)
    return f"{what.code or 'no error word'}, HTTP {what.status}"


EXPLAINED[SlackApiError] = _told


def retry_after(headers: Any) -> float:
    """The seconds Slack asks to wait; at least one, so that a zero is no busy loop."""
    value = {str(key).lower(): value for key, value in dict(headers or {}).items()}.get("retry-after", "")
    value = value[0] if isinstance(value, list) and value else value
    try:
        return max(1.0, float(value))
    except (TypeError, ValueError):
        return DEFAULT_WAIT


def is_away(error: BaseException) -> bool:
    """Whether Slack, or the way to it, does not answer just now: later the same call may do."""
    if isinstance(error, SlackApiError):
        what = failure(error)
        return what.unknown or what.wait is not None
    return isinstance(error, BROKEN_CALL)


def never_arrived(error: BaseException) -> bool:
    """Whether the request surely did not reach Slack."""
    reason = error.reason if isinstance(error, URLError) else error
    return isinstance(reason, ConnectionRefusedError) or type(reason).__name__ == "gaierror"


class RetryingCalls:
    """Repeats calls that only read, or that may safely be done twice."""

    def __init__(
        self,
        sleep: Callable[[float], None],
        longest: float = float("inf"),
        clock: Callable[[], float] = time.monotonic,
        failed: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`longest` are the seconds after which a call that breaks again is given up: somebody waits for the answer.
        `failed` hears of each call that fails."""
        self.sleep, self._failed = sleep, failed
        self._longest, self._clock = longest, clock

    def read(self, call: Callable[[], SlackResponse]) -> SlackResponse:
        """The answer of `call`; a rate limit is waited out, a broken call tried again a few times."""
        begun, waited = self._clock(), 0.0
        pauses = iter(BACKOFF)
        while True:
            try:
                return call()
            except SlackApiError as error:
                what = failure(error)
                self._failed(word_of(error))
                pause = what.wait if what.wait is not None else self._next(pauses, begun) if what.unknown else None
                waited += what.wait or 0.0
                if pause is None or waited > MAX_WAIT:
                    raise
            except NetworkError as error:
                self._failed(word_of(error))
                pause = self._next(pauses, begun)
                if pause is None:
                    raise
            self.sleep(pause)

    def _next(self, pauses: Iterator[float], begun: float) -> float | None:
        pause = next(pauses, None)
        return None if pause is None or self._clock() - begun + pause > self._longest else pause
