"""An understood question as an answer with figures: run by the store, worded here, with its receipt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from bot.questions.answers import wording
from bot.questions.answers.answer import Answer, Fact, Receipt, Row, Status
from bot.questions.answers.caveats import in_order, sentence
from bot.questions.answers.describe import period_words, scope, title
from bot.questions.answers.hours import COUNTED, HOURS
from bot.questions.answers.naming import names
from bot.questions.reading import Understood
from bot.settings import Settings
from storage.answer.companions import companions
from storage.answer.money import USD
from storage.answer.privacy import Viewer
from storage.answer.result import Result, ResultRow
from storage.answer.run import run
from storage.catalogue import metric
from storage.names import Directory
from storage.query import Op

OF_WORKFORCE = "The cost is that of people's own work: what product inference costs is not in it."


def answer_of(
    connection: Connection,
    directory: Directory,
    reading: Understood,
    viewer: Viewer,
    settings: Settings,
    as_of: date | None = None,
) -> Answer:
    """The answer as this viewer may see it, on the day `as_of`. Raises what `storage.answer.run.run` raises."""
    query = reading.query
    if not query.currency and settings.currency != USD:
        query = query.with_(currency=settings.currency)
    result = run(connection, directory, query, viewer, as_of)
    rough = any(row.rounded for row in result.rows)
    beside = companions(connection, directory, result.query, viewer, rough)
    caveats = [
        *reading.echoes,
        *(sentence(note) for note in in_order(result.notes)),
        *_meaning(result),
        *_still_listed(result, directory),
    ]
    text, said = wording.text(result, directory, reading.headline)
    named = names(result, directory)
    return Answer(
        status=Status.ANSWERED,
        text=text,
        shape=wording.shape_of(result.query),
        title=title(result.query, directory),
        query=result.query.to_json(),
        period=result.period,
        previous=result.previous,
        columns=wording.columns(result),
        rows=tuple(_row(row, named(row)) for row in result.rows),
        facts=(
            *said,
            *(Fact(label=companion.label, value=companion.value, unit=companion.unit.value) for companion in beside),
        ),
        caveats=tuple(caveats),
        receipt=receipt_of(result, directory, settings),
        explain={"sql": _Statements(result, connection)},
        shown=result.shown,
    )


def _row(row: ResultRow, names: Mapping[str, str]) -> Row:
    return Row(
        labels=row.labels,
        values=row.values,
        suppressed=row.suppressed,
        rounded=row.rounded,
        partial=row.partial,
        days=row.days,
        per_day=bool(row.per_day),
        names=names,
    )


def _meaning(result: Result) -> list[str]:
    """What hours that were counted say beside those that are estimated as advice, and which cost a ratio is made of."""
    told = [COUNTED] if HOURS in result.query.metrics else []
    names = [name for name in result.query.metrics if name.startswith("cost/") and not metric(name).both_ledgers]
    return [*told, OF_WORKFORCE] if names and result.query.filter_on("ledger") is None else told


def _still_listed(result: Result, directory: Directory) -> list[str]:
    """A list by team leaves out a row, and not those of the teams below it."""
    left = result.query.filter_on("team") if "team" in result.query.group_by else None
    above = [team for team in left.values if directory.children.get(team)] if left and left.op is Op.NOT_IN else []
    return [f"Only {team}'s own people are left out: the teams below it are in the list." for team in above if team]


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
    )
