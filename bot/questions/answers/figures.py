"""An understood question as an answer with figures: run by the store, worded here, with its receipt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.questions.answers import wording
from bot.questions.answers.answer import Answer, Fact, Receipt, Row, Status
from bot.questions.answers.caveats import sentence
from bot.questions.answers.describe import period_words, scope, title
from bot.questions.reading import Understood
from bot.settings import Settings
from storage.answer.companions import companions
from storage.answer.money import USD
from storage.answer.privacy import Viewer
from storage.answer.result import NoteKind, Result, ResultRow
from storage.answer.run import run
from storage.catalogue import metric
from storage.names import Directory

# Said in the receipt as well, because they change how far a figure can be trusted.
ON_RECEIPT = (NoteKind.PROVISIONAL, NoteKind.MISSING, NoteKind.UNPRICED, NoteKind.SUPPRESSED)


def answer_of(
    connection: Connection, directory: Directory, reading: Understood, viewer: Viewer, settings: Settings
) -> Answer:
    """The answer as this viewer may see it. Raises what `storage.answer.run.run` raises."""
    query = reading.query
    if not query.currency and settings.currency != USD:
        query = query.with_(currency=settings.currency)
    result = run(connection, directory, query, viewer)
    rough = any(row.rounded for row in result.rows)
    beside = companions(connection, directory, result.query, viewer, rough)
    caveats = [*reading.echoes, *(sentence(note) for note in result.notes)]
    return Answer(
        status=Status.ANSWERED,
        text=wording.text(result, directory, reading.headline),
        shape=wording.shape_of(result.query),
        title=title(result.query, directory),
        query=result.query.to_json(),
        period=result.period,
        previous=result.previous,
        columns=wording.columns(result),
        rows=tuple(_row(row) for row in result.rows),
        facts=tuple(
            Fact(label=companion.label, value=companion.value, unit=companion.unit.value) for companion in beside
        ),
        caveats=tuple(caveats),
        receipt=receipt_of(result, directory, settings),
        explain={"sql": _Statements(result, connection)},
        shown=result.shown,
    )


def _row(row: ResultRow) -> Row:
    return Row(labels=row.labels, values=row.values, suppressed=row.suppressed, rounded=row.rounded)


@dataclass(frozen=True)
class _Statements:
    """The SQL that ran, written out only when somebody asks to see it."""

    result: Result
    connection: Connection

    def __iter__(self) -> Iterator[str]:
        return iter(self.result.sql(self.connection.dialect))


def receipt_of(result: Result, directory: Directory, settings: Settings) -> Receipt:
    """The line under an answer."""
    metrics = [metric(name) for name in result.query.metrics]
    return Receipt(
        metric=" and ".join(metric.label for metric in metrics),
        definition=" ".join(metric.description for metric in metrics),
        period=period_words(result.period),
        zone=str(settings.zone),
        scope=scope(result.query, directory),
        newest=result.newest,
        coverage=result.coverage,
        notes=tuple(sentence(note) for note in result.notes if note.kind in ON_RECEIPT),
    )
