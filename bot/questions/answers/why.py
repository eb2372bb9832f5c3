"""Why a figure changed: the exact parts of the change, in words that claim no cause."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.figures import figure
from bot.questions.answers.answer import Answer, Column, Fact, Row, Shape, Status
from bot.questions.answers.caveats import sentence
from bot.questions.answers.describe import period_words, title
from bot.questions.answers.figures import receipt_of
from bot.questions.answers.wording import ABOUT
from bot.questions.reading import Understood
from bot.settings import Settings
from storage.answer.decompose import Decomposition, decompose
from storage.answer.privacy import Viewer
from storage.catalogue import metric
from storage.names import Directory

NAMED = 3  # parts that the sentence says; the table has all


def why(
    connection: Connection, directory: Directory, reading: Understood, viewer: Viewer, settings: Settings
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
        text=_text(found, measure.label, unit),
        shape=Shape.LIST,
        title=f"why {title(reading.query.with_(group_by=()), directory)} changed",
        query=reading.query.to_json(),
        period=found.result.period,
        previous=found.result.previous,
        columns=(Column(name="contribution", label="part of the change", unit=unit),),
        rows=tuple(
            Row(labels=part.labels, values={"contribution": part.contribution}, rounded=found.rounded)
            for part in found.parts
        ),
        facts=(
            Fact(label="value", value=found.value, unit=unit),
            Fact(label="previous", value=found.previous, unit=unit),
            Fact(label="change", value=found.change, unit=unit),
        ),
        caveats=tuple(caveats),
        receipt=receipt_of(found.result, directory, settings),
        shown=found.shown,
    )


def _text(found: Decomposition, label: str, unit: str) -> str:
    assert found.result.previous is not None
    when = f"{period_words(found.result.period)} compared with {period_words(found.result.previous)}"
    about = ABOUT if found.rounded else ""
    head = f"{label[0].upper()}{label[1:]}, {when}: {about}{figure(found.value, unit)}"
    if found.change == 0:
        return f"{head}, the same as before."
    direction = "up" if found.change > 0 else "down"
    head += f", {direction} {about}{figure(abs(found.change), unit)} from {about}{figure(found.previous, unit)}."
    largest = [part for part in found.parts if part.contribution][:NAMED]
    said = "; ".join(f"{' · '.join(part.labels.values())} {_signed(part.contribution, unit)}" for part in largest)
    return f"{head} The change coincides with: {said}. These parts describe the change; they do not prove a cause."


def _signed(value: float, unit: str) -> str:
    return f"{'+' if value > 0 else '−'}{figure(abs(value), unit)}"
