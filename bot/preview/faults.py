"""What can go wrong with a call, as tests script it, and Slack's rates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any

Data = dict[str, Any]


@dataclass(frozen=True)
class ApiCall:
    """One call that came in: the method, what was passed, whose token."""

    method: str
    data: Data
    token: str = ""


@dataclass
class Fault:
    """What goes wrong at one call: an HTTP status or an error word, before or (`after`) once it took effect; `silent`
    closes the connection without a reply, `hang` keeps it open until the caller has given up."""

    status: int = 200
    error: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    after: bool = False
    silent: bool = False
    hang: bool = False


class ApiError(Exception):
    """An error word with what belongs to it."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.body = {"ok": False, "error": error, **more}


@dataclass(frozen=True, slots=True)
class RateLimit:
    """`burst` calls at once, then one every `pause` seconds; of one channel alone where `per_channel`."""

    burst: int
    pause: float
    per_channel: bool = False


TIER_2, TIER_3, TIER_4 = RateLimit(20, 3.0), RateLimit(50, 1.2), RateLimit(100, 0.6)
RATES: Mapping[str, RateLimit] = {
    "chat.postMessage": RateLimit(10, 1.0, per_channel=True),  # about one a second, short bursts
    "chat.update": TIER_3,
    "chat.delete": TIER_3,
    "chat.startStream": TIER_2,
    "chat.stopStream": TIER_2,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.list": TIER_2,
    "conversations.open": TIER_3,
    "conversations.replies": TIER_3,
    "usergroups.list": TIER_2,
    "users.list": TIER_2,
}


class Limits:
    """Counts calls against Slack's rates."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._left: dict[tuple[str, str], tuple[float, float]] = {}  # calls that are left, and when that was so

    def wait(self, call: ApiCall) -> int:
        """The seconds to wait before this call would be taken; 0 takes it."""
        rate, now = RATES.get(call.method, TIER_4), self._clock()
        key = call.method, str(call.data.get("channel", "")) if rate.per_channel else ""
        left, since = self._left.get(key, (float(rate.burst), now))
        left = min(float(rate.burst), left + (now - since) / rate.pause)
        self._left[key] = (left - 1 if left >= 1 else left, now)
        return 0 if left >= 1 else max(1, ceil((1 - left) * rate.pause))
