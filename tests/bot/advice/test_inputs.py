"""The inputs of the formula: from facts, the owner, the catalogue or a default, each with its grade."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.advice.evidence import Evidence
from bot.advice.inputs import ROUTED, WorkFacts, prepare, triangle_of
from bot.advice.values import Grade
from bot.statistics.draws import Triangle
from storage.answer.privacy import OPERATOR
from storage.records import WorkflowRecord
from tests.bot.advice.conftest import (
    AS_OF,
    Company,
)

NO_FACTS = WorkFacts()
PLAIN = WorkflowRecord(name="plain", team="Support", activity="generation")


def test_the_inputs_come_from_eight_weeks_of_work(company: Company) -> None:
    card = company.advice.offload(company.workspace, "Sales", AS_OF, OPERATOR)[0]
    grades = {given.name: (given.grade.value, given.source) for given in card.given}

    assert card.volume == pytest.approx(13 * 5)
    assert card.minutes == pytest.approx(45, rel=0.02)
    assert card.by_hand == pytest.approx(12 / 13)
    assert grades["minutes by hand"] == ("B", "work facts of eight weeks")
    assert grades["review minutes"] == ("D", "default of its activity")
    assert card.grade == "D"
    assert "assumed (grade D): error class, exposure" in card.reason


def test_true_values_replace_defaults_and_lift_the_grade(company: Company) -> None:
    values = {
        "briefing": "1-2-4",
        "review": "2",
        "error_class": "1",
        "exposure": "E2",
        "verifiable": "auto",
        "reversible": "yes",
    }
    before = company.advice.offload(company.workspace, "Sales", AS_OF, OPERATOR)[0]

    company.advice.put_in(company.workspace, "account notes", values, "sales3@x.example", AS_OF)
    after = company.advice.offload(company.workspace, "Sales", AS_OF, OPERATOR)[0]

    assert (before.grade, after.grade) == ("D", "B")
    assert after.score > before.score


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15-25-45", Triangle(15, 25, 45)),
        ("15, 45", Triangle(15, 30, 45)),
        ("20", Triangle(14, 20, 30)),
        ("15–25–45", Triangle(15, 25, 45)),
    ],
)
def test_a_triangle_is_read_from_one_two_or_three_numbers(text: str, expected: Triangle) -> None:
    assert triangle_of(text) == expected


@pytest.mark.parametrize("text", ["", "many", "3-2-1", "0-1-2", "1-2-3-4", "nan"])
def test_what_is_no_triangle_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        triangle_of(text)


def test_minutes_come_from_facts_then_the_owner_then_the_catalogue_then_the_default() -> None:
    listed = WorkflowRecord(name="w", team="T", activity="generation", minutes_low=10, minutes_mode=20, minutes_high=40)
    measured = WorkFacts(volume=10.0, minutes=Triangle(8, 9, 12))

    def grade(record: WorkflowRecord, facts: WorkFacts, verified: float = 0) -> tuple[float, str]:
        prepared = prepare(record, facts, {}, Evidence(verified=verified, accepted=verified))
        return prepared.inputs.minutes.mode, prepared.given[0].grade.value

    assert grade(listed, measured) == (9, "B")
    assert grade(listed, measured, verified=30) == (9, "A")
    assert grade(listed, WorkFacts(volume=10.0)) == (20, "C")
    assert grade(WorkflowRecord(name="w", team="T", activity="generation"), WorkFacts()) == (30, "D")


@pytest.mark.parametrize(
    ("exposure", "data_ready", "weight"),
    [("E0", "yes", 0), ("E1", "partly", 1), ("E2", "partly", 0.5), ("E2", "yes", 1)],
)
def test_exposure_counts_whole_where_the_tools_are_linked(exposure: str, data_ready: str, weight: float) -> None:
    record = WorkflowRecord(name="w", team="T", exposure=exposure, data_ready=data_ready)

    assert prepare(record, WorkFacts(), {}).inputs.exposure == weight


def test_the_share_routed_in_a_trial_moves_the_assumed_one_and_is_graded_as_measured() -> None:
    survey_facts = prepare(PLAIN, replace(NO_FACTS, volume=20.0), {})
    tried = prepare(PLAIN, replace(NO_FACTS, volume=20.0), {}, routed=(160, 320))

    assert survey_facts.inputs.routing == (6.0, 4.0)
    assert tried.inputs.routing == (26.0, 24.0)
    routed_of = [next(given for given in found.given if given.name == ROUTED) for found in (survey_facts, tried)]
    assert [(given.grade, given.value) for given in routed_of] == [
        (Grade.D, "about 60%"),
        (Grade.B, "50% in its trials"),
    ]
    assert ROUTED not in survey_facts.assumed  # the same guess for all, so that it tells no workflow from another
