"""What comes by itself is listed among the sources."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.sources.syncing.overview import OFF, WAITING, WELL, SourceOverview, received
from tests.bot.sources.otlp.messages import ADA, DELTA, metrics
from tests.bot.sources.otlp.station import Station, station

POINT = ("claude_code.token.usage", ADA | {"type": "input", "model": "m"}, DELTA, [(0, 60, 120)])


def listed(here: Station, token: str = "t0ken") -> SourceOverview:
    with here.reading.connect() as connection:
        found = {one.name: one for one in received(connection, here.workspace_id, {"FULCRUM_OTLP_TOKEN": token})}
    assert found["ingest"].state == OFF
    return found["otlp"]


def test_a_receiver_without_its_token_says_which_to_set(tmp_path: Path) -> None:
    with station(tmp_path) as here:
        told = listed(here, token="")

        assert (told.state, told.todo) == (OFF, "set FULCRUM_OTLP_TOKEN to receive OpenTelemetry")


def test_one_that_received_nothing_yet_waits_and_one_that_did_tells_its_newest_day(tmp_path: Path) -> None:
    with station(tmp_path) as here:
        assert listed(here).state == WAITING
        here.take(metrics("claude-code", POINT))
        told = listed(here)

        assert (told.state, told.rows, told.newest, told.todo) == (WELL, 1, date(2026, 11, 5), "")
