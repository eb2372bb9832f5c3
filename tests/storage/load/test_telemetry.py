"""What telemetry leaves in the store before its facts: the inbox, oldest first, of one workspace."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine

from storage.load import telemetry
from storage.workspaces import add_workspace

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def test_requests_wait_in_the_order_they_came_and_are_counted_by_points(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        for number in range(3):
            telemetry.put(connection, workspace_id, bytes([number]), 10, NOW)

        assert telemetry.backlog(connection, workspace_id) == 30
        assert [waiting.body for waiting in telemetry.oldest(connection, workspace_id, 100)] == [b"\0", b"\1", b"\2"]


def test_a_part_holds_so_many_points_and_one_request_at_least(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        for _ in range(3):
            telemetry.put(connection, workspace_id, b"x", 10, NOW)

        assert [len(telemetry.oldest(connection, workspace_id, most)) for most in (1, 19, 20, 30)] == [1, 1, 2, 3]


def test_each_workspace_has_an_inbox_of_its_own(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        other = add_workspace(connection, "T2")
        telemetry.put(connection, other, b"x", 5, NOW)

        assert telemetry.workspaces_waiting(connection) == [other]
        assert telemetry.backlog(connection, workspace_id) == 0
        assert telemetry.oldest(connection, workspace_id, 10) == []


def test_nothing_was_heard_of_where_no_series_is_known(engine: Engine, workspace_id: int) -> None:
    with engine.connect() as connection:
        assert telemetry.newest_received(connection, workspace_id) is None
        assert telemetry.read_series(connection, workspace_id, [b"k"]) == {}
        assert [*telemetry.series_of_scopes(connection, workspace_id, [b"s"])] == []
