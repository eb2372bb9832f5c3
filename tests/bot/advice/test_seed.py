"""The seed catalogue and the table of defaults."""

from __future__ import annotations

import pytest

from bot.advice.defaults import ACTIVITIES, BARS, REVIEW, activity_of, prior_of
from bot.advice.evidence import Evidence
from bot.advice.gates import PEOPLE
from bot.advice.inputs import WORDS, WorkFacts, prepare, triangle_of
from bot.advice.seed import SEEDS, seed_like, seeds_for
from bot.advice.values import Grade
from bot.statistics.draws import Triangle
from storage.records import WorkflowRecord


def test_there_are_about_25_and_each_names_a_known_activity() -> None:
    assert 24 <= len(SEEDS) <= 28
    assert {seed.activity for seed in SEEDS} <= ACTIVITIES.keys()
    assert {seed.area for seed in SEEDS} == {"engineering", "support", "sales", "finance", "legal"}
    assert len({seed.name for seed in SEEDS}) == len(SEEDS)


def test_no_seed_decides_about_people() -> None:
    assert not [seed.name for seed in SEEDS if PEOPLE.search(f"{seed.name} {seed.does}")]


def test_every_seed_can_be_reckoned_with() -> None:
    for record in seeds_for(["engineering", "legal"], {"engineering": "Eng", "legal": "Counsel"}):
        prepared = prepare(record, WorkFacts(volume=10.0), {})
        assert prepared.inputs.minutes.mode == record.minutes_mode
        assert {given.grade for given in prepared.given} <= {Grade.B, Grade.C, Grade.D}
        assert record.team in ("Eng", "Counsel")


def test_a_seed_is_found_by_its_words() -> None:
    found = seed_like("Contract reviews")

    assert found is not None
    assert found.name == "contract review"
    assert seed_like("something else") is None


def test_an_activity_is_found_by_its_other_words_and_else_it_is_another() -> None:
    assert activity_of(" Debugging ").name == "analysis"
    assert activity_of("juggling").name == "other"


def test_the_prior_is_worth_six_runs_and_falls_with_length() -> None:
    usual = activity_of("generation")

    assert prior_of(usual, 30) == pytest.approx((4, 2))
    assert prior_of(usual, 120)[0] < 4
    assert prior_of(usual, 400) == pytest.approx((3, 3))


def test_every_way_to_check_and_error_class_has_its_row() -> None:
    assert set(REVIEW) == set(WORDS["verifiable"])
    assert {str(error_class) for error_class in BARS} | {"5"} == set(WORDS["error_class"])


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
