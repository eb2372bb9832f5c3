"""Saved questions are kept with their time and place, and ended by their owner alone."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine

from storage.engine import writing_engine
from storage.keep import saved
from storage.keep.saved import Saved

SINCE = datetime(2026, 11, 18, 12, tzinfo=UTC)


def test_a_saved_question_is_listed_until_its_owner_or_an_admin_ends_it(larkspur: str) -> None:
    engine: Engine = writing_engine(larkspur)
    place = {"slack_team": "T1", "owner": "U1", "channel": "C1", "zone": "UTC", "since": SINCE}
    wanted = Saved(workspace_id=1, email="a@x", text="cost last month", weekday=1, minute=540, **place)  # type: ignore[arg-type]
    with engine.begin() as connection:
        first, second = saved.save(connection, wanted), saved.save(connection, wanted)
        assert [found.text for found in saved.active(connection, 1, "a@x")] == ["cost last month"] * 2
        assert saved.active(connection, 1, "b@x") == []
        assert saved.active(connection)[0].since == SINCE

        assert not saved.end(connection, 1, first, "b@x")
        assert not saved.end(connection, 2, first)
        assert saved.end(connection, 1, first, "a@x")
        assert not saved.end(connection, 1, first, "a@x")
        assert saved.end(connection, 1, second)
        assert saved.active(connection) == []
    engine.dispose()
