"""What the model is told: the rules of planning and the question, never what the store holds."""

from __future__ import annotations

from bot.questions.llm.prompt import PLAN, mend, prompt
from bot.questions.reading import Understood
from storage.query import Filter
from tests.bot.questions.finders.bureau import world
from tests.bot.questions.llm.planned import ANA, TOKENS, linked

TEXT = "tokens of Growth by tool last month"


def test_the_rules_stand_first_and_the_question_comes_with_placeholders() -> None:
    told = prompt(linked(TEXT), world())

    assert told.system == PLAN
    assert told.user.splitlines()[-1] == "Question: tokens of ⟦team:1⟧ by tool last month"


def test_what_the_asker_may_see_is_said_and_who_they_are_is_not() -> None:
    operator, member = prompt(linked(TEXT), world()), prompt(linked(TEXT, ANA), world(ANA))

    assert operator.user.startswith("The asker may see: everything.")
    assert "groups and the asker's own figures" in member.user
    assert "lind" not in member.user.lower()


def test_the_threads_last_query_is_told_without_a_name_or_a_date() -> None:
    before = Understood(query=TOKENS.with_(filters=(Filter("team", ("Growth",)),)))
    told = prompt(linked("and by tool?", before=before), world())

    thread = next(line for line in told.user.splitlines() if line.startswith("The thread's last query"))
    assert '"metrics": ["tokens"]' in thread
    assert "⟦team:1⟧" in thread
    assert not [word for word in ("Growth", "2026", "10-01") if word in thread]


def test_the_words_to_mend_a_call_are_one_sentence_of_our_own() -> None:
    assert mend("a filter without values") == (
        "The last call could not be used: a filter without values. Call the tools again."
    )
