"""The figures that a reader has, found by the people in them: a long list is too much to compare each row with each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from operator import attrgetter

from storage.answer.presence import Cell, Presence, places
from storage.answer.presence_rows import People

SMALL = 100  # people up to which a figure is found by each of them
ALONE = 20  # up to so many are put where they belong one by one
COUNT = attrgetter("count")


class KnownFigure:
    """A figure that the reader has: its cell, and who has use in it."""

    def __init__(self, presence: Presence, cell: Cell, fewest: int) -> None:
        self.cell, self._presence, self._fewest = cell, presence, fewest
        self.users = presence.users(cell)
        self.count = self.users.bit_count()

    @cached_property
    def busy(self) -> int:
        """The days on which so many people have use that none of them is singled out."""
        return self._presence.busy_days(self.cell, self._fewest - 1)

    @cached_property
    def people(self) -> tuple[int, ...]:
        """Where the bits of its people are."""
        return (*places(self.users),)


class KnownFigures:
    """Figures, of which those are found that may be inside of others or around them, but for fewer than `fewest`."""

    def __init__(self, fewest: int) -> None:
        self._fewest = fewest
        self._added: list[KnownFigure] = []  # not yet in the others: whoever asks the same again looks for none
        self._every: list[KnownFigure] = []  # by how many people, as the next
        self._large: list[KnownFigure] = []
        self._of_person: dict[int, list[KnownFigure]] = {}  # the small ones, by each of their people

    def add(self, figure: KnownFigure) -> None:
        """One more figure."""
        self._added.append(figure)

    def add_all(self, figures: Iterable[KnownFigure]) -> None:
        """Further figures."""
        self._added += figures

    def around(self, users: People) -> Iterable[KnownFigure]:
        """All figures that have nearly all of these people, with others that have not."""
        self._sort_in()
        least = users.bit_count() - self._fewest
        if least < 0:
            return self._every
        # Whoever lacks each of the first ones lacks too many already.
        return (*larger(self._large, least), *self._with_any(_first(users, self._fewest)))

    def inside(self, figure: KnownFigure) -> Iterable[KnownFigure]:
        """All figures nearly all of whose people are in this one, with others whose are not."""
        self._sort_in()
        most = figure.count + self._fewest
        if figure.count > SMALL:
            return _smaller(self._every, most)
        tiny = _smaller(self._every, self._fewest)
        return dict.fromkeys((*tiny, *_smaller(self._large, most), *self._with_any(figure.people)))

    def _sort_in(self) -> None:
        _into(self._every, self._added)
        _into(self._large, [figure for figure in self._added if figure.count > SMALL])
        for figure in self._added:
            for person in figure.people if figure.count <= SMALL else ():
                self._of_person.setdefault(person, []).append(figure)
        self._added.clear()

    def _with_any(self, people: Iterable[int]) -> dict[KnownFigure, None]:
        return dict.fromkeys(figure for person in people for figure in self._of_person.get(person, ()))


def larger(figures: Sequence[KnownFigure], count: int, first: int = 0) -> Sequence[KnownFigure]:
    """Those of more people than that, of figures ordered by their people."""
    return figures[bisect_right(figures, count, lo=first, key=COUNT) :]


def _into(figures: list[KnownFigure], new: Sequence[KnownFigure]) -> None:
    """Add figures to those ordered by their people: a row of a list alone, what was told before all at once."""
    if len(new) < ALONE:
        for figure in new:
            insort(figures, figure, key=COUNT)
    else:
        figures += new
        figures.sort(key=COUNT)


def _smaller(figures: Sequence[KnownFigure], count: int) -> Sequence[KnownFigure]:
    return figures[: bisect_left(figures, count, key=COUNT)]


def _first(people: People, number: int) -> Iterator[int]:
    """The first of some people."""
    for _ in range(number):
        lowest = people & -people
        yield lowest.bit_length() - 1
        people ^= lowest
