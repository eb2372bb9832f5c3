"""Which days of a report are due, in steps of one pull each, and what state a day has once it is pulled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.sources.base import Report
from storage.records import DayState, Period

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The days somebody asks for, in UTC as vendors count them; None is as the report has it.

    `believed` takes a roster that most of its people are gone from, and days that most of their facts are.
    """

    since: date | None = None
    until: date | None = None
    believed: bool = False


def due_days(report: Report, known: Mapping[date, DayState], today: date, wanted: Wanted) -> list[date]:
    """The days to pull, in order.

    Without `since` those that are not known to be complete, from the first known one (or the report's history) on;
    with it all.
    """
    newest = today - report.lag_days * DAY
    last = min(wanted.until or newest, newest)
    first = wanted.since or min([*known, today - report.history_days * DAY])
    days = (first + n * DAY for n in range((last - first).days + 1))
    return [day for day in days if wanted.since or known.get(day) is not DayState.COMPLETE]


def steps(report: Report, days: Iterable[date]) -> Iterator[Period]:
    """These days as pulls: days in a row, at most as many as the report gives at once."""
    run: list[date] = []
    for day in days:
        if run and (day - run[-1] != DAY or len(run) >= report.step_days):
            yield Period(run[0], run[-1])
            run = []
        run.append(day)
    if run:
        yield Period(run[0], run[-1])


def states(report: Report, period: Period, today: date) -> dict[date, DayState]:
    """What a pull of these days makes of them: provisional as long as the vendor still corrects them."""
    settled = today - (report.lag_days + report.revised_days) * DAY
    return {day: DayState.COMPLETE if day < min(settled, today) else DayState.PROVISIONAL for day in period.each_day()}


def gaps(known: Mapping[date, DayState], today: date, report: Report) -> list[date]:
    """The days since the first known one that the store has not, or not wholly."""
    if not known:
        return []
    first, last = min(known), today - (report.lag_days + 1) * DAY
    whole = (DayState.COMPLETE, DayState.PROVISIONAL)
    return [day for n in range((last - first).days + 1) if known.get(day := first + n * DAY) not in whole]
