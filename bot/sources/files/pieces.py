"""Rows of a file that are handed on together, so that they can be read row by row or a column at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

PIECE = 1_000  # rows
Pick = Callable[[list[str]], list[str] | None]


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows that follow each other, with the lines they begin on.

    `pick` makes the wanted columns of a row, None where it says nothing; `places` say where these stand in a row, the
    place behind its last one where they are absent. Only of known exports are there no such places.
    """

    lines: list[int]
    cells: list[list[str]]
    pick: Pick
    places: Sequence[int] | None

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The wanted columns row by row."""
        for line, row in zip(self.lines, self.cells, strict=True):
            fields = self.pick(row)
            if fields is not None:
                yield line, fields

    def columns(self) -> list[Sequence[str]] | None:
        """The same column by column; None where only `pick` knows."""
        if self.places is None:
            return None
        told: list[Sequence[str]] = [*zip(*self.cells, strict=True), ("",) * len(self.cells)]
        return [told[place] for place in self.places]


def picking(header: Sequence[str], wanted: Sequence[str]) -> tuple[Pick, Sequence[int]]:
    """How a row under this header becomes the wanted columns, and where they stand in it."""
    places = [header.index(name) if name in header else len(header) for name in wanted]
    if places == [*range(len(header))]:
        return lambda row: row, places
    pick = itemgetter(*places)

    def picked(row: list[str]) -> list[str]:
        return [*pick([*row, ""])]  # a column that is absent is read from an empty field behind the last one

    return picked, places
