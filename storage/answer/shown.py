"""What an answer told exactly, to be kept with the question: conditions and days, never a figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from storage.answer.conditions import Condition, Conditions, of_labels, together
from storage.errors import InvalidQuery
from storage.query import Op
from storage.records import Period


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The rows of one query that were shown and not rounded.

    conditions  what every row is of
    group_by    the dimensions of the labels; `direct`: a team's label is of its own members alone
    series      the windows are points of a series
    rows        the number of a window, and the labels
    kinds       what was counted: tokens, cost …; figures of different kinds cannot be taken from each other
    """

    conditions: tuple[Condition, ...]
    group_by: tuple[str, ...]
    direct: bool
    windows: tuple[Period, ...]
    series: bool
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    kinds: frozenset[str]

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # Told lists have thousands of rows, and are looked up with every further question.
        return hash((self.conditions, self.group_by, self.direct, self.windows, self.series, self.rows, self.kinds))

    def each_row(self) -> Iterator[tuple[tuple[int, tuple[str, ...]], Conditions, Period]]:
        """Each row with its conditions and days."""
        for number, labels in self.rows:
            own = of_labels(self.group_by, labels, self.direct)
            yield (number, labels), together(self.conditions, own), self.windows[number]

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `shown_from_json` reads back."""
        return {
            "conditions": [[c.dimension, c.op.value, c.direct, *c.values] for c in self.conditions],
            "group_by": list(self.group_by),
            "direct": self.direct,
            "windows": [[window.start.isoformat(), window.end.isoformat()] for window in self.windows],
            "series": self.series,
            "rows": [[number, *labels] for number, labels in self.rows],
            "kinds": sorted(self.kinds),
        }


def shown_from_json(data: Mapping[str, Any]) -> Shown:
    """What `to_json` wrote. Raises InvalidQuery where the object is of another form."""
    try:
        return Shown(
            conditions=tuple(
                Condition(name, tuple(values), Op(op), bool(direct)) for name, op, direct, *values in data["conditions"]
            ),
            group_by=tuple(data["group_by"]),
            direct=bool(data["direct"]),
            windows=tuple(Period(date.fromisoformat(start), date.fromisoformat(end)) for start, end in data["windows"]),
            series=bool(data["series"]),
            rows=tuple((int(number), tuple(labels)) for number, *labels in data["rows"]),
            kinds=frozenset(data["kinds"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidQuery(f"not what was shown: {error}") from error
