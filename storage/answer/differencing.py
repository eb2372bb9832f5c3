"""Whether a figure, with up to two that a reader already has, leaves over the use of one to four people.

Everything is decided on the rows that figures are made of: of two or three cells, whose rows does the difference hold?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from storage.answer.presence import Cell, People, Presence


class Known(NamedTuple):
    """A figure that the reader has: its cell, who has use in it, its days, and those on which many have."""

    cell: Cell
    users: People
    days: int
    busy: int


@dataclass
class Differencing:
    """What one reader has, and what may be added to it. `fewest` people are no longer singled out."""

    presence: Presence
    fewest: int
    _known: dict[Cell, Known] = field(default_factory=dict)

    def remember(self, cells: Iterable[Cell]) -> None:
        """These figures were shown."""
        for cell in cells:
            if cell not in self._known:
                self._known[cell] = self._figure(cell)

    def admits(self, cell: Cell, at_hand: Iterable[Cell] = ()) -> bool:
        """Whether a figure singles nobody out, given what is known and what can be asked at any time."""
        if cell in self._known:
            return True
        new = self._figure(cell)
        known = [*self._known.values(), *(self._figure(other) for other in at_hand if other not in self._known)]
        return not any(self._is_told(whole, parts) for whole, parts in self._combined(new, known))

    def _combined(self, new: Known, known: list[Known]) -> Iterator[tuple[Known, tuple[Known, ...]]]:
        """Each whole with the parts taken from it, of one or two known figures and the new one."""
        inside = [other for other in known if self._is_within(other, new)]
        around = [other for other in known if self._is_within(new, other)]
        yield from ((new, (other,)) for other in inside)
        yield from ((other, (new,)) for other in around)
        yield from ((new, pair) for pair in combinations(inside, 2))
        for whole in around:
            yield from (
                (whole, (new, other)) for other in known if other is not whole and self._is_within(other, whole)
            )

    def _is_within(self, part: Known, whole: Known) -> bool:
        """Whether few people and no busy day of a part are outside of a whole: else it cannot be taken from it."""
        return (part.users & ~whole.users).bit_count() < self.fewest and not part.busy & ~whole.days

    def _is_told(self, whole: Known, parts: tuple[Known, ...]) -> bool:
        """Whether what is left over is the use of few people."""
        taken = days = 0
        for part in parts:
            taken |= part.users
            days |= part.days
        if (whole.users & ~taken).bit_count() >= self.fewest or whole.busy & ~days:
            return False
        left = self.presence.left_over(whole.cell, [part.cell for part in parts], self.fewest)
        return 0 < left.bit_count() < self.fewest

    def _figure(self, cell: Cell) -> Known:
        presence = self.presence
        return Known(cell, presence.users(cell), presence.days(cell.period), presence.busy_days(cell, self.fewest - 1))
