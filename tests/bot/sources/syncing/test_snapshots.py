"""A pass brings what a source has today: its roster and its seats, each whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bot.sources.base import Asked, SourceRefused, SourceWithheld
from bot.sources.ecb import ECB, RATES
from bot.sources.paging import paged
from bot.sources.syncing.overview import overviews
from bot.sources.syncing.planning import Wanted
from bot.sources.syncing.results import ReportPass
from bot.sources.syncing.snapshots import local_day
from bot.sources.values import required
from storage.records import SeatRecord
from storage.roster_records import PersonRecord, RosterSnapshot
from storage.tables import OPEN_END, Person, Seat, Spell, Workspace
from tests.bot.sources.acme import ACME
from tests.bot.sources.ecb_wire import DAY, TOLD, WIDE, Bank, zipped
from tests.bot.sources.faults import Fault
from tests.bot.sources.syncing.bench import NOON, Bench

TODAY = NOON.date()


def people_of(asked: Asked) -> RosterSnapshot:
    rows = [row for page in paged(asked.http, "/v1/people") for row in required(page, "data")]
    people = (PersonRecord(native_id=row["id"], email=row["email"], name=row["id"], teams=("Core",)) for row in rows)
    return RosterSnapshot(people=tuple(people))


def seats_of(asked: Asked) -> Iterator[SeatRecord]:
    for page in paged(asked.http, "/v1/people"):
        yield from (SeatRecord(subject=row["email"], tool="Acme Code") for row in required(page, "data"))


@pytest.fixture(autouse=True)
def told(bench: Bench) -> None:
    """Acme tells who it has and who holds a seat."""
    bench.source = replace(ACME, reports=(), identities=None, roster=people_of, seats=seats_of)


def roster(bench: Bench) -> dict[str, date]:
    rows = select(Person.email, Spell.end_day).join(Spell, Spell.person_id == Person.id)
    with bench.engine.connect() as connection:
        return {email: end for email, end in connection.execute(rows)}


def seats(bench: Bench) -> dict[str, date]:
    with bench.engine.connect() as connection:
        return {who: end for who, end in connection.execute(select(Seat.subject, Seat.end_day))}


def test_a_pass_saves_both_and_counts_them(bench: Bench) -> None:
    made = bench.sync()

    assert made.errors == []
    assert made.reports == [ReportPass(name="roster", new=2), ReportPass(name="seats", new=2)]
    assert roster(bench) == seats(bench) == {"ana@acme.example": OPEN_END, "bo@acme.example": OPEN_END}


def test_the_overview_counts_who_is_there_by_the_newest_pass(bench: Bench) -> None:
    bench.sync()
    bench.acme.users = {"u-ana": "ana@acme.example"}
    bench.now += timedelta(days=1)
    bench.sync()

    with bench.engine.connect() as connection:
        settings = bench.server.settings(bench.source)
        (found,) = overviews(connection, bench.workspace_id, [bench.source], settings, bench.now)
    assert [(report.name, report.rows, report.newest) for report in found.reports] == [
        ("roster", 1, TODAY + timedelta(days=1)),
        ("seats", 1, TODAY + timedelta(days=1)),
    ]
    assert (found.state, found.todo) == ("well", "")


def test_the_next_days_pass_ends_who_is_gone(bench: Bench) -> None:
    bench.sync()
    bench.acme.users = {"u-ana": "ana@acme.example"}
    bench.now += timedelta(days=3)

    bench.sync()

    gone = TODAY + timedelta(days=2)
    assert roster(bench) == seats(bench) == {"ana@acme.example": OPEN_END, "bo@acme.example": gone}


def test_a_page_that_fails_changes_nothing_and_the_next_pass_goes_on(bench: Bench) -> None:
    bench.sync()
    bench.acme.users = {"u-ana": "ana@acme.example"}
    bench.server.fail(Fault.HTML)

    made = bench.sync()

    assert [bool(report.error) for report in made.reports] == [True, True]
    assert {*roster(bench).values(), *seats(bench).values()} == {OPEN_END}
    assert bench.passes()["roster"].error == made.reports[0].error
    bench.server.mend()
    assert bench.sync().errors == []


def test_a_roster_that_most_people_are_gone_from_is_refused_until_somebody_says_so(bench: Bench) -> None:
    bench.sync()
    bench.acme.users = {}
    bench.now += timedelta(days=1)

    made = bench.sync()
    assert made.reports[0].error.startswith("acme no longer lists 2 of the 2 people it had on 2026-11-10")
    assert {*roster(bench).values()} == {OPEN_END}

    assert bench.sync_wanted(Wanted(believed=True)).errors == []
    assert {*roster(bench).values()} == {TODAY}


@pytest.mark.parametrize(
    ("raised", "error", "withheld"),
    [(SourceRefused("no"), "no", ""), (SourceWithheld("add the scope"), "", "add the scope")],
)
def test_what_the_key_may_not_read_is_said(bench: Bench, raised: Exception, error: str, withheld: str) -> None:
    def refused(asked: Asked) -> RosterSnapshot:
        raise raised

    bench.source = replace(bench.source, roster=refused)
    made = bench.sync()

    assert (made.reports[0].error, made.reports[0].withheld) == (error, withheld)
    assert made.reports[1].new == 2


def test_days_are_those_of_the_organisations_zone(bench: Bench) -> None:
    with bench.engine.begin() as connection:
        connection.execute(update(Workspace).values(zone="Pacific/Auckland"))
        assert local_day(connection, bench.workspace_id, NOON.replace(hour=23)) == TODAY + timedelta(days=1)


def test_a_pass_brings_the_rates_of_a_bank_and_the_next_one_what_is_new(bench: Bench) -> None:
    bench.settings = {RATES: "ecb"}
    bank = Bank(zipped(WIDE.replace("2026-11-10,1.2500,200.00,N/A,N/A,\n", "")))
    bench.source, bench.server.vendor = ECB, bank

    first = bench.sync()
    bank.body = zipped(WIDE)
    second, third = bench.sync(), bench.sync()

    assert [made.rows["new"] for made in (first, second, third)] == [2, 2, 0]
    assert third.rows["unchanged"] == len(TOLD)
    with bench.engine.connect() as connection:
        (found,) = overviews(
            connection, bench.workspace_id, [ECB], bench.server.settings(ECB, **bench.settings), bench.now
        )
        (off,) = overviews(connection, bench.workspace_id, [ECB], {}, bench.now)
    assert (found.state, found.rows, found.newest, found.todo) == ("well", len(TOLD), DAY, "")
    assert off.todo == "set FULCRUM_RATES=ecb to read the European Central Bank"
