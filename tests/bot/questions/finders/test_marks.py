"""A message as words and typed mentions in order."""

from __future__ import annotations

from bot.questions.finders.marks import Marked, Mention

TEAM, BEFORE = Mention("team", (), ("Web",)), Mention("team", (), ("Data",), context=True)


def test_a_mention_of_several_values_may_be_any_of_them_unless_all_are_meant() -> None:
    assert Mention("team", (), ("Web", "Data")).several
    assert not Mention("person", (), ("a", "b"), together=True).several
    assert not TEAM.several


def test_two_mentions_of_the_same_thing_are_two() -> None:
    assert Mention("team", (), ("Web",)) != TEAM
    assert TEAM in [TEAM]


def test_the_parts_of_this_message_are_those_that_were_written() -> None:
    marked = Marked(["tokens", BEFORE, "|", "of", TEAM], raws=["of", "Web"])

    assert marked.mentions == [BEFORE, TEAM]
    assert marked.here == [("of", "of"), (TEAM, "Web")]
