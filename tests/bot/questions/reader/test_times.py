"""Period and comparison of a message: small programmes, one of which the network names."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.finders.marking import mark
from bot.questions.finders.marks import Mention
from bot.questions.periods import default_period
from bot.questions.reader.schema import TIME
from bot.questions.reader.times import Scene, as_match, run, unit_of
from storage.query import Query
from storage.records import Period
from tests.bot.questions.finders.bureau import world

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "October 2026")
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30), "September 2026")
BEFORE = Query(metrics=("tokens",), period=OCTOBER, previous=SEPTEMBER)


def scene(text: str, before: Query | None = None) -> Scene:
    """The message with its first period as the main one."""
    marked = mark(text, world())
    periods: list[Mention] = [mention for mention in marked.mentions if mention.kind == "period"]
    return Scene(marked, world(), periods[0] if periods else None, periods[1:], before)


def days(programme: str, text: str, before: Query | None = None) -> tuple[str, str] | None:
    """The period and the one compared with, as "10-01..10-31"."""
    found = run(programme, scene(text, before))
    if found is None:
        return None
    told = [f"{span.start:%m-%d}..{span.end:%m-%d}" if span else "" for span in (found.period, found.previous)]
    return told[0], told[1]


@pytest.mark.parametrize(
    ("programme", "text", "expected"),
    [
        ("one", "tokens in October", ("10-01..10-31", "")),
        ("previous", "tokens in October", ("10-01..10-31", "09-01..09-30")),
        ("previous", "tokens this month", ("11-01..11-18", "10-01..10-18")),
        ("previous_whole", "tokens this month", ("11-01..11-18", "10-01..10-31")),
        ("year_ago", "tokens in October", ("10-01..10-31", "10-01..10-31")),
        ("union", "tokens in September and October", ("09-01..10-31", "")),
        ("pair", "tokens in September and October", ("10-01..10-31", "09-01..09-30")),
        ("found", "tokens in October vs September", ("10-01..10-31", "09-01..09-30")),
    ],
)
def test_each_programme_makes_its_days_of_the_periods_said(
    programme: str, text: str, expected: tuple[str, str]
) -> None:
    assert days(programme, text) == expected


@pytest.mark.parametrize(
    ("programme", "text"),
    [
        ("union", "tokens in October"),
        ("pair", "tokens in October"),
        ("found", "tokens in October"),
        ("kept_previous", "x"),
    ],
)
def test_a_programme_that_does_not_apply_gives_nothing(programme: str, text: str) -> None:
    assert days(programme, text) is None


def test_what_was_compared_before_is_kept() -> None:
    assert days("kept_previous", "and by team", BEFORE) == ("10-01..10-31", "09-01..09-30")


def test_nothing_said_means_the_default_and_of_a_headcount_today() -> None:
    bare = scene("tokens")
    headcount = Scene(bare.marked, world(), headcount=True)

    assert bare.base.period == default_period(bare.calendar).period
    assert headcount.base.period.start == headcount.base.period.end == bare.calendar.as_of


def test_a_relative_period_is_counted_from_the_threads() -> None:
    assert days("one", "and the month before", BEFORE) == ("09-01..09-30", "")


def test_every_programme_that_the_network_may_name_is_there() -> None:
    for name in TIME:
        run(name, scene("tokens in October"))


@pytest.mark.parametrize(
    ("period", "unit"),
    [
        (OCTOBER, "month"),
        (Period(date(2026, 11, 1), date(2026, 11, 18), "November 2026 so far"), "month"),
        (Period(date(2026, 11, 1), date(2026, 11, 18)), None),
        (Period(date(2026, 11, 9), date(2026, 11, 15)), "week"),
    ],
)
def test_a_stored_period_is_known_as_its_unit(period: Period, unit: str | None) -> None:
    assert unit_of(period) == unit
    assert as_match(period, scene("tokens").calendar).unit == unit
