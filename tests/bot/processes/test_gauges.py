"""What `/metrics` shows of the store: ages, outcomes and counts, nobody's name, and nothing of a store that is away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.meter import Meter
from bot.processes.gauges import StoreGauges
from storage.engine import reading_engine, writing_engine
from storage.keep.open_turns import open_
from storage.keep.outbox import Draft, put
from storage.load.source_states import note_pass
from tests.databases import fresh_store

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)


def test_the_store_is_looked_at_whenever_somebody_looks(tmp_path: Path) -> None:
    meter = Meter()
    with fresh_store("sqlite", tmp_path) as url:
        writing, reading = writing_engine(url), reading_engine(url)
        meter.watch(StoreGauges(reading, lambda: NOW))
        with writing.begin() as connection:
            put(connection, 1, Draft(key="k", slack_team="T1", channel="C1", message={}), NOW, timedelta(days=1))
            open_(connection, 1, "message:C1:1", {"text": "how much did ana use"}, NOW, timedelta(seconds=45))
            note_pass(connection, 1, "anthropic", "usage", NOW - timedelta(hours=2))

        told = meter.text()
        for engine in (writing, reading):
            engine.dispose()

    assert 'fulcrum_source_age_seconds{source="anthropic"} 7200.0' in told
    assert 'fulcrum_outbox_messages{state="waiting"} 1.0' in told
    assert "fulcrum_questions_open 1.0" in told
    assert "ana" not in told.replace("analytics", "")


def test_a_store_that_is_away_shows_nothing_and_breaks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    meter = Meter()
    meter.watch(StoreGauges(reading_engine("sqlite:////nowhere/at/all.db"), lambda: NOW))

    assert "fulcrum_question_seconds_count" in meter.text()
    assert "no gauges of the store" in caplog.text
