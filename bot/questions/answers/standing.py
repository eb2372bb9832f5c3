"""What stands out in the rows of an answer, as values: who leads and by how much, where a series stands, what moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage.answer.result import ResultRow
from storage.catalogue import NONE

Rows = Sequence[ResultRow]


@dataclass(frozen=True, slots=True)
class Lead:
    """The first rows of a list by value: `top` are those of the same value, `second` the next, `last` the other end.
    `ratio` is how many times the second the top is, None where that says nothing."""

    top: tuple[ResultRow, ...]
    second: ResultRow | None
    last: ResultRow | None
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Course:
    """Where a series stands: `now` and `first` are its newest and oldest whole points, `low` and `high` its extremes
    among `whole`; `cut` are the points that are not whole and take no part in any of that."""

    now: ResultRow | None
    first: ResultRow | None
    low: ResultRow | None
    high: ResultRow | None
    whole: tuple[ResultRow, ...]
    cut: tuple[ResultRow, ...]


def lead(rows: Rows, column: str, *, lowest: bool = False, compares: bool = True) -> Lead | None:
    """Who leads; rows "(none)", hidden or without a value take no part. None where nobody is left."""
    known = known_rows([row for row in rows if NONE not in row.labels.values()], column)
    if not known:
        return None
    ranked = sorted(known, key=lambda row: value(row, column) if lowest else -value(row, column))
    first = value(ranked[0], column)
    top = tuple(row for row in ranked if value(row, column) == first)
    rest = ranked[len(top) :]
    second = rest[0] if rest else None
    last = rest[-1] if len(rest) > 1 else None
    ratio = None
    if second is not None and compares and not lowest and len(top) == 1 and value(second, column) > 0:
        ratio = first / value(second, column)
    return Lead(top, second, last, ratio)


def course(rows: Rows, column: str, grain: str) -> Course:
    """Where one series stands."""
    ordered = sorted(known_rows(rows, column), key=lambda row: row.labels[grain])
    whole = tuple(row for row in ordered if not row.partial)
    cut = tuple(row for row in ordered if row.partial)
    if not whole:
        return Course(None, None, None, None, whole, cut)
    # Of equal points the newest is the low or the high one.
    low = min(reversed(whole), key=lambda row: value(row, column))
    high = max(reversed(whole), key=lambda row: value(row, column))
    return Course(whole[-1], whole[0], low, high, whole, cut)


def moved(rows: Rows, column: str) -> tuple[ResultRow | None, ResultRow | None]:
    """Which rows rose and which fell the most by a column of changes; None where none did."""
    known = known_rows([row for row in rows if NONE not in row.labels.values()], column)
    rose = max(known, key=lambda row: value(row, column), default=None)
    fell = min(known, key=lambda row: value(row, column), default=None)
    return (
        rose if rose is not None and value(rose, column) > 0 else None,
        fell if fell is not None and value(fell, column) < 0 else None,
    )


def known_rows(rows: Rows, column: str) -> list[ResultRow]:
    """The rows that have a value."""
    return [row for row in rows if not row.suppressed and row.values[column] is not None]


def value(row: ResultRow, column: str) -> float:
    """A value that is known."""
    return float(row.values[column] or 0)
