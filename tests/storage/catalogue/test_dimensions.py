"""The dimensions: what a figure can be split by or filtered on."""

from __future__ import annotations

from collections import Counter

from storage.catalogue import DIMENSIONS
from storage.catalogue.dimensions import ALL


def test_every_dimension_of_the_contract_is_there_under_a_name_of_its_own() -> None:
    contract = "team person title location kind tool provider model mode workflow activity"

    assert set(contract.split()) <= DIMENSIONS.keys()
    assert len(DIMENSIONS) == len(ALL)


def test_what_describes_people_cuts_headcount_and_what_describes_use_does_not() -> None:
    assert {dimension.name for dimension in ALL if dimension.people} == {"team", "person", "title", "location", "kind"}


def test_work_knows_its_team_workflow_activity_and_mode_only() -> None:
    assert {dimension.name for dimension in ALL if dimension.work is not None} == {
        "team",
        "workflow",
        "activity",
        "mode",
    }


def test_no_label_means_two_dimensions() -> None:
    said = Counter(word for dimension in ALL for word in {dimension.name, dimension.label, dimension.plural})

    assert [word for word, times in said.items() if times > 1] == []
