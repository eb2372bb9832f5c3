"""What a reply points at is in its query, and a reply has something that it replies to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.questions.finders.marks import Mention
from bot.questions.guards.replies import follows_something, pointed_back
from bot.questions.guards.scene import Choice, Scene
from bot.questions.reading import Unclear
from storage.query import Filter
from tests.bot.questions.finders.bureau import world
from tests.bot.questions.guards.scenes import COST, scene, words_of

MAY = Filter("person", ("may.lind@bureau.example",))
WEB = Filter("team", ("Web",))


@pytest.mark.parametrize("text", ["and requests", "also by tool", "only Web", "but tokens"])
def test_words_that_go_on_need_something_that_they_go_on_from(text: str) -> None:
    assert isinstance(follows_something(scene(text)), Unclear)
    assert follows_something(scene(text, COST, before=COST)) is None


def test_a_whole_question_may_begin_so_too() -> None:
    assert follows_something(scene("and requests in October")) is None
    assert follows_something(scene("requests of Web")) is None


def test_what_was_asked_back_about_is_something_to_go_on_from() -> None:
    found = scene("and Web")

    assert follows_something(Scene(found.marked, found.choice, replace(world(), open="cost of whom?"), COST)) is None


def test_their_team_is_a_team_of_the_query() -> None:
    before = COST.with_(filters=(MAY,))

    assert "Which team" in words_of(pointed_back(scene("her team", before, before=before)))
    assert pointed_back(scene("her team", COST.with_(filters=(WEB,)), before=before)) is None
    assert pointed_back(scene("her team", COST, before=COST)) is None


@pytest.mark.parametrize("text", ["both please", "the two"])
def test_two_that_are_pointed_at_are_both_in_the_query(text: str) -> None:
    found = scene(text, COST, "2")
    marked = found.marked
    marked.parts = [Mention("team", (), ("Web",), context=True), Mention("team", (), ("Data",), context=True), "|",
                    *marked.parts]  # fmt: skip
    roles = Choice(tuple("ignore" for _ in marked.mentions))
    one, two = COST.with_(filters=(WEB,)), COST.with_(filters=(Filter("team", ("Web", "Data")),))

    assert "Which two" in words_of(pointed_back(Scene(marked, roles, world(), one, before=one)))
    assert pointed_back(Scene(marked, roles, world(), two, before=two)) is None


def test_a_month_that_is_somebody_s_name_is_asked_about_after_a_list_of_people() -> None:
    people = COST.with_(group_by=("person",))

    assert "somebody, or a time" in words_of(pointed_back(scene("June's", people, "person", before=people)))
    assert pointed_back(scene("June's", COST, "person", before=COST)) is None
