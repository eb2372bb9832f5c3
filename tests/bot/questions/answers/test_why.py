"""Why a figure changed: parts that sum to the change, in words that claim no cause."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.answers.answer import Status
from bot.questions.answers.why import why
from storage.answer.privacy import Viewer
from storage.errors import InvalidQuery
from storage.records import Period
from tests.bot.questions.answers.sample import OCTOBER, SEPTEMBER, Sample


@pytest.mark.parametrize(
    ("metric", "group_by"),
    [("tokens", ()), ("tokens_per_employee", ()), ("cost", ("tool",)), ("cost", ("team",)), ("cost", ("workflow",))],
)
def test_the_parts_sum_to_the_change_in_the_facts(sample: Sample, metric: str, group_by: tuple[str, ...]) -> None:
    answer = sample.answer(why, metric, previous=SEPTEMBER, group_by=group_by)

    facts = {fact.label: fact.value for fact in answer.facts}
    assert answer.status is Status.ANSWERED
    assert isinstance(facts["value"], int | float)
    assert isinstance(facts["previous"], int | float)
    assert facts["change"] == pytest.approx(facts["value"] - facts["previous"])
    assert sum(row.values["contribution"] or 0 for row in answer.rows) == pytest.approx(facts["change"], rel=1e-9)


def test_the_sentence_has_the_direction_and_the_three_largest_parts_and_proves_nothing(sample: Sample) -> None:
    answer = sample.answer(why, "cost", previous=SEPTEMBER, group_by=("tool",))

    facts = {fact.label: fact.value for fact in answer.facts}
    assert isinstance(facts["change"], int | float)
    assert ("down $" if facts["change"] < 0 else "up $") in answer.text
    assert answer.text.endswith("These parts describe the change; they do not prove a cause.")
    largest = sorted(answer.rows, key=lambda row: -abs(row.values["contribution"] or 0))
    assert all(f"{row.labels['tool']} " in answer.text for row in largest[:3])
    assert not any(f"{row.labels['tool']} " in answer.text for row in largest[3:])
    assert answer.title == "why cost, October 2026, compared with September 2026 changed"


def test_parts_of_small_groups_are_hidden_and_named(sample: Sample) -> None:
    member = Viewer(email="nobody@larkspur.example", others=frozenset(), min_group=5)

    answer = sample.answer(why, "cost", previous=SEPTEMBER, group_by=("team",), viewer=member)

    assert "Counsel" not in {row.labels["team"] for row in answer.rows}
    assert any(caveat.startswith("Hidden parts") and "Counsel" in caveat for caveat in answer.caveats)


def test_no_change_is_said_to_be_none(sample: Sample) -> None:
    answer = sample.answer(why, "cost", previous=OCTOBER, group_by=("tool",))

    assert answer.text.endswith("the same as in October 2026.")


def test_without_an_earlier_period_there_is_no_change_to_take_apart(sample: Sample) -> None:
    before = Period(date(2020, 9, 1), date(2020, 9, 30))

    with pytest.raises(InvalidQuery, match="no earlier cost to compare with"):
        sample.answer(why, "cost", previous=before)
