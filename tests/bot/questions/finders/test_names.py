"""Names in a message: what is surely one, what may be only a word, and what nobody here is called."""

from __future__ import annotations

import pytest

from bot.questions.finders.names import fold, gazetteer
from tests.bot.questions.finders.bureau import doubted, found, mentions, world


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("tokens of Data", "team", "Data"),
        ("the data team, cost in october", "team", "Data"),
        ("tokens of data last month", "team", "Data"),
        ("Growth, October, cost", "team", "Growth"),
        ("how much did cost control spend", "team", "Cost Control"),
        ("rev ops in september", "team", "Growth"),
        ("webs tokens in june, cost control", "team", "Cost Control"),
        ("what did the weekly report cost?", "workflow", "weekly report"),
        ("report for the chief of staff: tokens last month", "title", "Chief of Staff"),
        ("in remote last month, tokens", "location", "Remote"),
        ("how much did opus 4.5 cost", "model", "claude-opus-4-5"),
        ("tokens of may lind in june", "person", "may.lind@bureau.example"),
    ],
)
def test_a_name_is_found_where_the_words_around_it_say_so(text: str, kind: str, value: str) -> None:
    assert (value,) in found(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("review of AI cost", "workflow"),
        ("a summary of cost please", "activity"),
        ("executive view of cost please", "title"),
        ("will growth rise?", "team"),
        ("is remote work growing?", "location"),
        ("thanks for your support, tokens last week", "team"),
    ],
)
def test_a_plain_word_is_not_taken_for_a_name(text: str, kind: str) -> None:
    assert found(text, kind) == []


def test_one_word_of_a_longer_name_names_all_it_may_be_where_its_kind_is_said() -> None:
    assert found("items of the review workflow", "workflow") == [("contract review", "price review")]


@pytest.mark.parametrize("text", ["tokens of May in October", "how much did May use in October", "May's tokens"])
def test_somebody_called_like_a_month_may_be_meant_and_the_month_as_well(text: str) -> None:
    assert doubted(text, "person") == [("may.lind@bureau.example",)]


def test_the_month_stays_beside_the_person_of_that_name() -> None:
    kinds = [mention.kind for mention in mentions("tokens in June")]
    assert kinds == ["person", "period"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("cost in Bergen last month", "bergen"),
        ("adoption in the Wizards team", "wizards"),
        ("Jasper's cost in Q3", "jasper"),
        ('tokens of "Aurora"', "aurora"),
        ("tokens on perplexity last month", "perplexity"),
    ],
)
def test_a_capitalised_word_that_nobody_knows_is_an_unknown_name_and_no_slip(text: str, name: str) -> None:
    assert [mention.words for mention in mentions(text) if mention.kind == "unknown"] == [(name,)]


@pytest.mark.parametrize("text", ["COST OF WEB IN OCTOBER", "The CFO wants it: cost of Web", "I need the AI cost"])
def test_words_of_the_language_are_no_unknown_names(text: str) -> None:
    assert [mention for mention in mentions(text) if mention.kind == "unknown"] == []


def test_my_team_is_the_askers() -> None:
    (mention,) = mentions("tokens of my team", "june.park@bureau.example")
    assert (mention.kind, mention.values) == ("team", ("Data",))


def test_somebodys_team_is_a_team() -> None:
    assert found("how much did Will Moss's team spend", "team") == [("Growth",)]


def test_names_are_found_in_running_words_those_of_groups_and_those_of_people() -> None:
    names = gazetteer(world().directory)

    assert {*names.said_in(fold("then cost control and May Lind"))} == {
        *[("cost", "control"), ("control",), ("cost",)],
        *[("may", "lind"), ("may",), ("lind",)],
    }
    assert [name.label for name in names.of("person")][:2] == ["May Lind", "April Jones"]
