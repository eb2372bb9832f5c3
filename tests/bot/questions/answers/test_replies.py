"""Answers without figures: each says why, and what to ask instead."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from bot.questions.answers import replies
from bot.questions.answers.answer import Answer, Audience, Column, Row, Status
from bot.questions.periods.labels import range_label
from bot.questions.reading import Told
from bot.settings import Settings
from storage.catalogue import METRICS
from storage.errors import InvalidQuery, NoData, UnknownName
from storage.query import Filter, Query
from storage.records import Period
from tests.bot.questions.organisations import AS_OF, harbourline

SETTINGS = Settings()
DIRECTORY = harbourline()
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "October 2026")
COST = Query(metrics=("cost",), period=OCTOBER)


@pytest.mark.parametrize("reason", ["people", "ranking"])
def test_where_people_are_listed_the_same_by_team_is_offered(reason: str) -> None:
    answer = replies.denied(reason, COST)

    assert answer.status is Status.DENIED
    assert [option.ask for option in answer.options] == ["cost by team from 2026-10-01 to 2026-10-31"]


@pytest.mark.parametrize("reason", ["person", "group", "difference"])
def test_a_refusal_about_somebody_offers_nothing_that_would_tell_whether_they_exist(reason: str) -> None:
    # What is offered about a person is the same whoever was meant.
    offered = [option.ask for option in replies.denied(reason, COST).options]
    assert offered == (["tokens per employee by team last month"] if reason == "person" else [])


def test_too_few_names_the_nearest_figure_that_may_be_shown() -> None:
    whole = replies.too_few("group", COST, DIRECTORY)
    team = replies.too_few("group", COST.with_(filters=(Filter("team", ("Operations",)),)), DIRECTORY)
    none = replies.too_few("group", None, DIRECTORY)

    assert whole.text.endswith("may be shown: cost, whole organisation, October 2026.")
    assert team.text.endswith("may be shown: cost, Operations, October 2026.")
    assert (whole.period, none.period) == (OCTOBER, None)
    assert none.text.endswith("I can give you those of a larger group.")
    assert {whole.status, team.status, none.status} == {Status.DENIED}


def test_an_asker_who_is_unknown_is_told_whom_to_ask() -> None:
    answer = replies.stranger()

    assert answer.status is Status.DENIED
    assert "roster" in answer.text


@pytest.mark.parametrize("answer", [replies.too_long(), replies.too_slow()])
def test_what_could_not_be_read_is_asked_for_in_a_sentence(answer: Answer) -> None:
    assert answer.status is Status.CLARIFY
    assert "sentence" in answer.text


def test_errors_of_the_store_become_sentences() -> None:
    no_data = replies.no_data(NoData("nothing is recorded before 2 February 2026"), COST, DIRECTORY)
    unknown = replies.unknown(UnknownName("team", "Platfrom"))
    invalid = replies.invalid(InvalidQuery("a share needs a sum"))

    assert (no_data.status, no_data.text) == (Status.NO_DATA, "Nothing is recorded before 2 February 2026.")
    assert (no_data.title, no_data.query) == ("cost, October 2026", COST.to_json())
    assert unknown.status is Status.CLARIFY
    assert "no team called “Platfrom”" in unknown.text
    assert (invalid.status, invalid.text) == (Status.UNSUPPORTED, "A share needs a sum.")


def test_several_answers_are_one_that_is_private_where_one_of_them_is() -> None:
    public = Answer(status=Status.ANSWERED, text="7 tokens.")
    private = Answer(status=Status.DENIED, text="No.", private=True, public_text="Only for you.")

    both = replies.together([private, public])

    assert (both.status, both.text, both.answers) == (Status.ANSWERED, "No.\n7 tokens.", (private, public))
    assert (both.private, both.public_text) == (True, "Only for you.")
    assert replies.together([private, private]).status is Status.DENIED
    assert not replies.together([public, public]).private


def test_the_channel_reads_why_it_reads_no_figure() -> None:
    assert "Guests" in replies.elsewhere(Audience.OPEN)
    assert "Guests" not in replies.elsewhere(Audience.MEMBERS)


@pytest.mark.parametrize("name", sorted(METRICS))
def test_every_metric_has_a_definition_with_its_formula_and_unit(name: str) -> None:
    answer = replies.told(Told(topic="definition", about=name), DIRECTORY, AS_OF, SETTINGS)

    assert answer.status is Status.ANSWERED
    assert METRICS[name].description in answer.text
    assert METRICS[name].description in answer.text
    assert answer.receipt is not None
    assert answer.receipt.definition == METRICS[name].description


def test_how_fresh_the_data_are_is_said_in_days() -> None:
    said = [
        replies.told(Told(topic="freshness"), DIRECTORY, date.fromordinal(AS_OF.toordinal() + days), SETTINGS).text
        for days in (0, 1, 2)
    ]

    assert ["(today)" in said[0], "(yesterday)" in said[1], "(2 days ago)" in said[2]] == [True, True, True]
    assert f"Usage is recorded {range_label(date(2026, 2, 2), AS_OF)}" in said[0]
    assert all(one != other for one, other in pairwise(said))


def test_help_says_what_can_be_asked_in_a_few_lines_and_gives_questions_to_press() -> None:
    answer = replies.told(Told(topic="help"), DIRECTORY, AS_OF, SETTINGS)

    assert len(answer.text) < 400
    assert all(word in answer.text for word in ("tokens", "adoption", "costs", "hours offloaded", "success"))
    assert [option.ask for option in answer.options] == list(replies.EXAMPLES)


@pytest.mark.parametrize(("word", "offered"), [("churn", "adoption rate"), ("adadption rate", "adoption rate")])
def test_a_word_that_no_figure_has_is_said_to_have_none_and_others_are_offered(word: str, offered: str) -> None:
    told = replies.told(Told(topic="definition", about=word), harbourline(), AS_OF, SETTINGS)

    assert told.status is Status.CLARIFY
    assert f"“{word}”" in told.text
    assert offered in [option.label for option in told.options]


def test_what_may_not_be_shown_of_a_group_is_said_once() -> None:
    refused = replies.too_few("group", None, DIRECTORY)
    shown = Answer(
        status=Status.ANSWERED,
        text="Tokens: 7.",
        columns=(Column(name="tokens", label="tokens", unit="tokens"),),
        rows=(Row(labels={}, values={"tokens": 7}),),
    )

    assert replies.together([refused, refused]) is refused
    assert [part.status for part in replies.together([refused, shown, refused]).answers] == [
        Status.DENIED,
        Status.ANSWERED,
    ]


def test_who_sees_what_is_told_from_the_policy_in_force_and_where_to_erase() -> None:
    answer = replies.told(Told(topic="privacy"), DIRECTORY, AS_OF, SETTINGS)

    assert "Groups are shown from 5 people up" in answer.text
    assert "/leverage privacy" in answer.text


def test_what_figures_do_not_show_is_said_plainly() -> None:
    answer = replies.told(Told(topic="limits"), DIRECTORY, AS_OF, SETTINGS)

    assert "judge nobody" in answer.text
    assert "catalogued workflows alone" in answer.text
