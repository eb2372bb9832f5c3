"""The seed catalogue and the table of defaults."""

from __future__ import annotations

from bot.advice.defaults import ACTIVITIES
from bot.advice.gates import PEOPLE
from bot.advice.inputs import WorkFacts, prepare
from bot.advice.seed import SEEDS, seed_like, seeds_for
from bot.advice.values import Grade


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
