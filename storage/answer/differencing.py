"""Whether a figure, with up to two that a reader already has, leaves over the use of one to four people.

Everything is decided on the rows that figures are made of: of two or three cells, whose rows does the difference hold?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from storage.answer.known_figures import COUNT, KnownFigure, KnownFigures, larger
from storage.answer.presence import Cell, Presence
from storage.answer.presence_rows import People

Place = tuple[Any, ...]  # of a row: the number of its window, and its labels
REMEMBERED = 20_000  # figures that are looked at once for a state of the store


@dataclass(frozen=True, slots=True)
class ToldFigures:
    """The figures of one answer, and their cells: an answer may have thousands, and is laid beside every later one."""

    cells: frozenset[Cell]
    figures: Sequence[KnownFigure]


@dataclass
class Differencing:
    """What one reader has, and what may be added to it.

    fewest   so many people are no longer singled out
    figures  those of every reader, each looked at once for a state of the store
    """

    presence: Presence
    fewest: int
    figures: dict[Cell, KnownFigure]
    _known: set[Cell] = field(default_factory=set)
    _held: KnownFigures = field(init=False)

    def __post_init__(self) -> None:
        self._held = KnownFigures(self.fewest)

    def remember(self, cells: Iterable[Cell]) -> None:
        """These figures were shown."""
        for cell in cells:
            if cell not in self._known:
                self._known.add(cell)
                self._held.add(self._figure(cell))

    def remember_told(self, told: ToldFigures) -> None:
        """All these figures were shown."""
        new = told.figures
        if not self._known.isdisjoint(told.cells):
            new = [figure for figure in new if figure.cell not in self._known]
        self._known |= told.cells
        self._held.add_all(new)

    def told(self, cells: Iterable[Cell]) -> ToldFigures:
        """The figures of an answer, each once."""
        once = dict.fromkeys(cells)
        return ToldFigures(frozenset(once), [*map(self._figure, once)])

    def admits(self, cell: Cell, at_hand: Iterable[Cell] = ()) -> bool:
        """Whether a figure singles nobody out, given what is known and what can be asked at any time."""
        if cell in self._known:
            return True
        near = [self._figure(other) for other in at_hand]
        return not any(self._is_told(whole, parts) for whole, parts in self._combined(self._figure(cell), near))

    def _combined(
        self, new: KnownFigure, near: Sequence[KnownFigure]
    ) -> Iterator[tuple[KnownFigure, tuple[KnownFigure, ...]]]:
        """Each whole with the parts to take from it, one or two, where few people are seen to be left at a glance.

        The figures are those of some days: two figures of few common days are not looked at one by one. `near` are
        further ones beside those that are held.
        """
        inside = sorted(
            (part for part in _of_days((*self._held.inside(new), *near), new) if self._is_within(part, new)), key=COUNT
        )
        around = [
            whole for whole in _of_days((*self._held.around(new.users), *near), new) if self._is_within(new, whole)
        ]
        yield from ((whole, (new,)) for whole in around)
        for at, part in enumerate(inside):
            yield new, (part,)
            missing = new.users & ~part.users
            others = larger(inside, missing.bit_count() - self.fewest, at + 1)
            yield from ((new, (part, other)) for other in self._completing(missing, others))
        for whole in around:
            missing, uncovered = whole.users & ~new.users, whole.busy & ~new.cell.days
            others = [other for other in (*self._held.around(missing), *near) if not uncovered & ~other.cell.days]
            for other in self._completing(missing, others):
                if other is not whole and self._is_within(other, whole):
                    yield whole, (new, other)

    def _completing(self, missing: People, others: Iterable[KnownFigure]) -> Iterator[KnownFigure]:
        """Those that have nearly all people of a whole whom a part of it has not."""
        return (other for other in others if (missing & ~other.users).bit_count() < self.fewest)

    def _is_within(self, part: KnownFigure, whole: KnownFigure) -> bool:
        """Whether few people and no busy day of a part are outside of a whole: else it cannot be taken from it."""
        return (part.users & ~whole.users).bit_count() < self.fewest and not part.busy & ~whole.cell.days

    def _is_told(self, whole: KnownFigure, parts: tuple[KnownFigure, ...]) -> bool:
        """Whether what is left over is the use of few people."""
        users = days = 0
        for part in parts:
            users |= part.users
            days |= part.cell.days
        if (whole.users & ~users).bit_count() >= self.fewest or whole.busy & ~days:
            return False
        left = self.presence.left_over(whole.cell, [part.cell for part in parts], self.fewest)
        return 0 < left.bit_count() < self.fewest

    def _figure(self, cell: Cell) -> KnownFigure:
        if cell not in self.figures:
            if len(self.figures) > REMEMBERED:
                self.figures.clear()
            self.figures[cell] = KnownFigure(self.presence, cell, self.fewest)
        return self.figures[cell]


def _of_days(figures: Iterable[KnownFigure], new: KnownFigure) -> Iterator[KnownFigure]:
    """Those that have a day in common with a new one."""
    return (figure for figure in figures if figure.cell.days & new.cell.days)


def sums(rows: Mapping[Place, Cell], series: bool) -> dict[tuple[int, Place], tuple[list[Place], Cell]]:
    """What the rows of a list add up to along each dimension, with the rows in it; of a series also over time."""
    alike: dict[tuple[int, Place], list[Place]] = {}
    for place in rows:
        for axis in range(0 if series else 1, len(place)):
            alike.setdefault((axis, (*place[:axis], None, *place[axis + 1 :])), []).append(place)
    found = {}
    for key, places in alike.items():
        if len(places) > 1:
            who = what = days = 0
            for place in places:
                who, what, days = who | rows[place].who, what | rows[place].what, days | rows[place].days
            found[key] = places, Cell(who, what, days)
    return found
