"""Growth that passes a bound is read as a change of so many percent, and keeps whether the bound itself passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.questions.growth import NOT_FOUND, in_percent, with_growth
from bot.questions.reading import Reading, Unclear, Understood, World
from storage.names import Directory
from storage.query import By, Compare, Having, Query
from storage.records import Period

TOKENS = Query(metrics=("tokens",), period=Period(date(2026, 10, 1), date(2026, 10, 31)), group_by=("team",))
WORLD = World(directory=Directory(1, 1, (), (), (), {}, None, None), as_of=date(2026, 11, 18))


@pytest.mark.parametrize(
    ("text", "said", "bound"),
    [
        ("teams that more than doubled their tokens from May to June",
         "teams that grew their tokens by more than 100% from May to June", ">"),
        ("who tripled their cost between May and June", "who grew their cost by more than 200% from May to June", ">="),
        ("teams whose usage halved in June", "teams whose usage fell by more than 50% in June", ">="),
        ("teams whose cost fell by half or more in June", "teams whose cost fell by more than half in June", ">="),
        ("tools with requests up at least 30% in June", "tools with requests up by more than 30% in June", ">="),
        ("teams with 50% more cost in June than in May", "teams with over 50% more cost in June than in May", ">="),
        ("has anyone doubled their tokens since May", "who has grew their tokens by more than 100% since May", ">="),
        ("did cost double between May and June?", "did cost grew from May to June?", ""),
        # What has its bound said already, or none at all, is left alone.
        ("teams with over 50% more requests in June than in May", "", ""),
        ("teams whose cost grew by more than 10% in June", "", ""),
        ("double the cost of June", "", ""),
        ("tokens by team between May and June", "", ""),
    ],
)  # fmt: skip
def test_growth_is_said_in_percent(text: str, said: str, bound: str) -> None:
    assert in_percent(text) == (said or text, bound)


def test_a_bound_that_may_be_met_is_met_in_both_directions_and_others_stay() -> None:
    grown, fallen = Having(Compare.GT, 1.0, By.CHANGE_PCT), Having(Compare.LT, -0.5, By.CHANGE_PCT)
    large = Having(Compare.GT, 5)

    def read(text: str, world: World, before: Understood | None) -> tuple[Reading, ...]:
        return (Understood(query=TOKENS.with_(having=(grown, fallen, large))),)

    (at_least,) = with_growth(read)("teams that doubled their tokens in October", WORLD, None)
    (more,) = with_growth(read)("teams that more than doubled their tokens in October", WORLD, None)

    assert isinstance(at_least, Understood)
    assert isinstance(more, Understood)
    assert at_least.query.having == (replace(grown, compare=Compare.GE), replace(fallen, compare=Compare.LE), large)
    assert more.query.having == (grown, fallen, large)


def test_a_bound_that_was_not_read_is_asked_back_and_never_dropped() -> None:
    def read(text: str, world: World, before: Understood | None) -> tuple[Reading, ...]:
        return (Understood(query=TOKENS),)

    (asked,) = with_growth(read)("which teams doubled", WORLD, None)

    assert isinstance(asked, Unclear)
    assert asked.text == NOT_FOUND
