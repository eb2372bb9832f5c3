"""Whether a figure, with up to two that a reader already has, leaves over the use of one to four people.

Everything is decided on the rows that figures are made of: of two or three cells, whose rows does the difference hold?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from storage.answer.presence import Cell, Presence

REMEMBERED = 20_000  # figures that are looked at once for a state of the store


class Known:
    """A figure that the reader has: its cell, who has use in it, and its days."""

    def __init__(self, presence: Presence, cell: Cell, fewest: int) -> None:
        self.cell, self._presence, self._fewest = cell, presence, fewest
        self.users = presence.users(cell)
        self.days = presence.days(cell.period)

    @cached_property
    def busy(self) -> int:
        """The days on which so many people have use that none of them is singled out."""
        return self._presence.busy_days(self.cell, self._fewest - 1)


@dataclass
class Differencing:
    """What one reader has, and what may be added to it.

    fewest   so many people are no longer singled out
    figures  those of every reader, each looked at once for a state of the store
    """

    presence: Presence
    fewest: int
    figures: dict[Cell, Known]
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
        if cell not in self.figures:
            if len(self.figures) > REMEMBERED:
                self.figures.clear()
            self.figures[cell] = Known(self.presence, cell, self.fewest)
        return self.figures[cell]
