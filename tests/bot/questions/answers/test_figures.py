"""An understood question as an answer: the store's figures, and all that a reader needs to trust them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.questions.answers.answer import Shape, Status
from bot.questions.answers.figures import answer_of
from bot.settings import Settings
from storage.answer.money import USD
from storage.answer.privacy import Viewer
from storage.errors import NoData
from storage.query import Filter, Grain, Op
from storage.records import Period
from storage.tables import NANO
from tests.bot.questions.answers.sample import OCTOBER, SEPTEMBER, Sample

MEMBER = Viewer(email="nobody@larkspur.example", others=frozenset(), min_group=5)


def test_the_receipt_says_what_was_measured_over_what_and_how_fresh_it_is(sample: Sample) -> None:
    answer = sample.answer(answer_of, "tokens")

    assert answer.status is Status.ANSWERED
    assert answer.title == "tokens, October 2026"
    assert answer.period == OCTOBER
    assert answer.receipt is not None
    assert (answer.receipt.metric, answer.receipt.period, answer.receipt.scope, answer.receipt.zone) == (
        "tokens",
        "October 2026",
        "whole organisation",
        "UTC",
    )
    assert answer.receipt.newest == "2026-11-18"
    assert answer.receipt.coverage == pytest.approx(1, abs=0.2)


@pytest.mark.parametrize(
    ("more", "shape", "labels"),
    [
        ({}, Shape.SINGLE, set()),
        ({"group_by": ("tool",)}, Shape.LIST, {"tool"}),
        ({"grain": Grain.WEEK}, Shape.SERIES, {"week"}),
    ],
)
def test_the_rows_have_the_shape_of_the_question(
    sample: Sample, more: dict[str, Any], shape: Shape, labels: set[str]
) -> None:
    answer = sample.answer(answer_of, "tokens", **more)

    assert answer.shape is shape
    assert answer.rows
    assert all(set(row.labels) == labels for row in answer.rows)
    assert [column.name for column in answer.columns] == ["tokens"]


def test_what_was_read_with_some_freedom_is_said_first(sample: Sample) -> None:
    answer = sample.answer(answer_of, "tokens", echoes=("Read suport as Support.",))

    assert answer.caveats[0] == "Read suport as Support."


def test_a_comparison_has_the_period_it_was_compared_with(sample: Sample) -> None:
    answer = sample.answer(answer_of, "cost", previous=SEPTEMBER)

    assert answer.previous == SEPTEMBER
    assert set(answer.rows[0].values) == {"cost", "previous", "change", "change_pct"}


def test_money_is_in_the_currency_of_the_settings_unless_the_question_names_one(sample: Sample) -> None:
    rates = {"EUR": ((OCTOBER.start, NANO // 2),)}
    known = replace(sample, directory=replace(sample.directory, rates=rates))
    dollars = known.answer(answer_of, "cost")
    euros = known.answer(answer_of, "cost", settings=Settings(currency="EUR"))
    asked = known.answer(answer_of, "cost", settings=Settings(currency="EUR"), currency=USD)

    assert euros.rows[0].values["cost"] == pytest.approx(2 * (dollars.rows[0].values["cost"] or 0))
    assert (euros.columns[0].unit, dollars.columns[0].unit) == ("EUR", "USD")
    assert asked.rows == dollars.rows


def test_what_is_hidden_of_a_viewer_is_hidden_in_the_rows_and_named_below(sample: Sample) -> None:
    answer = sample.answer(answer_of, "cost", group_by=("team",), viewer=MEMBER)

    hidden = {row.labels["team"] for row in answer.rows if row.suppressed}
    assert "Counsel" in hidden
    assert all(row.values["cost"] is None for row in answer.rows if row.suppressed)
    assert any("Counsel" in caveat for caveat in answer.caveats)
    assert not any(row.suppressed for row in sample.answer(answer_of, "cost", group_by=("team",)).rows)


def test_the_statements_that_ran_can_be_read(sample: Sample) -> None:
    statements = list(sample.answer(answer_of, "tokens").explain["sql"])

    assert statements
    assert all(statement.startswith(("SELECT", "WITH")) for statement in statements)


def test_a_period_without_records_is_no_answer(sample: Sample) -> None:
    with pytest.raises(NoData):
        sample.answer(answer_of, "tokens", Period(OCTOBER.start.replace(year=2020), OCTOBER.end.replace(year=2020)))


def test_a_list_without_a_team_says_that_those_below_it_are_in_it(sample: Sample) -> None:
    above = next(team for team in sample.directory.children if team and sample.directory.children[team])
    without = (Filter("team", (above,), Op.NOT_IN),)

    said = f"Only {above}'s own people are left out: the teams below it are in the list."
    assert said in sample.answer(answer_of, "tokens", group_by=("team",), filters=without).caveats
    assert said not in sample.answer(answer_of, "tokens", filters=without).caveats
