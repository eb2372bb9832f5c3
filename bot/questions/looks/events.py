"""A figure before and after an event that was recorded with its day: the change test of the digest, and no cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import fmean

from sqlalchemy import Connection

from bot.figures import short
from bot.questions.answers.answer import Answer, Column, Fact, Row, Shape, Status
from bot.questions.answers.caveats import in_order, sentence
from bot.questions.answers.describe import scope_parts
from bot.questions.answers.figures import receipt_of
from bot.questions.looks.naming_events import event_of
from bot.questions.periods.labels import range_label
from bot.questions.reading import Understood
from bot.settings import Settings
from bot.statistics.weekly import FEWEST_WEEKS, WEEKS, Usual, breadth_p, usual
from storage.answer.breadth import MEASURES, shifts_between
from storage.answer.privacy import Viewer
from storage.answer.result import Result
from storage.answer.run import run
from storage.catalogue import Metric, metric
from storage.errors import NoData
from storage.names import Directory
from storage.query import Grain, Query
from storage.records import Period

AFTER = 8  # whole weeks after an event that are looked at
BROAD = 0.01
SMALL = 20
ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)
NO_CAUSE = "This says what coincides with the event; it does not show that the event is the cause."


@dataclass(frozen=True, slots=True)
class Sides:
    """The weekly values of a figure on both sides of a day, oldest first, by their Mondays."""

    before: dict[date, float]
    after: dict[date, float]


def answer(
    connection: Connection,
    directory: Directory,
    reading: Understood,
    viewer: Viewer,
    settings: Settings,
    as_of: date | None = None,
) -> Answer:
    """The figure's weeks before the event beside those after it. Raises what `run` raises."""
    day, name, _ = event_of(reading.about, directory)
    query, measure = reading.query, metric(reading.query.metrics[0])
    first, last = _edges(day, directory, as_of)
    asked = Query(metrics=query.metrics, period=Period(first, last), grain=Grain.WEEK, filters=query.filters)
    result = run(connection, directory, asked, viewer, as_of)
    sides = _sides(result, measure.name, day)
    if not sides.before or not sides.after:
        raise NoData("there is no whole week on one side of that day whose figure may be shown")
    known = usual([*sides.before.values()])
    shifts = shifts_between(connection, directory, asked, sides.after, sides.before) if measure.name in MEASURES else ()
    broad = breadth_p(shifts) if shifts else None
    about = ", ".join([measure.label, *scope_parts(query, directory), f"before and after “{name}” ({_day(day)})"])
    before, after = fmean(sides.before.values()), fmean(sides.after.values())
    change = after - before
    return Answer(
        status=Status.ANSWERED,
        text=f"{about[0].upper()}{about[1:]}: {_compared(sides, measure)} {_verdict(known, after, broad, measure)}",
        shape=Shape.SINGLE,
        title=about,
        query=query.with_(period=_span(sides.after)).to_json(),
        period=_span(sides.after),
        previous=_span(sides.before),
        columns=(
            Column(name=measure.name, label="a week after", unit=measure.unit.value),
            Column(name="previous", label="a week before", unit=measure.unit.value),
            Column(name="change", label="change", unit=measure.unit.value),
            Column(name="change_pct", label="change %", unit="fraction"),
        ),
        rows=(
            Row(
                labels={},
                values={
                    measure.name: after,
                    "previous": before,
                    "change": change,
                    "change_pct": change / before if before else None,
                },
            ),
        ),
        facts=(*_facts(known, broad, sides, measure),),
        caveats=(*reading.echoes, NO_CAUSE, *(sentence(note) for note in in_order(result.notes))),
        receipt=replace(
            receipt_of(result, directory, settings),
            definition=(
                f"{measure.description} The mean of up to {AFTER} whole weeks after the event beside that of up to"
                f" {WEEKS} before it; a change is one outside the limits of those (XmR on logs), or one that most"
                " people share (paired Wilcoxon, p below 0.01)."
            ),
        ),
        shown=result.shown,
    )


def _edges(day: date, directory: Directory, as_of: date | None) -> tuple[date, date]:
    """The first and last day of the whole weeks that are looked at; the week in which the event lies is on no side."""
    if directory.usage is None:
        raise NoData("nothing is recorded yet")
    first_recorded, last_recorded = directory.usage
    end = last_recorded if as_of is None else min(last_recorded, as_of - ONE_DAY)
    monday = day - timedelta(days=day.weekday())
    first = monday - WEEKS * WEEK
    while first < first_recorded:
        first += WEEK
    after = monday if day == monday else monday + WEEK
    last = after + AFTER * WEEK - ONE_DAY
    while last > end:
        last -= WEEK
    if first >= monday or last < after:
        raise NoData(f"it takes a whole recorded week before and after {_day(day)}")
    return first, last


def _sides(result: Result, name: str, day: date) -> Sides:
    values = {
        date.fromisoformat(row.labels["week"]): float(value)
        for row in result.rows
        if not row.suppressed and (value := row.values[name]) is not None
    }
    return Sides(
        {monday: value for monday, value in values.items() if monday + WEEK <= day},
        {monday: value for monday, value in values.items() if monday >= day},
    )


def _span(weeks: dict[date, float]) -> Period:
    first, last = min(weeks), max(weeks) + WEEK - ONE_DAY
    return Period(first, last, range_label(first, last))


def _compared(sides: Sides, measure: Metric) -> str:
    unit = measure.unit.value
    after, before = (fmean(weeks.values()) for weeks in (sides.after, sides.before))
    later = f"{short(after, unit)} a week in {_weeks(sides.after)} after"
    return f"{later}, {short(before, unit)} in {_weeks(sides.before)} before."


def _weeks(weeks: Sequence[date] | dict[date, float]) -> str:
    return "the whole week" if len(weeks) == 1 else f"the {len(weeks)} whole weeks"


def _verdict(known: Usual | None, after: float, broad: float | None, measure: Metric) -> str:
    if known is None:
        return f"It takes {FEWEST_WEEKS} weeks before to tell a change from chance, so no change is claimed."
    unit = measure.unit.value
    usually = f"its usual range, {short(known.low, unit)} to {short(known.high, unit)}"
    most = broad is not None and broad < BROAD
    if known.holds(after):
        if most:
            return f"Most people shifted the same way, though the whole is still inside {usually}."
        return f"That is inside {usually}: no change that chance would not make."
    side = "above" if after > known.high else "below"
    rose = "rose" if after > known.high else "fell"
    if broad is None:
        return f"It {rose}: that is {side} {usually}."
    if most:
        return f"It {rose} for most people: that is {side} {usually}."
    return f"It {rose}, {side} {usually}, and not for most people: a few of them, or one pipeline, may be behind it."


def _facts(known: Usual | None, broad: float | None, sides: Sides, measure: Metric) -> Sequence[Fact]:
    unit = measure.unit.value
    found = [
        Fact(label="weeks before", value=len(sides.before), said=True),
        Fact(label="weeks after", value=len(sides.after), said=True),
    ]
    if known is not None:
        found += [
            Fact(label="usual range before, low", value=known.low, unit=unit, said=True),
            Fact(label="usual range before, high", value=known.high, unit=unit, said=True),
            Fact(label="level p", value=known.level_p(fmean(sides.after.values())), said=True),
        ]
    return [*found, Fact(label="breadth p", value=broad, said=True)] if broad is not None else found


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
