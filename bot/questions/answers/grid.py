"""The rows of an answer as words in columns, for whoever draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.figures import HIDDEN, NOTHING, figure
from bot.questions.answers.answer import Answer, Column, Row
from bot.text import clean, cut

MAX_COLUMNS = 20  # as many as a table in Slack takes
MAX_CELL = 80  # a longer name is cut


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as words: one heading and its lines, all of one width; the first `names` columns are names."""

    heading: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    names: int


def grid(answer: Answer) -> Grid:
    """The rows of an answer as words; no cell is empty."""
    labels = list(dict.fromkeys(label for row in answer.rows for label in row.labels))[:MAX_COLUMNS]
    columns = _columns(answer)[: MAX_COLUMNS - len(labels)]
    heading = [label.replace("_", " ").capitalize() for label in labels] + [column.label for column in columns]
    lines = (tuple(_line(row, labels, columns)) for row in answer.rows)
    return Grid(tuple(_word(word) for word in heading), tuple(lines), len(labels))


def _columns(answer: Answer) -> Sequence[Column]:
    if answer.columns:
        return answer.columns
    names = dict.fromkeys(name for row in answer.rows for name in row.values)
    return [Column(name=name, label=name.replace("_", " "), unit="") for name in names]


def _line(row: Row, labels: Sequence[str], columns: Sequence[Column]) -> list[str]:
    names = [_word(row.labels.get(label, "")) for label in labels]
    return names + [
        HIDDEN if row.suppressed else figure(row.values.get(column.name), column.unit) for column in columns
    ]


def _word(text: str) -> str:
    return cut(" ".join(clean(text).split()), MAX_CELL) or NOTHING
