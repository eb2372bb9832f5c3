"""Several figures in one question are one list of them; none of them is left out without a word."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.reading import Reading, Unclear, Understood, World
from bot.questions.several import figures_in, with_several_figures
from storage.names import Directory
from storage.query import Query
from storage.records import Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
WORLD = World(directory=Directory(1, 1, (), (), (), {}, None, None), as_of=date(2026, 11, 18))


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("tokens, cost and requests by team for October", ("tokens", "cost", "requests"), "by team for October"),
        ("October: cost, tokens per team", ("cost", "tokens"), "per team October"),
        ("show me adoption, cost per employee & requests", ("adoption_rate", "cost_per_employee", "requests"), ""),
        ("cost and cost by team", (), ""),  # one figure said twice
        ("cost, tokens, requests, headcount and adoption", (), ""),  # more than a query holds
        ("cost in October", (), ""),
        ("Cursor and Copilot, cost and tokens", (), ""),
    ],
)
def test_figures_are_told_from_what_they_are_of(text: str, names: tuple[str, ...], rest: str) -> None:
    found = figures_in(text)

    assert (tuple(name for name, _ in found[0]), found[1]) == (names, rest) if found else not names


def test_three_figures_are_asked_as_one_query_even_where_two_would_be_read() -> None:
    def read(text: str, world: World, before: Understood | None) -> tuple[Reading, ...]:
        return (Understood(query=Query(metrics=("cost", "tokens"), period=OCTOBER)),)

    (found,) = with_several_figures(read)("cost, tokens and requests in October", WORLD, None)

    assert isinstance(found, Understood)
    assert found.query.metrics == ("cost", "tokens", "requests")


def test_what_was_asked_back_stays_so_where_no_figure_of_the_list_is_read() -> None:
    asked = Unclear(text="Which?")

    assert with_several_figures(lambda *_: (asked,))("cost and tokens in October", WORLD, None) == (asked,)
