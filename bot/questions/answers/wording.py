"""The words of an answer: its topic and one sentence, whose figures are the rows' or stand in the facts."""

from __future__ import annotations

from bot.questions.answers.answer import Column, Fact, Shape
from bot.questions.answers.comparing import single
from bot.questions.answers.describe import topic
from bot.questions.answers.listing import listed
from bot.questions.answers.running import series, several
from bot.questions.answers.writing import Writer, unit_of
from storage.answer.result import Result, ResultColumn
from storage.catalogue import Unit
from storage.names import Directory
from storage.query import By, Query


def shape_of(query: Query) -> Shape:
    """How the rows are best shown."""
    if query.grain and not query.order:
        return Shape.SERIES
    return Shape.LIST if query.group_by or query.grain else Shape.SINGLE


def columns(result: Result) -> tuple[Column, ...]:
    """How the columns are headed and written."""
    return tuple(_column(column, result.query) for column in result.columns)


def text(result: Result, directory: Directory, headline: By = By.VALUE) -> tuple[str, tuple[Fact, ...]]:
    """The answer in one or two sentences, and the figures of it that are no row's."""
    head = topic(result.query, directory)
    head = head[0].upper() + head[1:]
    if not result.rows:
        return f"{head}: {'nobody' if result.query.group_by == ('person',) else 'nothing passes'}.", ()
    writer = Writer(result, directory, headline)
    shape = shape_of(result.query)
    if shape is Shape.SINGLE:
        said, facts = single(writer)
    elif shape is Shape.SERIES:
        said, facts = several(writer) if result.query.group_by else series(writer)
    else:
        said, facts = listed(writer)
    return f"{head}: {said}.", facts


def _column(column: ResultColumn, query: Query) -> Column:
    rate = column.metric.unit is Unit.FRACTION or bool(query.share)
    return Column(
        name=column.name,
        label=_heading(column, of_rate=rate),
        unit=unit_of(column, query),
        adds=column.metric.additive and column.role in ("value", "share"),
        of_rate=rate and column.role == "change",
    )


def _heading(column: ResultColumn, *, of_rate: bool) -> str:
    if column.role == "change":
        return "change in points" if of_rate else "change"
    words = {"value": column.metric.label, "share": "share", "change_pct": "change in %"}
    return words.get(column.role, column.role)
