"""A reply says some things by itself: a total, a value of the language, a part of the thread's month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.questions.finders.marks import Marked
from bot.questions.reader.choices import Choices, Role
from bot.questions.reader.context import words_of
from bot.questions.reader.trained import Thread, marked_in
from bot.questions.reader.turns import settled
from storage.query import Filter, Grain, Query
from storage.records import Period
from tests.bot.questions.finders.bureau import world

BEFORE = Query(metrics=("cost",), period=Period(date(2026, 10, 1), date(2026, 10, 31), "October 2026"))


def choices(marked: Marked) -> Choices:
    """What a network that keeps all and knows nothing better would choose."""
    heads = {"status": "told", "group": "keep", "group2": "keep", "grain": "keep", "order": "keep", "of_mode": "keep"}
    heads |= {"of_kind": "keep", "of_ledger": "keep", "skip": "keep", "zero": "none"}
    return Choices(heads, dict.fromkeys(heads, 0.5), [Role("in", 0.9) for _ in marked.mentions])


@pytest.mark.parametrize("text", ["sum?", "and in total, please", "total", "and their sum"])
def test_a_total_takes_the_list_away(text: str) -> None:
    marked = marked_in(text, world(), Thread(BEFORE))
    got = settled(marked, choices(marked), BEFORE.with_(grain=Grain.WEEK))
    assert (got.heads["grain"], got.heads["group"], got.heads["status"]) == ("none", "none", "figures")


def test_a_total_of_something_is_the_networks_to_read() -> None:
    marked = marked_in("total of Web", world(), Thread(BEFORE))
    assert settled(marked, choices(marked), BEFORE.with_(grain=Grain.WEEK)).heads["grain"] == "keep"


def test_a_mode_said_replaces_the_one_before() -> None:
    before = BEFORE.with_(metrics=("items",), filters=(Filter("mode", ("human",)),))
    marked = marked_in("and assisted?", world(), Thread(before))
    assert settled(marked, choices(marked), before).heads["of_mode"] == "assisted"


@pytest.mark.parametrize(("text", "role"), [("and its requests?", "ignore"), ("both, please", "in")])
def test_a_name_that_was_replaced_comes_back_only_where_words_bring_it_back(text: str, role: str) -> None:
    former, before = (BEFORE.with_(filters=(Filter("team", (name,)),)) for name in ("Growth", "Web"))
    marked = marked_in(text, world(), Thread(before, former))
    assert len(words_of(before, marked.calendar, former)) > len(words_of(before, marked.calendar))  # type: ignore[arg-type]
    got = settled(marked, choices(marked), before)
    names = [pair for pair in zip(marked.mentions, got.roles, strict=True) if pair[0].kind == "team"]
    assert [(mention.values, found.name) for mention, found in names] == [(("Web",), "in"), (("Growth",), role)]


def test_the_sides_of_a_comparison_stay() -> None:
    before = BEFORE.with_(scopes=("Web", "Growth"), group_by=("team",))
    marked = marked_in("in tokens?", world(), Thread(before))
    found = replace(choices(marked), roles=[Role("scope", 0.9) for _ in marked.mentions])
    assert [role.name for role in settled(marked, found, before).roles] == ["scope"] * len(marked.mentions)
