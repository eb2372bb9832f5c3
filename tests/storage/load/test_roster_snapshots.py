"""Whom a roster source has on a day: a change is a spell, nothing of the past is written anew, a file's word counts."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from storage.load.identities import FIRST_DAY
from storage.load.load_log import note_load
from storage.load.organisation import Replaced
from storage.load.roster_snapshots import save_roster_snapshot
from storage.load.snapshots import SnapshotOf, SnapshotRefused
from storage.load.truths import save_truth
from storage.roster_records import Kind, PersonRecord, RosterSnapshot
from storage.tables import OPEN_END, Identity, Person, RosterEntry, Snapshot, Spell, Team, Truth
from tests.sampling import sampled, size
from tests.storage.load.stores import ANA, BO, CY, JULY, JUNE, NOW, Store

DAY = timedelta(days=1)
Told = tuple[str, str, date, date]


def person(email: str, *teams: str, start: date | None = None, **more: Any) -> PersonRecord:
    return PersonRecord(
        native_id=more.pop("native_id", f"id of {email}"),
        email=email,
        name=more.pop("name", email.partition("@")[0].title()),
        teams=teams or ("Platform",),
        start=start,
        **more,
    )


def told(
    store: Store, day: date, *people: PersonRecord, source: str = "scim", believed: bool = False, **more: Any
) -> Replaced:
    of = SnapshotOf(workspace_id=store.workspace_id, source=source, day=day, now=NOW)
    with store.engine.begin() as connection:
        return save_roster_snapshot(connection, of, RosterSnapshot(people=people, **more), believed=believed)


def loaded(store: Store, *records: Any, kind: str = "roster") -> Replaced:
    with store.engine.begin() as connection:
        return save_truth(
            connection,
            store.workspace_id,
            kind,
            records,
            lambda done: note_load(connection, store.workspace_id, "files", kind, NOW, done.counts(), kind),
        )


def spells(store: Store) -> list[Told]:
    rows = (
        select(Person.email, Team.name, Spell.start_day, Spell.end_day)
        .join_from(Spell, Person, Person.id == Spell.person_id)
        .join(Team, Team.id == Spell.team_id)
        .order_by(Person.email, Spell.start_day)
    )
    with store.engine.connect() as connection:
        return [(email, team, start, end) for email, team, start, end in connection.execute(rows)]


class TestASnapshot:
    def test_whoever_is_in_the_first_one_was_there_since_their_first_day_or_before_anybody_knows(
        self, store: Store
    ) -> None:
        told(store, JULY, person(ANA, start=JUNE), person(BO))

        assert spells(store) == [(ANA, "Platform", JUNE, OPEN_END), (BO, "Platform", FIRST_DAY, OPEN_END)]

    def test_somebody_new_in_a_later_one_was_not_there_before(self, store: Store) -> None:
        told(store, JUNE, person(ANA))
        told(store, JULY, person(ANA), person(BO), person(CY, start=date(2025, 1, 1)))

        assert spells(store)[1:] == [(BO, "Platform", JULY, OPEN_END), (CY, "Platform", JUNE + DAY, OPEN_END)]

    @pytest.mark.parametrize(
        "change",
        [
            {"teams": ("Engineering",)},
            {"title": "Lead"},
            {"manager_email": BO},
            {"kind": Kind.CONTRACTOR},
            {"location": "Oslo"},
        ],
    )
    def test_a_change_ends_the_spell_the_day_before_and_begins_one(self, store: Store, change: dict[str, Any]) -> None:
        told(store, JUNE, person(ANA, start=JUNE))
        done = told(store, JULY, replace(person(ANA, start=JUNE), **change))

        assert done.changed == 1
        assert [row[2:] for row in spells(store)] == [(JUNE, JULY - DAY), (JULY, OPEN_END)]

    def test_a_move_leaves_use_of_the_days_before_with_the_team_of_those_days(self, store: Store) -> None:
        store.use((ANA, JUNE), (ANA, JULY))
        told(store, JUNE, person(ANA))
        told(store, JULY, person(ANA, "Engineering"))

        assert store.rollup() == [(JUNE, ANA, "Platform"), (JULY, ANA, "Engineering")]

    def test_who_is_not_in_it_has_left_the_day_before(self, store: Store) -> None:
        told(store, JUNE, person(ANA, start=JUNE), person(BO, start=JUNE))
        done = told(store, JULY, person(ANA))

        assert done.removed == 1
        assert [row[2:] for row in spells(store)] == [(JUNE, OPEN_END), (JUNE, JULY - DAY)]

    def test_who_comes_back_has_a_spell_of_their_own(self, store: Store) -> None:
        for day, people in ((JUNE, [ANA, BO]), (JULY, [ANA]), (JULY + 2 * DAY, [ANA, BO])):
            told(store, day, *(person(email, start=JUNE) for email in people))

        assert [row[2:] for row in spells(store)][1:] == [(JUNE, JULY - DAY), (JULY + DAY, OPEN_END)]

    def test_read_twice_it_changes_nothing(self, store: Store) -> None:
        told(store, JUNE, person(ANA), person(BO))
        before, revision = store.spells(), store.revision()

        done = told(store, JUNE, person(ANA), person(BO))

        assert (done.differs, done.unchanged, done.load_id) == (False, 2, 0)
        assert (store.spells(), store.revision()) == (before, revision)

    def test_a_day_told_twice_is_the_later_telling(self, store: Store) -> None:
        told(store, JUNE, person(ANA, start=JUNE), person(BO, start=JUNE))
        told(store, JULY, person(ANA, "Engineering"), person(CY))
        told(store, JULY, person(ANA), person(BO))

        assert spells(store) == [(ANA, "Platform", JUNE, OPEN_END), (BO, "Platform", JUNE, OPEN_END)]

    def test_an_older_day_says_nothing_any_more(self, store: Store) -> None:
        told(store, JULY, person(ANA))

        assert not told(store, JUNE, person(BO)).differs
        assert [row[0] for row in spells(store)] == [ANA]

    def test_where_it_is_not_complete_nobody_has_left(self, store: Store) -> None:
        told(store, JUNE, person(ANA), person(BO))
        told(store, JULY, person(ANA, "Engineering"), complete=False)

        assert [row[3] for row in spells(store)] == [JULY - DAY, OPEN_END, OPEN_END]

    def test_somebody_who_cannot_be_read_stays_as_they_were(self, store: Store) -> None:
        told(store, JUNE, person(ANA), person(BO))
        told(store, JULY, person(ANA), unread=frozenset({f"id of {BO}"}))

        assert [row[3] for row in spells(store)] == [OPEN_END, OPEN_END]

    def test_more_than_half_of_the_people_gone_is_refused_and_nothing_is_changed(self, store: Store) -> None:
        told(store, JUNE, *(person(f"{n}@acme.example") for n in range(4)))
        before = spells(store)

        with pytest.raises(SnapshotRefused, match="no longer lists 3 of the 4 people it had on 2026-06-01"):
            told(store, JULY, person("0@acme.example"))

        assert spells(store) == before
        told(store, JULY, person("0@acme.example"), believed=True)
        assert [row[3] for row in spells(store)] == [OPEN_END, JULY - DAY, JULY - DAY, JULY - DAY]

    def test_a_first_one_without_anybody_is_none_so_that_the_next_is_the_first(self, store: Store) -> None:
        with pytest.raises(SnapshotRefused, match="lists nobody at all"):
            told(store, JUNE)

        told(store, JULY, person(ANA))
        assert [row[2] for row in spells(store)] == [FIRST_DAY]

    def test_half_of_them_may_leave(self, store: Store) -> None:
        told(store, JUNE, person(ANA), person(BO))
        told(store, JULY, person(ANA))

        assert [row[3] for row in spells(store)] == [OPEN_END, JULY - DAY]

    def test_of_two_accounts_of_an_address_the_one_that_was_there_counts(self, store: Store) -> None:
        told(store, JUNE, person(ANA, native_id="2"))
        done = told(store, JULY, person(ANA, "Engineering", native_id="1"), person(ANA, native_id="2"))

        assert done.rejected == [(0, f"another account has the address {ANA}")]
        assert [row[1] for row in spells(store)] == ["Platform"]

    def test_a_new_account_of_the_same_address_goes_on_as_the_same_person(self, store: Store) -> None:
        told(store, JUNE, person(ANA, native_id="1", start=JUNE), person(BO), person(CY))
        told(store, JULY, person(ANA, "Engineering", native_id="2", start=JULY), person(BO), person(CY))

        assert spells(store)[:2] == [(ANA, "Platform", JUNE, JULY - DAY), (ANA, "Engineering", JULY, OPEN_END)]

    def test_a_new_address_is_the_same_person_also_for_what_was_used_under_the_old_one(self, store: Store) -> None:
        store.use((ANA, JUNE), (ANA, JULY + DAY))
        told(store, JUNE, person(ANA, native_id="1"))
        told(store, JULY, person(BO, native_id="1"))

        assert {row[:2] for row in spells(store)} == {(BO, "Platform")}
        assert {email for _, email, _ in store.rollup()} == {BO}

    def test_other_addresses_and_the_sources_own_ids_are_the_person(self, store: Store) -> None:
        store.use(("ana@old.example", JUNE))
        told(store, JUNE, person(ANA, also=("Ana@Old.example", BO), ids=("E17",)), person(BO))

        assert [email for _, email, _ in store.rollup()] == [ANA]
        rows = select(Identity.source, Identity.subject).where(Identity.email == ANA)
        with store.engine.connect() as connection:
            known = {(source, subject) for source, subject in connection.execute(rows)}
        assert known == {("", "ana@old.example"), ("scim", "E17"), ("scim", f"id of {ANA}")}

    def test_an_address_that_two_people_claim_is_nobodys(self, store: Store) -> None:
        store.use(("office@acme.example", JUNE))
        told(store, JUNE, person(ANA, also=("office@acme.example",)), person(BO, also=("office@acme.example",)))

        assert [email for _, email, _ in store.rollup()] == [None]


PEOPLE = (ANA, BO, CY)
States = st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(("Platform", "Engineering", "Risk")))


def emptied(store: Store) -> None:
    with store.engine.begin() as connection:
        for table in (Spell, RosterEntry, Snapshot, Identity, Person, Truth):
            connection.execute(delete(table))


class Killed(Exception):
    """The process is gone before its transaction ends."""


@sampled
@settings(max_examples=size(8, 20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.tuples(st.integers(1, 3), States, st.integers(0, 2), st.booleans()), min_size=1, max_size=6))
def test_each_day_is_as_it_was_told_however_often_it_is_told_and_whatever_dies(
    store: Store, days: Sequence[tuple[int, dict[str, str], int, bool]]
) -> None:
    emptied(store)
    day, states = JUNE, dict[date, dict[str, str]]()
    for forward, state, again, dies in days:
        day += forward * DAY
        states[day] = state
        people = [person(email, team) for email, team in state.items()]
        if dies:
            with suppress(Killed):
                _killed(store, day, people)
        for _ in range(1 + again):
            told(store, day, *people, believed=True)
        told(store, day - DAY, person("nobody@acme.example"), believed=True)  # late, and so of no weight

    rows = spells(store)
    last = states[min(states)]  # the first one holds for the days before it too
    for passed in (JUNE + n * DAY for n in range((day - JUNE).days + 1)):
        last = states.get(passed, last)
        assert {email: team for email, team, start, end in rows if start <= passed <= end} == last
    assert len({(email, start) for email, _, start, _ in rows}) == len(rows)


def _killed(store: Store, day: date, people: Sequence[PersonRecord]) -> None:
    of = SnapshotOf(workspace_id=store.workspace_id, source="scim", day=day, now=NOW)
    with store.engine.begin() as connection:
        save_roster_snapshot(connection, of, RosterSnapshot(people=(*people,)), believed=True)
        raise Killed
