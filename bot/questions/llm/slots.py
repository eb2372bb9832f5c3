"""Figures as whole phrases: label, value, unit, period and direction together, so that none can be swapped."""

from __future__ import annotations

from dataclasses import dataclass

from bot.figures import figure
from bot.questions.answers.answer import Answer, Column, Row, Shape, Status
from bot.questions.answers.describe import period_words
from bot.questions.answers.writing import ABOUT
from storage.records import Period

MOST = 9
ROWS = 5


@dataclass(frozen=True, slots=True)
class FigureSlot:
    """A phrase that code fills in; a model sees `id`, `kind` and `sign` alone."""

    id: str
    kind: str
    sign: str
    text: str


def slots(answer: Answer) -> tuple[FigureSlot, ...]:
    """The slots of an answer with figures, at most nine; none of a suppressed row."""
    if answer.status is not Status.ANSWERED or not answer.columns or answer.answers:
        return ()
    rows = [row for row in answer.rows if not row.suppressed][:ROWS]
    kind = {Shape.SINGLE: "figure", Shape.SERIES: "point"}.get(answer.shape, "row")
    phrases = [(kind, _sign(row), _row(answer, row)) for row in rows]
    beside = [("beside", "none", f"{fact.label}: {figure(fact.value, fact.unit)}") for fact in answer.facts]
    found = [phrase for phrase in (*phrases, *beside) if phrase[2]][:MOST]
    return tuple(FigureSlot(f"f{number}", *phrase) for number, phrase in enumerate(found, 1))


def _row(answer: Answer, row: Row) -> str:
    """ "Platform, tokens, October 2026: 1,234, up 100 (8.8 %) from 1,134 in September 2026"."""
    main = answer.columns[0]
    value = row.values.get(main.name)
    if value is None or answer.period is None:
        return ""
    scope = answer.receipt.scope if answer.receipt else ""
    about = [*row.labels.values(), main.label, *([scope] if scope else []), period_words(answer.period)]
    return f"{', '.join(about)}: {_cell(main, row)}{_change(answer, row)}"


def _change(answer: Answer, row: Row) -> str:
    columns = {column.name: column for column in answer.columns}
    if answer.previous is None or not {"previous", "change"} <= columns.keys() or row.values.get("change") is None:
        return ""
    before, by = _cell(columns["previous"], row), _cell(columns["change"], row).replace("-", "", 1)
    since = f"from {before} in {_named(answer.previous)}"
    sign = _sign(row)
    if sign == "same":
        return f", the same as in {_named(answer.previous)}"
    relative = _cell(columns["change_pct"], row).replace("-", "", 1) if row.values.get("change_pct") is not None else ""
    return f", {sign} {by}{f' ({relative})' if relative else ''} {since}"


def _cell(column: Column, row: Row) -> str:
    value = row.values.get(column.name)
    return (ABOUT if row.rounded and value else "") + figure(value, column.unit)


def _named(period: Period) -> str:
    return period_words(period)


def _sign(row: Row) -> str:
    change = row.values.get("change")
    if change is None:
        return "none"
    return "up" if change > 0 else "down" if change < 0 else "same"
