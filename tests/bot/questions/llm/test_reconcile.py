"""Two engines, one answer: which reading goes out where both have read the question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.questions.answers.answer import Option
from bot.questions.llm.pressed import STEP, pressed
from bot.questions.llm.reconcile import MANY_WORDS, NOTE, engine_of, reconciled, same, sure, without_model
from bot.questions.reading import Impossible, Intent, Missing, Reading, Refused, Told, Unclear, Understood
from storage.query import Filter
from storage.records import Period
from tests.bot.questions.finders.bureau import world
from tests.bot.questions.llm.planned import OCTOBER, SEPTEMBER, TOKENS

WORLD = world()
READ = Understood(query=TOKENS)
OTHER = Understood(query=TOKENS.with_(period=SEPTEMBER), steps=(STEP,))
ASKED = Unclear(text="Which one?", options=(Option(label="a", ask="a"),))
BACK = Unclear(text="What is meant?", options=(Option(label="b", ask="b"),), steps=(STEP,))


def test_the_answer_can_say_which_engine_read_it() -> None:
    assert engine_of((READ,)) == "rules"
    assert engine_of((Impossible(text="", steps=(STEP,)),)) == "openai"


@pytest.mark.parametrize(
    ("reading", "is_sure"),
    [
        (READ, True),
        (replace(READ, echoes=("read tokns as tokens",)), False),
        (Told(topic="metrics"), True),
        (Refused(text="no"), True),
        (ASKED, False),
        (replace(ASKED, about="person"), True),
        (Impossible(text="no"), False),
        (Missing(text="none"), False),
    ],
)
def test_what_the_rules_have_understood_needs_no_second_look(reading: Reading, is_sure: bool) -> None:
    assert sure((reading,), "tokens last month") is is_sure


def test_a_long_question_always_does() -> None:
    assert sure((READ,), " ".join(["word"] * MANY_WORDS))
    assert not sure((READ,), " ".join(["word"] * (MANY_WORDS + 1)))


def test_two_queries_are_the_same_whatever_their_order_and_their_labels() -> None:
    filters = (Filter("team", ("Web", "Data")), Filter("tool", ("cursor",)))
    turned = (Filter("tool", ("cursor",)), Filter("team", ("Data", "Web")))
    labelled = Period(OCTOBER.start, OCTOBER.end, "October")

    assert same(
        [Understood(query=TOKENS.with_(filters=filters))],
        [Understood(query=TOKENS.with_(filters=turned, period=labelled))],
    )
    assert not same([READ], [OTHER])
    assert not same([READ], [replace(READ, intent=Intent.WHY)])
    assert not same([READ], [READ, READ])


def test_where_they_agree_or_the_rules_alone_understand_the_rules_are_heard() -> None:
    assert reconciled((READ,), (replace(READ, steps=(STEP,)),), WORLD) == (READ,)
    assert reconciled((READ,), (BACK,), WORLD) == (READ,)
    assert reconciled((ASKED,), (OTHER,), WORLD) == (OTHER,)


def test_where_they_differ_both_are_offered_to_press() -> None:
    (asked,) = reconciled((READ,), (OTHER,), WORLD)

    assert isinstance(asked, Unclear)
    assert len({option.label for option in asked.options}) == 2
    assert [pressed(option.ask) is not None for option in asked.options] == [True, True]
    assert engine_of((asked,)) == "openai"


def test_two_questions_back_become_one() -> None:
    (asked,) = reconciled((ASKED,), (BACK,), WORLD)

    assert isinstance(asked, Unclear)
    assert asked.text == BACK.text
    assert [option.ask for option in asked.options] == ["b", "a"]


def test_a_refusal_of_the_model_stands_where_the_rules_have_no_answer() -> None:
    refused = Refused(text="no verdicts", steps=(STEP,))

    assert reconciled((Impossible(text="?"),), (refused,), WORLD) == (refused,)
    assert reconciled((Missing(text="no such tool"),), (refused,), WORLD) == (Missing(text="no such tool"),)


def test_without_the_model_it_is_said_to_be_the_rules_alone() -> None:
    understood, asked, told = without_model((READ, ASKED, Told(topic="metrics")))

    assert isinstance(understood, Understood)
    assert understood.echoes == (NOTE,)
    assert isinstance(asked, Unclear)
    assert NOTE in asked.text
    assert told == Told(topic="metrics")
