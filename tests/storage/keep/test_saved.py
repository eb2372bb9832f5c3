"""Saved questions are kept with their time and place, seen to once, and ended by their owner alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from storage.keep import saved
from storage.keep.saved import FAILING, Scheduled

SINCE = datetime(2026, 11, 18, 12, tzinfo=UTC)


def test_a_saved_question_is_listed_until_its_owner_or_an_admin_ends_it(engine: Engine, workspace_id: int) -> None:
    wanted = Scheduled(
        workspace_id=workspace_id,
        email="a@x",
        text="cost last month",
        slack_team="T1",
        owner="U1",
        channel="C1",
        weekday=1,
        minute=540,
        zone="UTC",
        since=SINCE,
    )
    with engine.begin() as connection:
        first, second = saved.save(connection, wanted), saved.save(connection, wanted)
        assert [found.text for found in saved.active(connection, workspace_id, "a@x")] == ["cost last month"] * 2
        assert saved.active(connection, workspace_id, "b@x") == []
        kept = saved.active(connection)[0]
        assert (kept.since, kept.done_at) == (SINCE, None)

        due = SINCE + timedelta(days=2)
        assert saved.settle(connection, kept, due, failing=True)
        assert not saved.settle(connection, kept, due)
        assert next((found.state, found.done_at) for found in saved.active(connection)) == (FAILING, due)

        assert not saved.end(connection, workspace_id, first, "b@x")
        assert not saved.end(connection, workspace_id + 1, first)
        assert saved.end(connection, workspace_id, first, "a@x")
        assert not saved.end(connection, workspace_id, first, "a@x")
        assert not saved.settle(connection, kept, due + timedelta(days=7))
        assert saved.end(connection, workspace_id, second)
        assert saved.active(connection) == []
