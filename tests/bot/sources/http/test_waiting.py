"""How long is waited: what is asked for within a bound, else longer each time, never all at once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.sources.base import SourceDown
from bot.sources.http.waiting import LONGEST_WAIT, TRIES, Again, Patience, TooLong, is_limit

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)


def waiting(slept: list[float], chance: float = 0.0) -> Patience:
    return Patience(now=lambda: NOW, sleep=slept.append, chance=lambda: chance)


def fail(after: float | None = None) -> None:
    raise Again(SourceDown("it is down"), after)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "Tue, 10 Nov 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Tue, 10 Nov 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "Tue, 10 Nov 2026 12:05:30 GMT", "date": "Tue, 10 Nov 2026 12:05:00 GMT"}, 30.0),
        ({"retry-after": "soon"}, None),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW.timestamp()) + 20)}, 20.0),
        ({"x-ratelimit-remaining": "5", "x-ratelimit-reset": str(int(NOW.timestamp()) + 20)}, None),
    ],
)
def test_a_reply_may_say_how_long(headers: dict[str, str], seconds: float | None) -> None:
    assert waiting([]).asked(429, headers) == seconds


def test_more_than_a_pass_waits_is_another_matter() -> None:
    with pytest.raises(TooLong):
        waiting([]).asked(429, {"retry-after": str(LONGEST_WAIT + 1)})


def test_waits_double_with_jitter_and_the_last_error_is_what_is_raised() -> None:
    for chance, factor in ((0.0, 0.5), (1.0, 1.5)):
        slept: list[float] = []
        with pytest.raises(SourceDown, match="it is down"):
            waiting(slept, chance).tried(fail)
        assert slept == [0.5 * 2**number * factor for number in range(TRIES - 1)]


def test_a_wait_that_ends_too_late_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sources.http.waiting.LONGEST_TRYING", 50.0)
    slept: list[float] = []
    with pytest.raises(SourceDown, match="it is down"):
        waiting(slept).tried(lambda: fail(60.0))

    assert slept == []


def test_jitter_never_makes_it_shorter_than_what_was_asked() -> None:
    slept: list[float] = []
    with pytest.raises(SourceDown):
        waiting(slept, 1.0).tried(lambda: fail(10))

    assert all(10 <= seconds <= LONGEST_WAIT for seconds in slept)


def test_what_is_no_failure_of_the_vendor_is_not_tried_again() -> None:
    tries: list[int] = []

    def broken() -> None:
        tries.append(1)
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011  # whatever it says
        waiting([]).tried(broken)
    assert len(tries) == 1


@pytest.mark.parametrize(
    ("status", "headers", "limit"),
    [
        (429, {}, True),
        (408, {}, True),
        (403, {}, False),
        (403, {"retry-after": "1"}, True),
        (403, {"x-ratelimit-remaining": "0"}, True),
        (404, {"retry-after": "1"}, False),
    ],
)
def test_not_now_is_told_from_no(status: int, headers: dict[str, str], limit: bool) -> None:
    assert is_limit(status, headers) is limit
