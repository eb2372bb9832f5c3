"""The sentence of an answer, shape by shape, over the sample organisation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from bot.figures import short
from bot.questions import read as reading_rules
from bot.questions.answers.answer import Answer
from bot.questions.pipeline import Questions
from bot.questions.request import AskRequest
from bot.questions.threads.memory import ShortMemory
from bot.settings import Settings
from storage.engine import reading_engine, writing_engine
from tests.conftest import LARKSPUR_DAY

Ask = Callable[[str], Answer]


@pytest.fixture
def ask(larkspur: str) -> Iterator[Ask]:
    reading, writing = reading_engine(larkspur), writing_engine(larkspur)
    questions = Questions(reading, writing, Settings(), ShortMemory(), reading_rules.read)
    yield lambda text: questions.ask(
        AskRequest(workspace_id=1, text=text, asker_email=None, operator=True, as_of=LARKSPUR_DAY)
    )
    reading.dispose()
    writing.dispose()


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


def test_a_series_says_where_it_stands_against_its_beginning_then_low_and_high_by_name(ask: Ask) -> None:
    answer = ask("weekly tokens, last 4 weeks")

    assert re.search(r": [\d.]+M in the week of 9-15 Nov, down from [\d.]+M \(19-25 Oct\)", answer.text)
    assert re.search(r"; lowest [\d.]+M \(2-8 Nov\) and highest [\d.]+M \(26 Oct - 1 Nov\)\.$", answer.text)


def test_a_point_that_is_cut_is_no_low_no_high_and_no_beginning(ask: Ask) -> None:
    answer = ask("cost by month over the last 12 weeks")

    first, *whole, last = answer.rows
    assert [row.partial for row in answer.rows] == [True, *(False for _ in whole), True]
    assert (first.to_json()["days"], last.to_json()["days"]) == (8, 15)
    said, _, cut = answer.text.partition("Not whole: ")
    assert "Aug" not in said.partition(": ")[2]
    assert re.fullmatch(r"Aug 2026 \(8 days\) \$[\d.]+k? and Nov 2026 \(15 days\) \$[\d.]+k?\.", cut)
    assert any(caveat.startswith("Not whole: Aug 2026 (8 days)") for caveat in answer.caveats)


def test_a_point_that_is_cut_takes_no_part_in_a_ranking(ask: Ask) -> None:
    answer = ask("most expensive month over the last 12 weeks")

    assert not any(row.partial for row in answer.rows)


def test_a_day_that_is_not_over_says_so(ask: Ask) -> None:
    answer = ask("tokens by day this week")

    assert [row.partial for row in answer.rows] == [False, False, True]
    assert answer.rows[-1].name("day") == "18 Nov (so far)"


def test_several_lines_are_said_where_they_stand_now_and_who_moved_most(ask: Ask) -> None:
    text = ask("tokens by team and week, last 4 weeks").text

    assert re.search(r"in the week of 9-15 Nov Booking leads with [\d.]+M, [\d.]+ times Reliability \(", text)
    assert re.search(r"\. \w+ (rose|fell) most, from [\d.]+M \(19-25 Oct\)\.$", text)


def test_a_long_list_says_who_leads_by_how_much_and_who_is_last(ask: Ask) -> None:
    answer = ask("tokens per employee by team last month")

    first, second = answer.rows[:2]
    (ratio,) = answer.facts
    assert ratio.said
    quotient = float(first.values["tokens_per_employee"] or 0) / float(second.values["tokens_per_employee"] or 1)
    assert ratio.value == pytest.approx(quotient)
    assert f"{first.labels['team']} leads with" in answer.text
    assert f" times {second.labels['team']} (" in answer.text
    assert "is lowest with" in answer.text


def test_what_belongs_to_none_is_called_so_while_its_label_stays(ask: Ask) -> None:
    answer = ask("cost by workflow last month")

    (none,) = [row for row in answer.rows if row.labels["workflow"] == "(none)"]
    assert none.name("workflow") == "no workflow"
    assert "(none)" not in answer.text


def test_a_team_with_others_below_it_is_listed_as_its_own_people(ask: Ask) -> None:
    answer = ask("headcount by team last month")

    (own,) = [row for row in answer.rows if row.labels["team"] == "Product Engineering"]
    assert own.name("team") == "Product Engineering (own people)"


def test_a_change_by_team_says_who_grew_and_who_shrank_the_most(ask: Ask) -> None:
    answer = ask("tokens by team last month compared with the month before")

    changes = {row.labels["team"]: row.values["change_pct"] or 0 for row in answer.rows}
    grew, shrank = max(changes, key=changes.__getitem__), min(changes, key=changes.__getitem__)
    assert re.search(rf"{grew} grew most, by [\d.]+[kM] \([\d,.]+%\) to ", answer.text)
    assert re.search(rf"{shrank} shrank most, by [\d.]+[kM] \([\d,.]+%\) to ", answer.text)


def test_hours_are_said_to_be_net(ask: Ask) -> None:
    assert "net of the time that people spent beside AI" in ask("hours offloaded last month").text


def test_a_list_that_nothing_passes_says_so(ask: Ask) -> None:
    assert ask("teams with more than 900 billion tokens last month").text.endswith("nothing passes.")
