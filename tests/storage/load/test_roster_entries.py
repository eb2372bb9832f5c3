"""The history of one roster source, person by person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage.load.identities import FIRST_DAY
from storage.load.roster_entries import NOW, Employment, History, copied, differ
from storage.tables import OPEN_END

DAY = timedelta(days=1)
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
ANA = Employment(
    id=None, native_id="1", email="ana@x.example", name="Ana", team="Web", title="", manager_email="", kind="employee",
    location="", start_day=FIRST_DAY, end_day=OPEN_END, opened_by=NOW, closed_by=None,
)  # fmt: skip
MOVED = replace(ANA, team="Data")


def seen(*days: tuple[date, Employment | None], known: date | None = None) -> History:
    """A history after snapshots, each with Ana as she is then, or without her."""
    history, before = History({}, []), None
    for day, person in days:
        if person is None:
            history.miss("1", day)
        else:
            history.see(person, known, before, day)
        before = day
    return history


def told(history: History) -> list[tuple[str, date, date]]:
    return [(entry.team, entry.start_day, entry.end_day) for own in history.entries.values() for entry in own]


@pytest.mark.parametrize(("known", "start"), [(None, FIRST_DAY), (JUNE, JUNE), (date(1900, 1, 1), FIRST_DAY)])
def test_the_first_snapshot_holds_for_the_days_before_it_too(known: date | None, start: date) -> None:
    assert told(seen((JULY, ANA), known=known)) == [("Web", start, OPEN_END)]


def test_a_change_ends_what_was_the_day_before_and_begins_anew() -> None:
    history = seen((JUNE, ANA), (JULY, MOVED))

    assert told(history) == [("Web", FIRST_DAY, JULY - DAY), ("Data", JULY, OPEN_END)]
    assert history.entries["1"][0].closed_by == NOW


def test_nothing_changed_changes_nothing() -> None:
    once, twice = seen((JUNE, ANA)), seen((JUNE, ANA), (JULY, ANA))

    assert not differ(once, twice)
    assert differ(once, seen((JUNE, ANA), (JULY, MOVED)))


def test_who_is_there_no_more_was_there_until_the_day_before() -> None:
    history = seen((JUNE, ANA), (JULY, None))

    assert told(history) == [("Web", FIRST_DAY, JULY - DAY)]
    assert history.running("1") is None
    assert history.running("nobody") is None


def test_who_is_back_the_next_day_was_never_away_and_later_begins_anew() -> None:
    at_once = seen((JUNE, ANA), (JULY, None), (JULY, ANA))
    later = seen((JUNE, ANA), (JULY, None), (JULY + 9 * DAY, ANA))

    assert told(at_once) == [("Web", FIRST_DAY, OPEN_END)]
    assert len(told(later)) == 2
    assert told(later)[1][1] > JULY


def test_a_day_that_is_told_twice_is_as_it_is_told_last() -> None:
    history = seen((JUNE, ANA), (JULY, MOVED), (JULY, replace(ANA, team="Ops")))
    undone = seen((JUNE, ANA), (JULY, MOVED), (JULY, ANA))

    assert told(history) == [("Web", FIRST_DAY, JULY - DAY), ("Ops", JULY, OPEN_END)]
    assert told(undone) == [("Web", FIRST_DAY, OPEN_END)]


def test_an_entry_that_the_store_holds_is_dropped_there_when_it_never_was() -> None:
    history = History({"1": [replace(ANA, id=7, start_day=JULY)]}, [])
    history.miss("1", JULY)

    assert history.dropped == [7]
    assert differ(History({"1": [replace(ANA, id=7)]}, []), history)


def test_a_copy_may_be_changed_beside_what_is_stored() -> None:
    held = seen((JUNE, ANA))
    other = copied(held)
    other.see(MOVED, None, JUNE, JULY)

    assert told(held) == [("Web", FIRST_DAY, OPEN_END)]
    assert len(told(other)) == 2


def test_another_name_or_address_is_no_other_employment() -> None:
    assert ANA.same(replace(ANA, name="Ana B.", email="ana.b@x.example"))
    assert not ANA.same(MOVED)
