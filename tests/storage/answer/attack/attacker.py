"""An attacker: takes the exact figures of two or three answers from each other and looks whose use is left over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations
from random import Random
from typing import NamedTuple

from sqlalchemy import Connection

from storage.answer.buckets import buckets_of
from storage.answer.privacy import OPERATOR, Viewer
from storage.answer.result import Result, ResultRow
from storage.answer.run import run
from storage.answer.windows import is_complete
from storage.catalogue import metric
from storage.errors import StorageError
from storage.names import Directory
from storage.query import Query
from storage.records import Period
from tests.storage.answer.attack.asking import Asking
from tests.storage.answer.attack.truth import Rows, Truth

FEW = 5  # so many people are no longer singled out
MOST_FIGURES = 60  # of one kind that are combined by threes
SUMS = {"tokens": "tokens", "cost": "cost", "requests": "requests"}


class Figure(NamedTuple):
    """An exact figure of an answer with the rows that it is made of, and where it came from."""

    kind: str
    rows: Rows
    said: str
    whole: bool = False  # the organisation's total of whole units, which is shown whoever is in it


class Found(NamedTuple):
    """A difference that is the use of one to four people."""

    people: int
    said: tuple[str, ...]


@dataclass
class Attacker:
    """One reader of one organisation; with `floor_only` it sees all but groups under the floor."""

    connection: Connection
    directory: Directory
    truth: Truth
    viewer: Viewer
    floor_only: bool = False
    figures: list[Figure] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def ask(self, query: Query) -> bool:
        """Ask; True where anything was answered."""
        try:
            result = run(self.connection, self.directory, query, OPERATOR if self.floor_only else self.viewer)
        except StorageError:
            return False
        return self.hear(result)

    def hear(self, result: Result) -> bool:
        """Keep what an answer told; True where that was anything."""
        self.viewer = replace(self.viewer, known=(*self.viewer.known, *result.shown))
        figures = [*self._figures(result)]
        self.figures += figures
        return bool(figures) or any(row.rounded for row in result.rows)

    def singled_out(self) -> Iterator[Found]:
        """Whoever is told by one figure, or by two or three that are taken from each other."""
        for kind in dict.fromkeys(figure.kind for figure in self.figures):
            figures = [*{figure.rows: figure for figure in self.figures if figure.kind == kind}.values()]
            for figure in figures:
                if not figure.whole:
                    yield from self._few(figure.rows, figure)
            for one, other in combinations(figures, 2):
                yield from self._few(one.rows ^ other.rows, one, other)
            for three in combinations(figures[:MOST_FIGURES], 3):
                a, b, c = (figure.rows for figure in three)
                odd = a ^ b ^ c
                for whole, one_part, other_part in ((a, b, c), (b, a, c), (c, a, b)):
                    yield from self._few(odd | one_part & other_part & ~whole, *three)

    def _few(self, rows: Rows, *figures: Figure) -> Iterator[Found]:
        if (rows & ~self.truth.of_nobody).bit_count() <= self.truth.most_of_four:
            people = self.truth.people(rows, FEW)
            if 0 < people < FEW:
                yield Found(people, tuple(figure.said for figure in figures))

    def _figures(self, result: Result) -> Iterator[Figure]:
        query = result.query.with_(period=result.period, previous=result.previous)
        measure = metric(query.metrics[0])
        workforce, kind = not measure.both_ledgers, "".join(measure.kinds)
        points = {bucket.label: bucket.period for bucket in buckets_of(query)}
        lists: dict[Period, Rows] = {}
        for row in result.rows:
            if row.suppressed or row.rounded:
                continue
            period = points[row.labels[query.grain.value]] if query.grain else result.period
            for role, days in (("value", period), ("previous", result.previous)):
                column = query.metrics[0] if role == "value" else role
                if days is None or row.values.get(column) is None:
                    continue
                rows = self.truth.rows(query, row.labels, days, workforce)
                if self.floor_only and self._is_under_floor(query, row, days, rows):
                    continue
                said = f"{column} {row.labels} {days.start}..{days.end} {query.filters}"
                if self.floor_only:
                    self._check(query, rows, row.values[column], said)
                lists[days] = lists.get(days, 0) | rows
                yield Figure(kind, rows, said, self._is_whole(query, days))
            if query.share:
                total = query.with_(group_by=(), filters=query.share.over)
                yield Figure(kind, self.truth.rows(total, {}, period, workforce), f"total {query.share.over}")
        if query.group_by or query.grain:
            # What a list shows adds up, and so do the points of a series.
            for days, rows in lists.items():
                yield Figure(kind, rows, f"sum of the rows {query.group_by} {days.start}..{days.end} {query.filters}")

    def _check(self, query: Query, rows: Rows, value: float | int | None, said: str) -> None:
        """That the rows are those of the figure: they must add up to it."""
        counted = SUMS.get(query.metrics[0])
        if counted is None or value is None:
            return
        told = self.truth.total(rows, counted)
        if abs(told / (10**9 if counted == "cost" else 1) - value) > 1e-6 * max(1, abs(value)):
            self.wrong.append(f"{said}: {value} is not {told}")

    def _is_under_floor(self, query: Query, row: ResultRow, days: Period, rows: Rows) -> bool:
        """Whether the group floor alone hides a row."""
        of_people = {"team", "title", "location", "kind"}
        asked = {*query.group_by, *(item.dimension for item in query.filters)}
        if asked & of_people and self.truth.members(query, row.labels, days) < FEW:
            return True
        return not self._is_whole(query, days) and 0 < self.truth.people(rows, FEW) < FEW

    def _is_whole(self, query: Query, days: Period) -> bool:
        assert self.directory.usage
        return not query.group_by and not query.filters and not query.grain and is_complete(days, self.directory.usage)


def trial(attacker: Attacker, asking: Asking, dice: Random) -> None:
    """Two or three questions, most of them a change of one before."""
    asked = [asking.question()]
    for _ in range(dice.choice((1, 2))):
        asked.append(asking.change(dice.choice(asked)) if dice.random() < 0.9 else asking.question())
    for query in asked:
        attacker.ask(query)
