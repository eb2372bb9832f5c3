"""Settings made in Slack: read by name, cleared, and logged change by change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from storage.keep.settings import change_settings, latest_changes, read_settings

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
BY = "ana@acme.example"


def test_a_setting_is_made_changed_and_cleared_and_each_is_logged_newest_first(
    engine: Engine, workspace_id: int
) -> None:
    with engine.begin() as connection:
        for hours, value in enumerate(("5", "7", None)):
            wanted = {"FULCRUM_MIN_GROUP": value, "FULCRUM_ZONE": "UTC"}
            change_settings(connection, workspace_id, wanted, BY, NOON + timedelta(hours=hours))

        assert read_settings(connection, workspace_id) == {"FULCRUM_ZONE": "UTC"}
        assert read_settings(connection, workspace_id + 1) == {}
        newest = latest_changes(connection, workspace_id, 3)

    assert [(change.name, change.old, change.new) for change in newest] == [
        ("FULCRUM_MIN_GROUP", "7", None),
        ("FULCRUM_MIN_GROUP", "5", "7"),
        ("FULCRUM_ZONE", None, "UTC"),
    ]
    assert {change.by for change in newest} == {BY}


def test_what_is_so_already_is_no_change(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        change_settings(connection, workspace_id, {"FULCRUM_ZONE": "UTC"}, BY, NOON)
        again = {"FULCRUM_ZONE": "UTC", "FULCRUM_PEOPLE": None}
        assert change_settings(connection, workspace_id, again, BY, NOON) == []
        assert len(latest_changes(connection, workspace_id, 9)) == 1
