"""Seats on a day: held, idle, never used and what idle ones cost, for organisations, teams and tools."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest

from storage.answer.privacy import OPERATOR, Viewer
from storage.answer.result import NoteKind, Result
from storage.answer.run import run
from storage.engine import reading_engine, writing_engine
from storage.errors import Denied, InvalidQuery, NoData
from storage.load.seats import save_seats
from storage.names import Directory, read_directory
from storage.query import Compare, Filter, Having, Query
from storage.records import Period, SeatRecord
from tests.databases import BACKENDS, fresh_store
from tests.storage.organisation import Organisation, Stay, Use, save

LAST = date(2026, 3, 31)
MARCH = Period(date(2026, 3, 1), LAST)
BEGUN = date(2026, 1, 1)
DAY = timedelta(days=1)


def person(number: int, team: str = "Core") -> Stay:
    return Stay(email=f"p{number}@x.example", team=team)


def use(number: int, day: date, tool: str = "cursor") -> Use:
    return Use(day=day, email=f"p{number}@x.example", tool=tool, requests=1)


def seat(number: int, tool: str = "Cursor IDE", start: date | None = BEGUN, **more: object) -> SeatRecord:
    price = more.pop("price", 20)
    money = None if price is None else Decimal(str(price))
    return SeatRecord(subject=f"p{number}@x.example", tool=tool, start=start, monthly_price=money, **more)  # type: ignore[arg-type]


ORGANISATION = Organisation(
    {"Core": "", "Edge": ""},
    tuple(person(number, "Core" if number < 6 else "Edge") for number in range(12)),
    (
        use(0, BEGUN), use(0, LAST),
        use(1, BEGUN), use(1, LAST - 27 * DAY),  # on the first of the 28 days
        use(2, BEGUN), use(2, LAST - 28 * DAY),  # on the day before them
        use(6, LAST, "copilot"),
    ),
    {},
    (),
)  # fmt: skip
SEATS = (
    seat(0), seat(1), seat(2),
    seat(3, price=None),  # never used, of no known price
    seat(4, start=LAST - 26 * DAY),  # not held through all 28 days
    seat(5, plan="pro", end=LAST - 10 * DAY, price=10), seat(5, plan="team", start=LAST - 9 * DAY, price=40),
    seat(6, "copilot"),  # its use is recorded from the last day on alone
    seat(7, end=LAST - DAY),  # given back
    SeatRecord(subject="ghost", tool="cursor", start=BEGUN, monthly_price=Decimal(5)),
)  # fmt: skip


@dataclass
class Held:
    connection: object
    directory: Directory

    def ask(self, metric: str, viewer: Viewer = OPERATOR, period: Period = MARCH, **more: object) -> Result:
        query = Query(metrics=(metric,), period=period, **more)  # type: ignore[arg-type]
        return run(self.connection, self.directory, query, viewer)  # type: ignore[arg-type]

    def rows(self, metric: str, by: str) -> dict[str, float | int | None]:
        return {row.labels[by]: row.values[metric] for row in self.ask(metric, group_by=(by,)).rows}

    def figure(self, metric: str, **more: object) -> float | int | None:
        return self.ask(metric, **more).rows[0].values[metric]  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=BACKENDS)
def held(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    with fresh_store(request.param, tmp_path_factory.mktemp("seats")) as url:
        writer = writing_engine(url)
        with writer.begin() as connection:
            workspace = save(connection, ORGANISATION)
            save_seats(connection, workspace, SEATS)
        writer.dispose()
        reader = reading_engine(url)
        with reader.connect() as connection:
            yield Held(connection, read_directory(connection, workspace))
        reader.dispose()


def test_a_seat_is_one_of_a_person_and_tool_on_the_last_day(held: Held) -> None:
    assert held.figure("seats") == 8  # the one given back is none, two plans that followed each other are one
    assert held.rows("seats", "tool") == {"cursor": 7, "copilot": 1}
    assert held.rows("seats", "team") == {"Core": 6, "Edge": 1, "(none)": 1}


@pytest.mark.dialect  # all days up to one: of facts they are two bytes on PostgreSQL
def test_idle_is_held_for_28_days_without_an_active_day_in_them(held: Held) -> None:
    assert held.rows("idle_seats", "person") == {f"p{n}": n in (2, 3, 5) for n in range(6)} | {"p6": None}
    assert held.rows("idle_seats", "tool") == {"cursor": 4, "copilot": None}  # nobody knows of one begun that late
    assert held.figure("idle_seats", filters=(Filter("team", ("Core",)),)) == 3
    assert held.figure("unused_seats") == 4


def test_idle_seats_cost_what_is_known_of_their_prices_and_the_rest_is_said(held: Held) -> None:
    result = held.ask("idle_seat_cost")
    notes = {note.kind: note.data for note in result.notes}

    assert result.rows[0].values["idle_seat_cost"] == 20 + 40 + 5
    assert notes[NoteKind.UNPRICED_SEATS] == {"seats": 1}
    assert notes[NoteKind.UNLOADED] == {"seats": 1, "of": 8}


def test_a_small_group_has_no_count_of_seats_and_nobody_sees_whose_are_idle(held: Held) -> None:
    colleague = Viewer(email="p0@x.example")
    of_teams = held.ask("idle_seats", colleague, group_by=("team",)).rows

    assert {row.labels["team"]: row.values["idle_seats"] for row in of_teams}["Core"] == 3
    assert held.ask("idle_seats", colleague, filters=(Filter("person", ("p0@x.example",)),)).rows[0].values == {
        "idle_seats": 0
    }
    with pytest.raises(Denied):
        held.ask("idle_seats", colleague, group_by=("person",))


def test_of_a_tool_whose_vendor_shows_it_anyway_whoever_may_gets_the_list_to_reclaim(held: Held) -> None:
    admin = Viewer(email="p0@x.example", reclaims=frozenset({"Cursor IDE"}))

    listed = held.ask("idle_seats", admin, group_by=("person",))

    assert {row.labels["person"]: row.values["idle_seats"] for row in listed.rows} == {"p2": 1, "p3": 1, "p5": 1}
    for refused in (
        {"filters": (Filter("tool", ("copilot",)),)},
        {"filters": (Filter("person", ("p2@x.example",)),)},
        {"having": (Having(Compare.GE, 0),)},  # it would tell who is active
    ):
        with pytest.raises(Denied):
            held.ask("idle_seats", admin, group_by=("person",), **refused)
    with pytest.raises(Denied):
        held.ask("seats", admin, group_by=("person",))


def test_seats_know_no_model_and_a_day_before_the_first_has_none(held: Held) -> None:
    with pytest.raises(InvalidQuery, match="not recorded by model"):
        held.ask("seats", group_by=("model",))
    with pytest.raises(NoData):
        held.ask("seats", period=Period(date(2025, 12, 1), date(2025, 12, 31)))
