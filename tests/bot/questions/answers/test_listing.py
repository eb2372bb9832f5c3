"""A list in a sentence: who leads and by how much, or the few rows themselves."""

from __future__ import annotations

import re

import pytest

from tests.bot.questions.answers.sample import Ask


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


def test_a_change_by_team_says_who_grew_and_who_shrank_the_most(ask: Ask) -> None:
    answer = ask("tokens by team last month compared with the month before")

    changes = {row.labels["team"]: row.values["change_pct"] or 0 for row in answer.rows}
    grew, shrank = max(changes, key=changes.__getitem__), min(changes, key=changes.__getitem__)
    assert re.search(rf"{grew} grew most, by [\d.]+[kM] \([\d,.]+%\) to ", answer.text)
    assert re.search(rf"{shrank} shrank most, by [\d.]+[kM] \([\d,.]+%\) to ", answer.text)


def test_a_few_rows_are_said_one_by_one(ask: Ask) -> None:
    answer = ask("top 2 teams by cost last month")

    names = [row.labels["team"] for row in answer.rows]
    assert re.search(rf": {names[0]} \$[\d.]+k? and {names[1]} \$[\d.]+k?\.$", answer.text)


def test_the_lowest_first_is_said_to_be_lowest(ask: Ask) -> None:
    answer = ask("teams by cost last month, cheapest first")

    assert "is lowest with" in answer.text
    assert "leads with" not in answer.text


def test_the_sentence_of_a_change_ranks_as_its_table_does(ask: Ask) -> None:
    answer = ask("which people lost the most tokens between September and October")

    assert f"{answer.rows[0].labels['person']} fell most" in answer.text


def test_how_many_pass_a_threshold_is_said_where_none_is_cut_off(ask: Ask) -> None:
    for text, noun in (
        ("teams over 1 request last month", "teams"),
        ("which days of last month had over 1 request", "days"),
    ):
        answer = ask(text)
        held = [row for row in answer.rows if "(none)" not in row.labels.values()]
        assert answer.text.endswith(f"; {len(held)} {noun} in all."), answer.text
        assert [fact.value for fact in answer.facts if fact.label == "in all"] == [len(held)]
    assert "in all" not in ask("top 2 teams by requests last month").text
