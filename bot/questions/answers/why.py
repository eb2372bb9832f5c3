"""Why a figure changed: the exact parts of the change, in words that claim no cause."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from bot.figures import rough, signed
from bot.figures import short as in_three
from bot.questions.answers.answer import Answer, Column, Fact, Row, Shape, Status
from bot.questions.answers.caveats import sentence
from bot.questions.answers.describe import period_words, title, topic
from bot.questions.answers.figures import receipt_of
from bot.questions.answers.naming import plain_name
from bot.questions.answers.writing import ABOUT
from bot.questions.reading import Understood
from bot.settings import Settings
from storage.answer.decompose import ChangePart, Decomposition, decompose
from storage.answer.privacy import Viewer
from storage.catalogue import metric
from storage.names import Directory

NAMED = 3  # parts that the sentence says; the table has all


def why(
    connection: Connection,
    directory: Directory,
    reading: Understood,
    viewer: Viewer,
    settings: Settings,
    as_of: date | None = None,
) -> Answer:
    """A row a part; value, previous and change stand in the facts. Raises what `decompose` raises."""
    found = decompose(connection, directory, reading.query, viewer)
    measure = metric(reading.query.metrics[0])
    unit = measure.unit.value
    caveats = [*reading.echoes, *(sentence(note) for note in found.result.notes)]
    if found.hidden:
        caveats.append("Hidden parts, because their groups are small: " + ", ".join(found.hidden[:8]) + ".")
    return Answer(
        status=Status.ANSWERED,
        text=_text(found, topic(reading.query.with_(group_by=(), period=found.result.period), directory), unit),
        shape=Shape.LIST,
        title=f"why {title(reading.query.with_(group_by=()), directory)} changed",
        query=reading.query.to_json(),
        period=found.result.period,
        previous=found.result.previous,
        columns=(Column(name="contribution", label="part of the change", unit=unit),),
        rows=tuple(
            Row(
                labels=part.labels,
                values={"contribution": part.contribution},
                rounded=found.rounded,
                names={label: _name(part) for label in part.labels} if len(part.labels) == 1 else {},
            )
            for part in found.parts
        ),
        facts=(
            Fact(label="value", value=found.value, unit=unit, said=True),
            Fact(label="previous", value=found.previous, unit=unit, said=True),
            Fact(label="change", value=found.change, unit=unit, said=True),
        ),
        caveats=tuple(caveats),
        receipt=receipt_of(found.result, directory, settings),
        shown=found.shown,
    )


def _text(found: Decomposition, head: str, unit: str) -> str:
    assert found.result.previous is not None
    about, short = (ABOUT, rough) if found.rounded else ("", in_three)
    head = f"{head[0].upper()}{head[1:]}: {about}{short(found.value, unit)}"
    when = period_words(found.result.previous)
    if found.change == 0:
        return f"{head}, the same as in {when}."
    direction = "up" if found.change > 0 else "down"
    head += (
        f", {direction} {about}{short(abs(found.change), unit)} from {about}{short(found.previous, unit)} in {when}."
    )
    largest = [part for part in found.parts if part.contribution][:NAMED]
    said = "; ".join(f"{_name(part)} {signed(part.contribution, unit)}" for part in largest)
    return f"{head} The change coincides with: {said}. These parts describe the change; they do not prove a cause."


def _name(part: ChangePart) -> str:
    return " · ".join(plain_name(label, name) if label != "part" else name for label, name in part.labels.items())
