"""Is that normal: a figure beside the usual range of the same spans before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from bot.figures import short
from bot.questions.answers.answer import Answer, Fact
from bot.questions.answers.figures import answer_of
from bot.questions.reading import Understood
from bot.settings import Settings
from bot.statistics.weekly import FEWEST_WEEKS, WEEKS, usual
from storage.answer.calendar import after, first_of
from storage.answer.privacy import Viewer
from storage.answer.run import run
from storage.catalogue import metric
from storage.errors import Denied, InvalidQuery, NoData
from storage.names import Directory
from storage.query import Grain, Query
from storage.records import Period

SMALL_TEAM = 20  # below it only a large change stands out from chance


def normal(
    connection: Connection,
    directory: Directory,
    reading: Understood,
    viewer: Viewer,
    settings: Settings,
    as_of: date | None = None,
) -> Answer:
    """The figure with its usual range in the facts. Raises what `storage.answer.run.run` raises."""
    query = reading.query.with_(previous=None, having=(), order=None, limit=None)
    if query.group_by or query.grain:
        raise InvalidQuery("a usual range belongs to one figure: name one team, tool or the whole organisation")
    answer = answer_of(connection, directory, replace(reading, query=query), viewer, settings, as_of)
    measure = metric(query.metrics[0])
    column = "share" if query.share else measure.name
    value = answer.rows[0].values[column]
    unit = "fraction" if query.share else measure.unit.value
    before = _before(connection, directory, query, viewer, column)
    known = usual(before)
    if known is None or value is None:
        said = f"There is no usual range yet: it takes {FEWEST_WEEKS} earlier spans of this length with a figure."
        return replace(answer, text=f"{answer.text} {said}")
    low, high = short(known.low, unit), short(known.high, unit)
    verdict = "inside" if known.holds(float(value)) else "below" if float(value) < known.low else "above"
    text = f"{answer.text} That is {verdict} its usual range, {low} to {high}."
    people = _headcount(connection, directory, query, viewer)
    if verdict == "inside" and people is not None and people < SMALL_TEAM:
        text += " The group is small, so only a large change would show."
    facts = (
        Fact(label="usual range, low", value=known.low, unit=unit),
        Fact(label="usual range, high", value=known.high, unit=unit),
        Fact(label="earlier spans it is taken from", value=known.weeks, unit="spans"),
    )
    return replace(answer, text=text, facts=(*facts, *answer.facts))


def _before(
    connection: Connection, directory: Directory, query: Query, viewer: Viewer, column: str
) -> list[float | None]:
    """The figure of the spans before, oldest first: weeks of a week, months of a month, the same weekday of a day."""
    found: list[float | None] = []
    for span in reversed(_spans(query.period)):
        if directory.first_day is None or span.start < directory.first_day:
            continue
        try:
            rows = run(connection, directory, query.with_(period=span), viewer).rows
        except (Denied, NoData):
            continue  # a span in which too few had usage is none to compare with
        value = rows[0].values[column]
        found.append(None if value is None else float(value))
    return found


def _spans(period: Period) -> list[Period]:
    """The twelve spans of the same kind before a period, newest first."""
    month = first_of(period.start, Grain.MONTH)
    if period.start == month and period.end == after(month, Grain.MONTH) - timedelta(days=1):
        return _months_before(period)
    step = timedelta(days=7 if period.days == 1 else period.days)
    return [Period(period.start - n * step, period.end - n * step) for n in range(1, WEEKS + 1)]


def _months_before(period: Period) -> list[Period]:
    spans, start = [], period.start
    for _ in range(WEEKS):
        end = start - timedelta(days=1)
        start = end.replace(day=1)
        spans.append(Period(start, end))
    return spans


def _headcount(connection: Connection, directory: Directory, query: Query, viewer: Viewer) -> float | None:
    people = tuple(
        condition for condition in query.filters if condition.dimension in ("team", "title", "location", "kind")
    )
    rows = run(connection, directory, Query(metrics=("headcount",), period=query.period, filters=people), viewer).rows
    value = rows[0].values["headcount"]
    return None if value is None else float(value)
