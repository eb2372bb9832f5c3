"""One figure in words: alone, with its parts, or beside what it was before."""

from __future__ import annotations

import re

import pytest

from bot.figures import short
from tests.bot.questions.answers.sample import Ask


def test_a_single_figure_has_three_digits_and_stands_in_full_beside_it(ask: Ask) -> None:
    answer = ask("requests last month")

    assert re.fullmatch(r"Requests, October 2026: \d+(\.\d+)?k: people .*, product .*\.", answer.text)
    assert (answer.facts[0].label, answer.facts[0].value) == ("in full", answer.rows[0].values["requests"])


def test_peoples_use_and_products_stand_side_by_side_and_add_up(ask: Ask) -> None:
    answer = ask("cost last month")

    people, product = (fact for fact in answer.facts if fact.said)
    assert (people.label, product.label) == ("people", "product")
    assert float(people.value or 0) + float(product.value or 0) == pytest.approx(answer.rows[0].values["cost"])
    assert f"{short(people.value, 'USD')}, product {short(product.value, 'USD')}." in answer.text


def test_a_comparison_says_direction_size_then_percent_and_what_it_was(ask: Ask) -> None:
    text = ask("cost last month compared with the month before").text

    assert re.search(r": \$[\d.]+k?, down \$[\d.]+k? \([\d.]+%\) from \$[\d.]+k? in September 2026\.$", text)


def test_a_rate_moves_by_points_and_never_by_percent_of_percent(ask: Ask) -> None:
    text = ask("adoption rate last month compared with the month before").text

    assert re.search(r": [\d.]+%, (up|down) [\d.]+ points from [\d.]+% in September 2026\.$", text)


def test_a_period_that_is_only_partly_recorded_is_said_first_and_compared_by_recorded_day(ask: Ask) -> None:
    answer = ask("cost in Q3 vs Q2")

    (row,) = answer.rows
    assert ": only partly recorded, so by recorded day: " in answer.text
    assert answer.caveats[0].startswith("The earlier period is only recorded from")
    assert row.to_json()["per_day"] is True
    now, before = (float(fact.value or 0) for fact in answer.facts if fact.said)
    assert row.values["change"] == pytest.approx(now - before)
    assert row.values["change_pct"] == pytest.approx((now - before) / before)


def test_hours_are_said_to_be_net(ask: Ask) -> None:
    assert "net of the time that people spent beside AI" in ask("hours offloaded last month").text


def test_two_figures_are_said_one_after_the_other_each_by_its_name(ask: Ask) -> None:
    answer = ask("tokens and cost last month")

    assert re.search(r": tokens .*; cost .*\.$", answer.text)


def test_a_figure_without_anything_to_divide_by_says_why_there_is_none(ask: Ask) -> None:
    assert "no figure, because there is nothing to divide by" in ask("acceptance rate of Counsel last month").text
