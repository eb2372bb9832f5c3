"""From a seat to its first use: the median of those used, those not used yet, and nothing of too few."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median

import pytest
from sqlalchemy import Engine

from storage.answer.privacy import OPERATOR, Viewer
from storage.answer.seat_starts import FirstUse, first_uses
from storage.errors import Denied, NoData
from storage.load.seats import save_seats
from storage.names import read_directory
from storage.query import Query
from storage.records import Period, SeatRecord
from tests.storage.organisation import Organisation, Stay, Use, save

FIRST, AS_OF = date(2026, 3, 2), date(2026, 4, 1)
WAITS = (0, 1, 1, 2, 3, 5, 8, 13, 20, 21, 25)
SEATS = Query(metrics=("seats",), period=Period(AS_OF, AS_OF))


def email(number: int) -> str:
    return f"p{number}@x.example"


def use(number: int, wait: int, tool: str = "cursor") -> Use:
    return Use(day=FIRST + timedelta(days=wait), email=email(number), tool=tool, requests=1)


def test_the_median_is_of_seats_that_began_while_usage_is_recorded(engine: Engine) -> None:
    people = len(WAITS) + 6
    org = Organisation(
        {"Core": ""},
        tuple(Stay(email=email(number), team="Core") for number in range(people)),
        (*(use(number, wait) for number, wait in enumerate(WAITS)), use(0, 9), use(11, 4, "copilot")),
        {},
        (),
    )
    seats = [SeatRecord(subject=email(number), tool="Cursor IDE", start=FIRST) for number in range(people - 1)]
    early = SeatRecord(subject=email(people - 1), tool="cursor", start=FIRST - timedelta(days=1))
    with engine.begin() as connection:
        workspace_id = save(connection, org)
        save_seats(connection, workspace_id, [*seats, early])
    with engine.connect() as connection:
        directory = read_directory(connection, workspace_id)
        _, found = first_uses(connection, directory, SEATS, OPERATOR, AS_OF)
        assert found == [FirstUse("", float(median(WAITS)), len(WAITS), 5)]
        _, told = first_uses(connection, directory, SEATS, Viewer(), AS_OF)
        assert told == found
        soon = date(2026, 3, 12)  # by then too few have used theirs
        with pytest.raises(Denied):
            first_uses(connection, directory, SEATS, Viewer(), soon)
        with pytest.raises(NoData):
            first_uses(connection, directory, SEATS, OPERATOR, date(2026, 3, 1))
