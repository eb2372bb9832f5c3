"""The distribution of a figure over people: a histogram with its median and, of tokens, the share of the top tenth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from bot.figures import short
from bot.questions.answers.answer import Answer, Column, Draw, Fact, Row, Shape, Status
from bot.questions.answers.caveats import in_order, sentence
from bot.questions.answers.describe import title
from bot.questions.answers.figures import receipt_of
from bot.questions.reading import Understood
from bot.settings import Settings
from storage.answer.histogram import Bin, histogram
from storage.answer.privacy import Viewer
from storage.answer.run import run
from storage.catalogue import Unit, metric
from storage.catalogue.each_person import BASES
from storage.catalogue.person_measures import percentile
from storage.errors import StorageError
from storage.names import Directory
from storage.query import Query

FEWEST = "Each bar holds a group of people at least; smaller ones are joined with their neighbours."
OPEN = "and more"


def answer(
    connection: Connection,
    directory: Directory,
    reading: Understood,
    viewer: Viewer,
    settings: Settings,
    as_of: date | None = None,
) -> Answer:
    """How many people have how much of what the query asks the median of. Raises what `run` raises."""
    found = histogram(connection, directory, reading.query, viewer, as_of)
    query = found.median.query
    of = percentile(query.metrics[0])
    base = BASES[of.base if of else "tokens"]
    unit = base.unit.value
    middle = found.median.rows[0].values[query.metrics[0]]
    rows = tuple(_row(interval, unit) for interval in found.bins)
    about = title(query, directory).replace(metric(query.metrics[0]).label, f"{base.label} a person, distribution", 1)
    top = _top(connection, directory, query, viewer) if base.label == "tokens" else None
    people = sum(interval.people for interval in found.bins)
    text = f"{about[0].upper()}{about[1:]}: {people:,} people, half of them with {short(middle, unit)} or more."
    if top is not None:
        text += f" The tenth with most has {short(top, Unit.FRACTION.value)} of the tokens."
    facts = [Fact(label=f"median {base.label} a person", value=middle, unit=unit, said=True)]
    facts += [Fact(label="people in it", value=people, unit=Unit.PEOPLE.value, said=True)]
    facts += [Fact(label="top-decile share of tokens", value=top, unit=Unit.FRACTION.value, said=True)] if top else []
    return Answer(
        status=Status.ANSWERED,
        text=text,
        shape=Shape.LIST,
        draw=Draw.BAR,
        title=about,
        query=query.to_json(),
        period=found.median.period,
        columns=(Column(name="people", label="people", unit=Unit.PEOPLE.value, adds=True),),
        rows=rows,
        facts=tuple(facts),
        caveats=(*reading.echoes, FEWEST, *(sentence(note) for note in in_order(found.median.notes))),
        receipt=replace(
            receipt_of(found.median, directory, settings),
            definition=f"How many people have so much: {base.label} of each, workforce, of those active in the period.",
        ),
        shown=found.median.shown,
    )


def _row(interval: Bin, unit: str) -> Row:
    low, high = _plain(interval.low), "" if interval.high is None else _plain(interval.high)
    names = {
        "from": short(interval.low, unit),
        "to": OPEN if interval.high is None else f"under {short(interval.high, unit)}",
    }
    return Row(labels={"from": low, "to": high}, values={"people": interval.people}, names=names)


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def _top(connection: Connection, directory: Directory, query: Query, viewer: Viewer) -> float | None:
    """The share of the top tenth, where it may be shown."""
    try:
        rows = run(connection, directory, query.with_(metrics=("top_decile_share",), everyone=False), viewer).rows
    except StorageError:
        return None
    value = rows[0].values["top_decile_share"]
    return None if value is None else float(value)
