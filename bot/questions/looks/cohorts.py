"""People by the month of their first use and how many are still active; people by the weeks since their last use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from bot.figures import short
from bot.questions.answers.answer import Answer, Column, Draw, Fact, Row, Shape, Status
from bot.questions.answers.caveats import in_order, sentence
from bot.questions.answers.describe import scope_parts
from bot.questions.answers.figures import receipt_of
from bot.questions.periods.labels import range_label
from bot.questions.reading import Understood
from bot.settings import Settings
from storage.answer import cohorts as store
from storage.answer.privacy import Viewer
from storage.answer.result import NoteKind, Result
from storage.catalogue import Unit
from storage.errors import NoData
from storage.names import Directory
from storage.records import Period

PEOPLE, FRACTION = Unit.PEOPLE.value, Unit.FRACTION.value
JOINED = "Each row holds a group of people at least; smaller ones are joined with their neighbours."
NEVER = "never"


def cohorts(
    connection: Connection,
    directory: Directory,
    reading: Understood,
    viewer: Viewer,
    settings: Settings,
    as_of: date | None = None,
) -> Answer:
    """A row for each month of first use. Raises what `run` raises."""
    today = as_of or reading.query.period.end
    result, found = store.cohorts(connection, directory, reading.query, viewer, today)
    if reading.about:
        month = date.fromisoformat(reading.about)
        found = [cohort for cohort in found if cohort.first <= month <= cohort.last]
        if not found:
            raise NoData(f"nobody's first use lies in {month:%B %Y}")
    which = "people by month of first use"
    if reading.about:
        which = f"people whose first use lies in {_months(found[0])}"
    about = ", ".join([which, *scope_parts(reading.query, directory)])
    people, active = sum(cohort.people for cohort in found), sum(cohort.active for cohort in found)
    rows = tuple(
        Row(
            labels={"first_use": cohort.first.isoformat()},
            values={"people": cohort.people, "still_active": cohort.active, "share": cohort.active / cohort.people},
            names={"first_use": _months(cohort)},
        )
        for cohort in found
    )
    begun = f"The data begin on {_day(result.period.start)}: whoever used AI before counts from then on."
    recent = Period(today, today)
    return replace(
        _answer(result, reading, directory, settings),
        text=(
            f"{about[0].upper()}{about[1:]}: {people:,} people have used it, {active:,} of them "
            f"({short(active / people, FRACTION)}) in the last {store.RECENT} days."
        ),
        title=about,
        columns=(
            Column(name="people", label="people", unit=PEOPLE, adds=True),
            Column(name="still_active", label="still active", unit=PEOPLE, adds=True),
            Column(name="share", label="share", unit=FRACTION),
        ),
        rows=rows,
        facts=(
            Fact(label="people with any use", value=people, unit=PEOPLE, said=True),
            Fact(label="still active", value=active, unit=PEOPLE, said=True),
            Fact(label="share still active", value=active / people, unit=FRACTION, said=True),
            Fact(label="days of “still active”", value=store.RECENT, said=True),
        ),
        caveats=(*reading.echoes, begun, *_joined(viewer), *_notes(result)),
        receipt=replace(
            receipt_of(result, directory, settings),
            definition=(
                "People by the month of their first recorded active day, and how many of them have an active day in the"
                f" {store.RECENT} days before {_day(recent.end)}."
            ),
        ),
    )


def last_use(
    connection: Connection,
    directory: Directory,
    reading: Understood,
    viewer: Viewer,
    settings: Settings,
    as_of: date | None = None,
) -> Answer:
    """A row for each span of weeks since the last use. Raises what `run` raises."""
    today = as_of or reading.query.period.end
    result, found = store.since_last_use(connection, directory, reading.query, viewer, today)
    about = ", ".join(["members by weeks since their last use", *scope_parts(reading.query, directory)])
    people = sum(group.people for group in found)
    rows = tuple(
        Row(
            labels={"from": _plain(group.low, NEVER), "to": _plain(group.high, "")},
            values={"people": group.people},
            names={"from": _plain(group.low, NEVER), "to": _end(group)},
        )
        for group in found
    )
    first = found[0]
    within = f"{first.people:,} of {people:,} used it less than {_weeks(first.high)} ago" if first.high else ""
    return replace(
        _answer(result, reading, directory, settings),
        text=f"{about[0].upper()}{about[1:]}: {within or f'{people:,} people, in one group'}.",
        draw=Draw.BAR,
        title=about,
        columns=(Column(name="people", label="people", unit=PEOPLE, adds=True),),
        rows=rows,
        facts=(Fact(label="members", value=people, unit=PEOPLE, said=True),),
        caveats=(*reading.echoes, *_joined(viewer), *_notes(result)),
        receipt=replace(
            receipt_of(result, directory, settings),
            definition="Those who are members today, by the whole weeks since their last recorded active day.",
        ),
    )


def _answer(result: Result, reading: Understood, directory: Directory, settings: Settings) -> Answer:
    return Answer(
        status=Status.ANSWERED,
        text="",
        shape=Shape.LIST,
        query=reading.query.with_(period=result.period).to_json(),
        period=result.period,
        shown=result.shown,
    )


def _joined(viewer: Viewer) -> tuple[str, ...]:
    return () if viewer.operator else (JOINED,)


def _notes(result: Result) -> tuple[str, ...]:
    return tuple(sentence(note) for note in in_order(result.notes) if note.kind is not NoteKind.STARTS_LATE)


def _months(cohort: store.Cohort) -> str:
    return (
        f"{cohort.first:%b %Y}" if cohort.first.month == cohort.last.month else range_label(cohort.first, cohort.last)
    )


def _end(group: store.Since) -> str:
    if group.low is None:
        return ""
    if group.high is None:
        return "and more, or never" if group.with_never else "and more"
    return f"under {_weeks(group.high)}"


def _plain(weeks: int | None, otherwise: str) -> str:
    return otherwise if weeks is None else str(weeks)


def _weeks(count: int | None) -> str:
    return "1 week" if count == 1 else f"{count} weeks"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
