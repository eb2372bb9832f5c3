"""The filters of a call: placeholders of this question, or words that stand in it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.questions.llm.failure import ModelFailure
from bot.questions.llm.values import ME, MY_TEAM, Elsewhere, read_filters
from bot.questions.reading import Missing, Unclear
from storage.query import Filter, Op
from tests.bot.questions.finders.bureau import world
from tests.bot.questions.llm.calls import only
from tests.bot.questions.llm.planned import ANA, linked

TEXT = "tokens of RevOps in cursor by agents"


def read(*said: dict[str, Any], text: str = TEXT, asker: str | None = None) -> tuple[tuple[Filter, ...], bool]:
    return read_filters(said, linked(text, asker), world(asker))


def test_a_placeholder_is_the_name_that_it_stands_for() -> None:
    filters, personal = read(only("team", "⟦team:1⟧", "⟦team:1⟧"), only("tool", "⟦tool:2⟧", op="not_in"))

    assert filters == (Filter("team", ("Growth",)), Filter("tool", ("cursor",), Op.NOT_IN))
    assert not personal


def test_words_of_the_question_that_are_a_name_are_that_name() -> None:
    assert read(only("team", "RevOps"))[0] == (Filter("team", ("Growth",)),)


def test_me_and_my_team_are_the_askers() -> None:
    assert read(only("person", ME), asker=ANA) == ((Filter("person", (ANA,)),), True)
    assert read(only("team", MY_TEAM), asker=ANA) == ((Filter("team", ("Web",)),), False)
    with pytest.raises(Elsewhere) as stopped:
        read(only("person", ME))
    assert isinstance(stopped.value.reading, Unclear)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ([only("team", "⟦team:9⟧")], "placeholder that the question does not hold"),
        ([only("tool", "⟦team:1⟧")], "a tool given as a team|a team given as a tool"),
        ([only("team", "Web")], "value that the question does not hold"),
        ([only("team")], "without values"),
        ([only("tool", "⟦tool:2⟧", op="below")], "only teams have others below them"),
        ([only("team", "⟦team:1⟧"), only("team", "⟦team:1⟧")], "two filters on one dimension"),
        ([only("mode", "lazy")], "mode has no such value"),
    ],
)
def test_what_is_not_of_the_question_is_refused(said: list[dict[str, Any]], reason: str) -> None:
    with pytest.raises(ModelFailure, match=reason):
        read(*said)


def test_a_fixed_value_need_not_be_said_in_its_own_word() -> None:
    assert read(only("mode", "agent"))[0] == (Filter("mode", ("agent",)),)


def test_an_unknown_team_is_asked_about_and_of_an_unknown_tool_there_are_no_figures() -> None:
    with pytest.raises(Elsewhere) as asked:
        read(only("team", "Zebra"), text="tokens of Zebra")
    with pytest.raises(Elsewhere) as missing:
        read(only("tool", "hammer"), text="tokens of hammer")

    assert isinstance(asked.value.reading, Unclear)
    assert isinstance(missing.value.reading, Missing)


def test_a_name_nearly_written_is_offered_in_its_place() -> None:
    with pytest.raises(Elsewhere) as asked:
        read(only("team", "Growht"), text="tokens of Growht")
    reading = asked.value.reading

    assert isinstance(reading, Unclear)
    assert [option.ask for option in reading.options] == ['tokens of team "Growth"']
