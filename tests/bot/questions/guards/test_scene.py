"""What a guard looks at: the message in clauses, the query, and what of the message the query used."""

from __future__ import annotations

from bot.questions.finders.marking import mark
from bot.questions.finders.marks import Mention
from bot.questions.guards.scene import Choice, Scene
from tests.bot.questions.finders.bureau import world
from tests.bot.questions.guards.scenes import COST, scene

CONTEXT = Mention("team", (), ("Data",), context=True)


def test_a_mention_is_used_unless_its_role_says_that_it_is_not() -> None:
    found = scene("cost of Web in October", COST, "Web")

    assert [found.is_used(mention) for mention in found.marked.mentions] == [False, True]


def test_words_are_those_of_this_message_and_not_of_the_query_before() -> None:
    marked = mark("cost of Web", world())
    marked.parts = ["tokens", CONTEXT, "|", *marked.parts]
    found = Scene(marked, Choice(("ignore", "in")), world(), COST)

    assert found.words() == ["cost", "of"]
    assert [mention.values for clause in found.clauses for mention in clause.mentions] == [("Web",)]


def test_what_is_taken_for_context_is_told_as_it_was_written() -> None:
    found = scene("We talk to Growth today. What was the cost of Web in October?", COST, "Growth", "today")

    assert found.passed_over == ("We talk to Growth today",)
    assert [clause.said for clause in found.asked] == ["What was the cost of Web in October"]


def test_manners_are_not_worth_telling() -> None:
    assert scene("Hi, what was the cost of Web in October? Thanks!").passed_over == ()
