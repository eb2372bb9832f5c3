"""What is recorded of seats: times with their holder, who used what by when, and whose usage is whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from storage.answer.recorded_seats import RecordedSeats
from storage.engine import reading_engine, writing_engine
from storage.errors import NoData
from storage.load.seats import save_seats
from storage.names import read_directory
from storage.records import SeatRecord
from tests.databases import fresh_store
from tests.storage.organisation import Organisation, Stay, Use, save

LAST = date(2026, 3, 31)
BEGUN = date(2026, 1, 1)
ORGANISATION = Organisation(
    {"Core": ""},
    (Stay(email="ana@x.example", team="Core"), Stay(email="bo@x.example", team="Core", end=LAST - timedelta(days=1))),
    tuple(
        Use(day=day, email=email, tool="cursor", requests=1)
        for day, email in ((BEGUN, "ana@x.example"), (LAST, "ana@x.example"), (BEGUN, "bo@x.example"))
    ),
    {},
    (),
)
SEATS = (
    SeatRecord(subject="ana@x.example", tool="Cursor IDE", start=BEGUN),
    SeatRecord(subject="ghost", tool="cursor", start=LAST),
)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RecordedSeats]:
    with fresh_store("sqlite", tmp_path_factory.mktemp("seats")) as url:
        writer, reader = writing_engine(url), reading_engine(url)
        with writer.begin() as connection:
            workspace = save(connection, ORGANISATION)
            save_seats(connection, workspace, SEATS)
        with reader.connect() as connection:
            yield RecordedSeats(connection, workspace, read_directory(connection, workspace))
        writer.dispose()
        reader.dispose()


def test_a_holder_is_a_person_where_the_roster_knows_one_and_a_tool_is_called_as_in_usage(
    recorded: RecordedSeats,
) -> None:
    ana = recorded.directory.person["ana@x.example"].id

    assert [(period.holder, period.tool) for period in recorded.periods(LAST)] == [(ana, "cursor"), ("ghost", "cursor")]
    assert [period.holder for period in recorded.periods(BEGUN)] == [ana]
    with pytest.raises(NoData):
        recorded.periods(BEGUN - timedelta(days=1))


def test_use_is_found_in_its_days_and_each_day_of_it_up_to_one(recorded: RecordedSeats) -> None:
    people = {email.split("@")[0]: person.id for email, person in recorded.directory.person.items()}

    assert recorded.active(LAST, LAST) == {(people["ana"], "cursor")}
    assert sorted(day for holder, _, day in recorded.used(LAST) if holder == people["ana"]) == [BEGUN, LAST]
    assert all(day == BEGUN for _, _, day in recorded.used(LAST - timedelta(days=1)))


def test_usage_is_loaded_whole_from_its_first_to_its_last_day_alone(recorded: RecordedSeats) -> None:
    assert recorded.loaded(BEGUN, LAST) == {"cursor"}
    assert recorded.loaded(BEGUN - timedelta(days=1), LAST) == set()
    assert recorded.loaded(BEGUN, LAST + timedelta(days=1)) == set()


def test_nobody_is_anywhere_after_they_left_or_where_the_roster_knows_them_not(recorded: RecordedSeats) -> None:
    bo = recorded.directory.person["bo@x.example"].id

    assert recorded.spell(bo, BEGUN).email == "bo@x.example"
    assert recorded.spell(bo, LAST) is None
    assert recorded.spell("ghost", LAST) is None
