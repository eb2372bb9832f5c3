"""Seats: a file's are the whole truth of it; a vendor's are told day by day, and no day of the past changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from storage.load.identities import FIRST_DAY
from storage.load.load_log import note_load
from storage.load.organisation import Replaced
from storage.load.seats import save_seat_snapshot, save_seats
from storage.load.snapshots import SnapshotOf
from storage.load.truths import save_truth, undo_truth
from storage.records import SeatRecord
from storage.tables import OPEN_END, Seat, Snapshot
from tests.sampling import sampled, size
from tests.storage.load.stores import ANA, BO, JULY, JUNE, NOW, Store

DAY = timedelta(days=1)
Row = tuple[str, str, date, date]


def seat(
    who: str, plan: str = "business", price: int | None = 40, start: date | None = None, end: date | None = None
) -> SeatRecord:
    money = None if price is None else Decimal(price)
    return SeatRecord(subject=who, tool="Cursor", plan=plan, monthly_price=money, start=start, end=end)


def snapshot(store: Store, day: date, *seats: SeatRecord, feed: str = "") -> Replaced:
    of = SnapshotOf(workspace_id=store.workspace_id, source="cursor", feed=feed, day=day, now=NOW)
    with store.engine.begin() as connection:
        return save_seat_snapshot(connection, of, seats)


def held(store: Store, source: str = "cursor") -> list[Row]:
    rows = select(Seat.subject, Seat.plan, Seat.start_day, Seat.end_day).where(Seat.source == source)
    with store.engine.connect() as connection:
        return sorted((who, plan, start, end) for who, plan, start, end in connection.execute(rows))


def file_of(store: Store, records: Sequence[SeatRecord]) -> Replaced:
    with store.engine.begin() as connection:
        return save_seats(connection, store.workspace_id, records)


class TestTheFile:
    def test_a_newer_one_replaces_what_the_older_brought(self, store: Store) -> None:
        first = file_of(store, [seat(ANA, start=JUNE), seat(BO, start=JUNE)])
        same = file_of(store, [seat(ANA, start=JUNE), seat(BO, start=JUNE)])
        other = file_of(store, [seat(BO, start=JUNE, end=JULY)])

        assert (first.new, same.differs, same.unchanged, other.new, other.removed) == (2, False, 2, 1, 2)
        assert held(store, "files") == [(BO, "business", JUNE, JULY)]

    def test_a_seat_without_a_first_day_was_held_ever_since(self, store: Store) -> None:
        file_of(store, [seat(ANA)])

        assert held(store, "files") == [(ANA, "business", FIRST_DAY, OPEN_END)]

    def test_of_two_overlapping_periods_of_one_seat_the_later_row_is_rejected(self, store: Store) -> None:
        done = file_of(store, [seat(ANA, start=JUNE), seat(ANA, start=JULY), seat(ANA, plan="more", start=JULY)])

        assert done.rejected == [(1, f"overlaps another seat of {ANA} in Cursor")]
        assert len(held(store, "files")) == 2

    def test_it_leaves_the_vendors_seats_alone(self, store: Store) -> None:
        snapshot(store, JUNE, seat(ANA))
        file_of(store, [])

        assert held(store) == [(ANA, "business", JUNE, OPEN_END)]

    def test_a_load_of_it_is_taken_back(self, store: Store) -> None:
        with store.engine.begin() as connection:
            for records in ([seat(ANA, start=JUNE, price=None)], []):
                done = save_truth(
                    connection,
                    store.workspace_id,
                    "seats",
                    records,
                    lambda done: note_load(connection, store.workspace_id, "files", "s", NOW, done.counts(), "seats"),
                )
            undo_truth(connection, store.workspace_id, "seats", done.load_id)

        assert held(store, "files") == [(ANA, "business", JUNE, OPEN_END)]


class TestTheVendor:
    def test_a_new_seat_opens_a_period_and_one_that_vanished_ended_the_day_before(self, store: Store) -> None:
        snapshot(store, JUNE, seat(ANA))
        done = snapshot(store, JULY, seat(BO))

        assert (done.new, done.removed) == (1, 1)
        assert held(store) == [(ANA, "business", JUNE, JULY - DAY), (BO, "business", JULY, OPEN_END)]

    def test_a_seat_that_comes_back_is_a_period_of_its_own(self, store: Store) -> None:
        for day, seats in ((JUNE, [seat(ANA)]), (JULY, []), (JULY + DAY, [seat(ANA)])):
            snapshot(store, day, *seats)

        assert [row[2:] for row in held(store)] == [(JUNE, JULY - DAY), (JULY + DAY, OPEN_END)]

    @pytest.mark.parametrize("other", [seat(ANA, plan="enterprise"), seat(ANA, price=60)])
    def test_another_plan_or_price_is_another_period(self, store: Store, other: SeatRecord) -> None:
        snapshot(store, JUNE, seat(ANA))
        snapshot(store, JULY, other)

        assert sorted(row[2:] for row in held(store)) == [(JUNE, JULY - DAY), (JULY, OPEN_END)]

    def test_the_vendors_first_day_counts_as_far_back_as_the_seat_was_not_seen_to_be_absent(self, store: Store) -> None:
        snapshot(store, JUNE, seat(ANA, start=date(2026, 1, 5)))
        snapshot(store, JULY, seat(ANA, start=date(2026, 1, 5)), seat(BO, start=date(2026, 1, 5)))

        assert [row[2] for row in held(store)] == [date(2026, 1, 5), JUNE + DAY]

    def test_a_last_day_that_the_vendor_knows_is_kept(self, store: Store) -> None:
        snapshot(store, JUNE, seat(ANA, end=JULY))
        snapshot(store, JULY + 5 * DAY)

        assert held(store) == [(ANA, "business", JUNE, JULY)]

    def test_a_day_told_twice_is_the_later_telling(self, store: Store) -> None:
        snapshot(store, JUNE, seat(ANA))
        snapshot(store, JULY)
        snapshot(store, JULY, seat(ANA), seat(BO))
        snapshot(store, JULY, seat(ANA))

        assert held(store) == [(ANA, "business", JUNE, OPEN_END)]

    def test_an_older_day_says_nothing_any_more(self, store: Store) -> None:
        snapshot(store, JULY, seat(ANA))

        assert not snapshot(store, JUNE, seat(BO)).differs
        assert [row[0] for row in held(store)] == [ANA]

    def test_two_accounts_of_a_vendor_do_not_end_each_others_seats(self, store: Store) -> None:
        snapshot(store, JUNE, seat(ANA), feed="one")
        snapshot(store, JULY, seat(BO), feed="two")

        assert [row[3] for row in held(store)] == [OPEN_END, OPEN_END]

    def test_somebody_listed_twice_holds_one_seat(self, store: Store) -> None:
        snapshot(store, JUNE, seat(ANA), seat(ANA.upper()))

        assert held(store) == [(ANA, "business", JUNE, OPEN_END)]

    @sampled
    @settings(max_examples=size(8, 25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        days=st.lists(
            st.tuples(st.integers(0, 3), st.frozensets(st.sampled_from((ANA, BO))), st.integers(1, 3)), max_size=8
        )
    )
    def test_the_seats_of_each_day_are_those_that_were_told_last_for_it(
        self, store: Store, days: list[tuple[int, frozenset[str], int]]
    ) -> None:
        with store.engine.begin() as connection:
            connection.execute(delete(Seat))
            connection.execute(delete(Snapshot))
        day, told = JUNE, dict[date, frozenset[str]]()
        for forward, people, times in days:
            day += forward * DAY
            told[day] = people
            done = [snapshot(store, day, *map(seat, people)).differs for _ in range(times)]
            assert not any(done[1:])

        rows = held(store)
        last: frozenset[str] = frozenset()
        for passed in (JUNE + n * DAY for n in range((day - JUNE).days + 1)):
            last = told.get(passed, last)
            assert {who for who, _, start, end in rows if start <= passed <= end} == last
