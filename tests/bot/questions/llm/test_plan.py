"""From the calls of a model to readings: grounded in the question, resolved by code."""

from __future__ import annotations

import pytest

from bot.questions.llm.failure import ModelFailure
from bot.questions.llm.pressed import STEP
from bot.questions.llm.tools import MOST_CALLS
from bot.questions.reading import Impossible, Missing, Refused, Unclear, Understood
from tests.bot.questions.llm.calls import only, query
from tests.bot.questions.llm.planned import planned
from tests.fakes.openai_api import Data, call

TEXT = "tokens in October"
SOUND = query("tokens", time="in October")


@pytest.mark.parametrize(
    ("calls", "reason"),
    [
        ([], "without a call"),
        ([SOUND] * (MOST_CALLS + 1), "more than"),
        ([call("drop_tables", {})], "unknown tool"),
        ([call("run_query", "{")], "no JSON"),
        ([call("run_query", {"metrics": ["tokens"]})], "run_query must have exactly the fields"),
        ([call("decline", {"reason": "advice"}), SOUND], "decline stands alone"),
        ([query("tokens", time="in October", part="cost of everything")], "no part of the question"),
        ([query("tokens", time="in October", words_read=[{"words": "greedy", "means": "metric"}])], "does not"),
        ([query("tokens_per_employee", time="in October", group_by=["tool"], share=True)], "."),
    ],
)
def test_calls_that_are_not_sound_are_refused_with_words_to_mend_them_by(calls: list[Data], reason: str) -> None:
    with pytest.raises(ModelFailure, match=reason):
        planned(TEXT, *calls)


def test_a_sound_call_is_a_reading_that_says_who_read_it_and_what() -> None:
    (found,) = planned(TEXT, SOUND)

    assert isinstance(found, Understood)
    assert found.steps[0] == STEP
    assert found.steps[1].startswith("query: ")


def test_declining_is_answered_in_our_own_words() -> None:
    assert isinstance(planned(TEXT, call("decline", {"reason": "verdict_on_people"}))[0], Refused)
    assert isinstance(planned(TEXT, call("decline", {"reason": "prediction"}))[0], Impossible)


def test_what_nobody_records_no_model_can_find() -> None:
    (found,) = planned("tokens at night in October", query("tokens", time="in October"))

    assert isinstance(found, Impossible)


def test_a_name_that_is_not_known_leads_elsewhere() -> None:
    (found,) = planned("tokens of hammer in October", query(time="in October", filters=[only("tool", "hammer")]))

    assert isinstance(found, Missing)
    assert found.steps == (STEP,)


def test_asking_back_offers_the_sound_readings_beside_it_in_the_askers_words() -> None:
    ask = call("ask_back", {"about": "metric", "words": "busy"})
    (found,) = planned("how busy in October", ask, query("requests", time="in October"))

    assert isinstance(found, Unclear)
    assert found.text == "Which figure is meant by “busy”?"
    (invented,) = planned("how busy in October", call("ask_back", {"about": "metric", "words": "lazy people"}))
    assert isinstance(invented, Unclear)
    assert "lazy" not in invented.text
