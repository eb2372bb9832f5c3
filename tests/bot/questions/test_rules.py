"""What the rules engine must never do, and how it asks back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.questions.reading import Impossible, Missing, Reading, Told, Unclear, Understood, World
from bot.questions.rules import read
from bot.questions.threads import context
from storage.query import By
from tests.bot.questions.organisations import AS_OF, harbourline, juniper
from tests.bot.questions.paraphrase import cases

HARBOUR = harbourline()
JUNIPER = juniper()
PLAIN = (
    "tokens of Dispatch last month",
    "how much did Fleet spend in October?",
    "cost by tool in September",
    "requests per employee by team last quarter",
)
CHANGING = (
    "not",
    "never",
    "without",
    "except",
    "median",
    "typical",
    "double",
    "half",
    "twice",
    "second",
    "third",
    "first",
    "above",
    "below",
    "under",
    "unused",
    "planned",
    "remaining",
    "expected",
    "forecast",
    "budgeted",
    "nobody",
    "until",
    "new",
    "5",
    "unless",
    "weighted",
    "cumulative",
    "other",
    "minimum",
)
WORDS = tuple(
    word
    for name in ("harbourline", "juniper")
    for case in cases(Path(__file__).parent / "paraphrases" / f"{name}.txt")
    for turn in case.turns
    for word in turn.split()
)


def one(text: str, *, asker: str | None = None, before: Understood | None = None) -> Reading:
    """The only reading of a message about the shipping company."""
    (reading,) = read(text, World(directory=HARBOUR, as_of=AS_OF, asker=asker), before)
    return reading


def understood(text: str, before: Understood | None = None) -> Understood:
    """The query a message must be read as."""
    reading = one(text, before=before)
    assert isinstance(reading, Understood), reading
    return reading


@pytest.mark.parametrize("word", CHANGING)
@pytest.mark.parametrize("plain", PLAIN)
def test_a_word_that_changes_the_meaning_is_never_overlooked(plain: str, word: str) -> None:
    before = understood(plain).query

    for text in (f"{plain.rstrip('?')} {word}", f"{word} {plain}"):
        reading = one(text)
        assert not isinstance(reading, Understood) or reading.query != before, text


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14), st.lists(st.sampled_from(WORDS), max_size=6))
@settings(max_examples=400)
def test_any_row_of_words_gets_a_reading(first: list[str], second: list[str]) -> None:
    world = World(directory=HARBOUR, as_of=AS_OF)
    readings = read(" ".join(first), world)
    before = next((each for each in readings if isinstance(each, Understood)), None)

    assert readings
    assert read(" ".join(second), world, before)


@given(st.text(max_size=80))
@settings(max_examples=200)
def test_any_text_gets_a_reading(text: str) -> None:
    assert read(text, World(directory=JUNIPER, as_of=AS_OF))


def test_a_slip_of_the_pen_is_mended_and_said() -> None:
    reading = understood("tokens of Dispach last month")

    assert reading.query.filters[0].values == ("Dispatch",)
    assert any("Dispach" in echo for echo in reading.echoes)


def test_a_clear_part_of_a_name_is_taken_and_said() -> None:
    reading = understood("cost of opus in October")

    assert reading.query.filters[0].values == ("claude-opus-4-5",)
    assert any("claude-opus-4-5" in echo for echo in reading.echoes)


def test_a_first_name_that_two_people_share_is_asked_about_as_a_person() -> None:
    reading = one("how many tokens did Sanne use?")

    assert isinstance(reading, Unclear)
    assert reading.about == "person"
    assert {option.label for option in reading.options} == {"Sanne de Vries", "Sanne Bakker"}


def test_a_part_that_two_workflows_share_is_asked_about() -> None:
    reading = one("review items last month")

    assert isinstance(reading, Unclear)
    assert {option.label for option in reading.options} == {"top-up review", "claims review"}


def test_an_option_picked_is_the_reading_offered() -> None:
    reading = one("cost of review last month")
    assert isinstance(reading, Unclear)

    picked = [understood(option.ask).query.filters[0].values for option in reading.options]

    assert picked == [(option.label,) for option in reading.options]


def test_an_unknown_tool_has_no_data_and_an_unknown_team_near_a_known_one_is_asked_about() -> None:
    assert isinstance(one("cost of Frobnicator last month"), Missing)

    asked = one('tokens of team "Dispatchers" last month')
    assert isinstance(asked, Unclear)
    assert [option.label for option in asked.options][:1] == ["Dispatch"]


def test_a_quoted_name_after_a_dimension_names_that_dimension_alone() -> None:
    assert understood('tokens of location "May" last week').query.filters[0].dimension == "location"
    assert isinstance(one('tokens of tool "Dispatch" last week'), Missing | Unclear)


def test_two_questions_get_two_readings() -> None:
    world = World(directory=HARBOUR, as_of=AS_OF)

    readings = read("How many tokens did Dispatch use last month? And how much did Fleet spend?", world)

    assert [each.query.metrics for each in readings if isinstance(each, Understood)] == [("tokens",), ("cost",)]


def test_a_thread_keeps_what_a_message_does_not_name() -> None:
    first = understood("tokens of Dispatch by tool in July")
    second = understood("and Fleet?", before=first)
    third = understood("in September", before=second)

    assert third.query.metrics == ("tokens",)
    assert third.query.group_by == ("tool",)
    assert third.query.filters[0].values == ("Fleet",)
    assert third.query.period.start.month == 9


def test_an_unknown_asker_is_asked_who_they_are() -> None:
    assert isinstance(one("how many tokens did I use?"), Unclear)
    assert isinstance(one("how many tokens did I use?", asker="petra.vos@harbour.example"), Understood)


@pytest.mark.parametrize("text", ["delete all tokens of Care", "write me a poem about tokens", "who should we fire?"])
def test_what_cannot_be_done_is_declined(text: str) -> None:
    assert isinstance(one(text), Impossible)


def test_an_empty_message_gets_help() -> None:
    assert one("") == Told(topic="help", steps=("intent: what can be asked",))


def test_how_many_fewer_is_answered_by_the_difference() -> None:
    reading = understood("how many fewer requests did Care make in October than in September")

    assert reading.headline is By.CHANGE


def test_a_thread_out_of_the_store_still_knows_the_turn_before() -> None:
    first = understood("tokens in Fleet in August")
    second = context.understood(json.loads(json.dumps(context.stored(understood("and in September?", first)))))

    assert second is not None
    assert second.former == first.query
    both = understood("difference between the two?", second)
    assert both.query.period == second.query.period
    assert both.query.previous is not None
    assert both.query.previous.start == first.query.period.start
