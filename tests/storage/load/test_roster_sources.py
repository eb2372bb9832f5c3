"""What roster sources say beside roster.csv."""

from __future__ import annotations

import pytest

from storage.load.identities import FIRST_DAY
from storage.load.truths import undo_truth
from storage.load.undoing import CannotUndo, undo
from storage.tables import OPEN_END
from tests.storage.load.stores import ANA, BO, CY, JULY, JUNE, NOW, Store, spell
from tests.storage.load.test_roster_snapshots import DAY, loaded, person, spells, told


def test_what_the_file_says_of_somebody_counts(store: Store) -> None:
    loaded(store, spell(ANA))
    told(store, JULY, person(ANA, "Engineering"), person(BO))

    assert spells(store) == [(ANA, "Platform", JUNE, OPEN_END), (BO, "Platform", FIRST_DAY, OPEN_END)]


def test_a_change_seen_after_the_file_was_loaded_ends_its_spell(store: Store) -> None:
    told(store, JUNE, person(ANA, "Risk"))
    loaded(store, spell(ANA))
    told(store, JULY, person(ANA, "Engineering"))

    assert spells(store) == [(ANA, "Platform", JUNE, JULY - DAY), (ANA, "Engineering", JULY, OPEN_END)]


def test_who_leaves_after_it_has_left_and_may_come_back(store: Store) -> None:
    loaded(store, spell(ANA))
    for day, people in ((JULY, [ANA, BO]), (JULY + DAY, [BO]), (JULY + 9 * DAY, [ANA, BO])):
        told(store, day, *map(person, people))

    assert [row[2:] for row in spells(store) if row[0] == ANA] == [(JUNE, JULY), (JULY + 9 * DAY, OPEN_END)]


def test_a_newer_file_is_the_whole_truth_again_and_the_same_one_changes_nothing(store: Store) -> None:
    loaded(store, spell(ANA))
    told(store, JULY, person(ANA))
    told(store, JULY + DAY, person(ANA, "Engineering"))
    moved = spells(store)

    assert not loaded(store, spell(ANA)).differs
    assert spells(store) == moved

    newer = loaded(store, spell(ANA), spell(BO))
    assert spells(store) == [(ANA, "Platform", JUNE, OPEN_END), (BO, "Platform", JUNE, OPEN_END)]

    with store.engine.begin() as connection:
        undo_truth(connection, store.workspace_id, "roster", newer.load_id)
    assert spells(store) == moved


def test_somebody_whom_the_file_ended_stays_away_while_nothing_new_is_seen(store: Store) -> None:
    told(store, JUNE, person(ANA))
    loaded(store, spell(ANA, end=JUNE + DAY))
    told(store, JULY, person(ANA))

    assert spells(store) == [(ANA, "Platform", JUNE, JUNE + DAY)]


def test_a_person_of_the_file_is_found_under_another_address(store: Store) -> None:
    loaded(store, spell("ana@old.example"))
    told(store, JULY, person(ANA, also=("ana@old.example",)))
    told(store, JULY + DAY, person(ANA, "Engineering", also=("ana@old.example",)))

    assert spells(store) == [(ANA, "Platform", JUNE, JULY), (ANA, "Engineering", JULY + DAY, OPEN_END)]


def test_a_row_of_the_file_that_is_bad_is_still_named_by_its_place(store: Store) -> None:
    told(store, JUNE, person(BO))
    done = loaded(store, spell(ANA), spell(ANA))

    assert done.rejected == [(1, f"overlaps another spell of {ANA}, from {JUNE}")]


def test_slack_gives_a_roster_only_where_nothing_else_does(store: Store) -> None:
    told(store, JUNE, person(ANA), source="slack")
    assert [row[0] for row in spells(store)] == [ANA]

    file = loaded(store, spell(BO))
    assert [row[0] for row in spells(store)] == [BO]

    with store.engine.begin() as connection:
        undo_truth(connection, store.workspace_id, "roster", file.load_id)
    told(store, JUNE, person(CY))
    assert [row[0] for row in spells(store)] == [CY]


def test_a_snapshot_cannot_be_taken_back(store: Store) -> None:
    load_id = told(store, JUNE, person(ANA)).load_id

    with store.engine.begin() as connection, pytest.raises(CannotUndo, match="the next pass would bring it again"):
        undo(connection, store.workspace_id, load_id, NOW)
