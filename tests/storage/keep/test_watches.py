"""A watch is kept once for the same wish, ended by its owner alone, and taken up again when it is wished again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Engine

from storage.keep import watches
from storage.keep.watches import RANGE, Watched

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
ANA, BO = "ana@acme.example", "bo@acme.example"


def test_the_same_wish_is_one_watch_that_only_its_owner_ends(engine: Engine, workspace_id: int) -> None:
    wish = Watched(
        workspace_id=workspace_id, email=ANA, key="k", kind=RANGE, query={}, level=None, title="cost", since=NOON
    )
    with engine.begin() as connection:
        for watch in (wish, wish, replace(wish, email=BO)):
            watches.keep(connection, watch)
        (mine,) = watches.active(connection, workspace_id, ANA)

        assert len(watches.active(connection, workspace_id)) == 2
        assert not watches.end(connection, workspace_id, BO, mine.id)
        assert watches.end(connection, workspace_id, ANA, mine.id)
        assert not watches.end(connection, workspace_id, ANA, mine.id)
        assert watches.active(connection, workspace_id, ANA) == []
        assert watches.watching_workspaces(connection) == [(workspace_id, "")]

        watches.keep(connection, wish)
        assert [watch.id for watch in watches.active(connection, workspace_id, ANA)] == [mine.id]
