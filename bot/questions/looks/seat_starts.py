"""The time from a seat to its first use, as an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from bot.figures import plural, short
from bot.questions.answers.answer import Answer, Column, Fact, Row, Shape, Status
from bot.questions.answers.caveats import in_order, sentence
from bot.questions.answers.describe import scope_parts
from bot.questions.answers.figures import receipt_of
from bot.questions.reading import Understood
from bot.settings import Settings
from storage.answer.privacy import Viewer
from storage.answer.seat_starts import first_uses
from storage.catalogue import Unit
from storage.names import Directory

WAIT = "median_days_to_first_use"
DAYS, SEATS = Unit.DAYS.value, Unit.SEATS.value
MEANING = (
    "Days from the start of a seat to its holder's first active day of that tool, of seats that began since usage is "
    "recorded and have been used; those not used yet are counted beside it."
)


def answer(
    connection: Connection,
    directory: Directory,
    reading: Understood,
    viewer: Viewer,
    settings: Settings,
    as_of: date | None = None,
) -> Answer:
    """The median days from seat to first use. Raises what `run` raises."""
    query = reading.query
    result, found = first_uses(connection, directory, query, viewer, as_of or query.period.end)
    about = ", ".join(["days from seat to first use", *scope_parts(query.with_(group_by=()), directory)])
    rows = tuple(
        Row(
            labels={"tool": start.tool} if query.group_by else {},
            values={WAIT: start.median, "used": start.used, "not_used": start.unused},
            suppressed=start.median is None and start.used is None,
        )
        for start in found
    )
    said = "; ".join(_said(row) for row in rows)
    columns = ((WAIT, "median days", DAYS), ("used", "seats used", SEATS), ("not_used", "not used yet", SEATS))
    facts = [
        Fact(label=", ".join([label, *row.labels.values()]), value=row.values[name], unit=unit, said=True)
        for row in rows
        for name, label, unit in columns
        if row.values[name] is not None
    ]
    return Answer(
        status=Status.ANSWERED,
        text=f"{about[0].upper()}{about[1:]}: {said}.",
        shape=Shape.LIST if query.group_by else Shape.SINGLE,
        title=about,
        query=query.with_(period=result.period).to_json(),
        period=result.period,
        columns=tuple(Column(name=name, label=label, unit=unit) for name, label, unit in columns),
        rows=rows,
        facts=tuple(facts),
        caveats=(*reading.echoes, MEANING, *(sentence(note) for note in in_order(result.notes))),
        receipt=replace(receipt_of(result, directory, settings), definition=MEANING),
        shown=result.shown,
    )


def _said(row: Row) -> str:
    name = f"{row.labels['tool']} " if row.labels else ""
    median, used, unused = row.values[WAIT], row.values["used"], row.values["not_used"]
    if median is None:
        return f"{name}hidden" if row.suppressed else f"{name}none used yet"
    counted = "" if used is None else f" ({plural(int(used), 'seat')} used, {int(unused or 0):,} not yet)"
    return f"{name}a median of {short(median, DAYS)}{counted}"
