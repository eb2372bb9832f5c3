"""The time from a seat to its first use, as an answer."""

from __future__ import annotations

from datetime import date

from bot.questions.answers.answer import Status
from storage.engine import writing_engine
from storage.load.seats import save_seats
from storage.names import read_directory
from storage.records import SeatRecord
from tests.bot.questions.plans.conftest import Asked


def test_it_says_what_brings_seats_and_then_how_long_they_waited(ask: Asked, larkspur: str) -> None:
    engine = writing_engine(larkspur)
    with engine.begin() as connection:
        save_seats(connection, 1, [])
    assert "seats.csv" in ask("time from seat to first use").text

    with engine.begin() as connection:
        people = [person.email for person in read_directory(connection, 1).people if person.kind != "agent"]
        began = date(2026, 6, 1)
        save_seats(connection, 1, [SeatRecord(subject=email, tool="claude_code", start=began) for email in people])
    engine.dispose()
    found = ask("time from seat to first use")

    assert found.status is Status.ANSWERED
    row = found.rows[0].values
    assert int(row["used"] or 0) + int(row["not_used"] or 0) == len(people)
    assert f"{row['used']} seats used" in found.text
