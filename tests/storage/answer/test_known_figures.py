"""Figures found by their people: all that may be inside of others or around them, and few beside."""

from __future__ import annotations

from random import Random

from storage.answer.known_figures import SMALL, KnownFigure, KnownFigures, larger
from storage.answer.presence import Cell, Presence

PEOPLE, FEWEST = 400, 5


class Everyone(Presence):
    """Where each spell of a cell has use."""

    def __init__(self) -> None:
        """Nothing is read."""

    def users(self, cell: Cell) -> int:
        """All of them."""
        return cell.who


def figure(users: int) -> KnownFigure:
    return KnownFigure(Everyone(), Cell(users, 1, 1), FEWEST)


def held(figures: list[KnownFigure]) -> KnownFigures:
    found = KnownFigures(FEWEST)
    for known in figures:
        found.add(known)
    return found


def test_whatever_is_inside_or_around_but_for_few_is_found() -> None:
    dice = Random(1)
    crowds = [0, 0b11]
    for size in (3, 5, 8, 40, SMALL, SMALL + 1, 300, PEOPLE):
        users = sum(1 << place for place in dice.sample(range(PEOPLE), size))
        fewer = users ^ sum(1 << place for place in [at for at in range(PEOPLE) if users >> at & 1][: FEWEST - 1])
        crowds += [users, fewer, fewer | 1 << dice.randrange(PEOPLE), users & ((1 << PEOPLE // 2) - 1)]
    figures = [figure(users) for users in crowds]
    known = held(figures)

    for new in figures:
        inside = {part for part in figures if (part.users & ~new.users).bit_count() < FEWEST}
        around = {whole for whole in figures if (new.users & ~whole.users).bit_count() < FEWEST}
        assert inside <= {*known.inside(new)}
        assert around <= {*known.around(new.users)}


def test_of_many_groups_only_those_with_the_same_people_are_found() -> None:
    groups = [figure(0b11_1111 << place) for place in range(0, PEOPLE, 8)]
    known = held(groups)

    assert [*known.inside(groups[7])] == [groups[7]]
    assert [*known.around(groups[7].users)] == [groups[7]]


def test_the_larger_figures_follow_in_the_order_of_their_people() -> None:
    figures = [figure((1 << count) - 1) for count in (2, 4, 4, 9)]

    assert larger(figures, 2) == figures[1:]
    assert larger(figures, 2, first=2) == figures[2:]
    assert larger(figures, 9) == []


def test_many_at_once_are_found_like_one_after_another() -> None:
    dice = Random(2)
    figures = [figure(dice.getrandbits(PEOPLE) & dice.getrandbits(PEOPLE)) for _ in range(60)]
    at_once = KnownFigures(FEWEST)
    at_once.add_all(figures[:40])

    for new in figures:
        assert [*at_once.inside(new)] == [*held(figures[:40]).inside(new)]
    at_once.add_all(figures[40:])
    for new in figures:
        assert [*at_once.around(new.users)] == [*held(figures).around(new.users)]
