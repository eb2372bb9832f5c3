"""What every report of Anthropic is asked with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from bot.sources.anthropic.asking import NOT_ALLOWED, day_of, may_read_admin, span, workspaces
from bot.sources.base import Reply
from storage.records import Period

PERIOD = Period(date(2026, 11, 6), date(2026, 11, 7))


class Vendor:
    """Answers each path with one reply, and counts how often it was asked."""

    def __init__(self, *bodies: Any, status: int = 200) -> None:
        self.bodies, self.status, self.asked = bodies, status, 0

    def get(self, path: str, params: Any = None, *, allowed: Any = ()) -> Reply:
        assert {*NOT_ALLOWED} <= {*allowed}
        self.asked += 1
        return Reply(self.status, self.bodies[min(self.asked, len(self.bodies)) - 1] if self.bodies else None)


class Pull:
    """As much of a pull as is asked with."""

    def __init__(self, http: Vendor) -> None:
        self.http, self.period, self.memo = http, PERIOD, dict[str, Any]()


def pull(*bodies: Any, status: int = 200) -> Any:
    return Pull(Vendor(*bodies, status=status))


def test_the_end_of_a_pull_is_the_day_after_its_last() -> None:
    assert span(PERIOD) == {"starting_at": "2026-11-06T00:00:00Z", "ending_at": "2026-11-08T00:00:00Z"}


def test_a_time_is_of_its_utc_day() -> None:
    for told in ("2026-11-06T00:00:00Z", "2026-11-06T23:59:59+00:00", "2026-11-06", datetime(2026, 11, 6)):
        assert day_of({"date": told}, "date") == date(2026, 11, 6)


@pytest.mark.parametrize(("status", "reads"), [(200, True), (401, False), (403, False), (404, False)])
def test_whether_the_key_reads_the_admin_api_is_asked_once(status: int, reads: bool) -> None:
    asked = pull({}, status=status)

    assert may_read_admin(asked) is may_read_admin(asked) is reads
    assert asked.http.asked == 1


def test_workspaces_that_are_named_alike_are_told_apart_by_their_ids() -> None:
    rows = [{"id": "w1", "name": "Search"}, {"id": "w2", "name": "Search"}, {"id": "w3", "name": ""}]
    asked = pull({"data": rows, "has_more": False})

    assert workspaces(asked) == {"w1": "Search (w1)", "w2": "Search (w2)", "w3": "w3"}
    assert workspaces(asked) == workspaces(asked)
    assert asked.http.asked == 1


def test_a_key_that_may_not_read_workspaces_knows_none() -> None:
    assert workspaces(pull(status=403)) == {}
