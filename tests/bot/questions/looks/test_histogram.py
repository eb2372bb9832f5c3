"""A distribution as an answer: its bins against the list of people, the median and the top tenth beside them."""

from __future__ import annotations

from statistics import median

import pytest

from bot.questions.answers.answer import Draw, Status
from tests.bot.questions.plans.conftest import Asked


def test_the_bins_are_those_of_the_people_themselves(ask: Asked) -> None:
    tokens = [
        int(row.values["tokens"] or 0)
        for row in ask("workforce tokens by person in October").rows
        if row.labels["person"] != "(none)"
    ]
    found = ask("distribution of tokens per person in October")

    assert found.status is Status.ANSWERED
    assert found.draw is Draw.BAR
    for row in found.rows:
        high = float(row.labels["to"] or "inf")
        assert row.values["people"] == sum(float(row.labels["from"]) <= value < high for value in tokens)
        assert int(row.values["people"] or 0) >= 5
    facts = {fact.label: fact.value for fact in found.facts}
    assert facts["people in it"] == len(tokens)
    assert facts["median tokens a person"] == pytest.approx(median(tokens))
    share = ask("top decile share of tokens in October").rows[0].values["top_decile_share"]
    assert facts["top-decile share of tokens"] == pytest.approx(share)


def test_a_small_group_has_none_and_several_groups_are_asked_one_at_a_time(ask: Asked) -> None:
    assert ask("histogram of cost per person in Counsel", "oluwaseun.castillo@larkspur.example").status is Status.DENIED
    assert ask("token distribution by team").status is Status.CLARIFY
