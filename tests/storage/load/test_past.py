"""Spells that reach over the first day that still says who: cut there, and nobody's before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from storage.load.past import Past, read_past
from storage.records import SeatRecord
from storage.roster_records import Kind
from tests.storage.load.stores import ANA, AUGUST, JULY, JUNE, Store, spell

PAST = Past(b"k" * 32, JULY)
NOBODY = PAST.pseudonym(ANA)
LAST = date(2026, 6, 30)


def test_a_spell_over_the_cut_becomes_two_that_meet_and_leave_no_day_out() -> None:
    before, after = PAST.parts(spell(ANA, name="Ana"))

    assert (before.email, before.name, before.start, before.end) == (NOBODY, NOBODY, JUNE, LAST)
    assert before.team == after.team
    assert not before.makes_team
    assert (after.email, after.name, after.start, after.end) == (ANA, "Ana", JULY, None)


def test_a_spell_that_ended_is_nobodys_whole_and_one_that_began_later_stays() -> None:
    (before,) = PAST.parts(spell(ANA, end=LAST))
    assert (before.email, before.end) == (NOBODY, LAST)
    for kept in (spell(ANA, start=JULY), spell(ANA, start=AUGUST), replace(spell("bot"), kind=Kind.AGENT)):
        assert [*PAST.parts(kept)] == [kept]


def test_cutting_twice_changes_nothing_more() -> None:
    once = PAST.records("roster", [spell(ANA)])
    assert PAST.records("roster", once) == once
    assert PAST.pseudonym(NOBODY) == NOBODY


def test_seats_that_ended_before_go_and_other_truths_stay() -> None:
    def seat(end: date | None) -> SeatRecord:
        return SeatRecord(subject=ANA, tool="cursor", start=JUNE, end=end)

    assert PAST.records("seats", [seat(LAST), seat(JULY), seat(None)]) == [seat(JULY), seat(None)]
    assert PAST.records("workflows", ["a"]) == ["a"]


def test_without_a_retention_there_is_no_past(store: Store) -> None:
    with store.engine.connect() as connection:
        assert read_past(connection, store.workspace_id) is None
