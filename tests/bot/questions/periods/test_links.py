"""The words that set two periods against each other."""

from __future__ import annotations

import pytest

from bot.questions.periods.links import changing, comparing_pair, link_before, linked_span
from bot.questions.periods.matches import Span
from bot.questions.periods.reader import PeriodReader
from bot.questions.periods.scan import Item, scan
from tests.bot.questions.periods.phrases import reader


def last_item(text: str) -> tuple[PeriodReader, Item]:
    tokens = reader(text)
    return tokens, scan(tokens)[-1]


@pytest.mark.parametrize(
    "text",
    [
        "tokens vs september",
        "october against what we spent in september",
        "more than in september",
        "compared with september",
        "cost compared to the whole of september",
        "up on september",
        "growth from september",
        "relative to september",
    ],
)
def test_a_period_is_set_against_another(text: str) -> None:
    assert link_before(*last_item(text))


@pytest.mark.parametrize("text", ["tokens in september", "october and september", "spent on september", "september"])
def test_a_period_beside_another_is_not(text: str) -> None:
    assert not link_before(*last_item(text))


def test_the_link_belongs_to_what_said_the_comparison() -> None:
    assert linked_span(*last_item("tokens in october compared with september")) == Span(3, 6)
    assert linked_span(*last_item("tokens in september")) == Span(2, 3)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("how did cost change from september to october", True),
        ("cost from september to october", False),
        ("weekly growth from september to october", False),
        ("how did cost change from 1 to 15 october", False),
    ],
)
def test_from_one_to_the_other_is_a_change_only_where_the_words_say_so(text: str, asks: bool) -> None:
    assert changing(*last_item(text)) is asks


@pytest.mark.parametrize(
    ("text", "compares"),
    [
        ("compare october and september", True),
        ("october over september", True),
        ("the difference between october and september", True),
        ("tokens in october and september", False),
    ],
)
def test_two_side_by_side_are_compared_where_that_was_asked(text: str, compares: bool) -> None:
    tokens = reader(text)
    items = scan(tokens)
    pair = len(items) == 2 and comparing_pair(tokens, *items)
    ends = len(items) == 1 and changing(tokens, items[0])

    assert (pair or ends) is compares
