"""All that a feed has of a kind on a day: an older one than the newest says nothing of later days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from storage.load.snapshots import ROSTER, SEATS, SnapshotOf, first_day, newest, take
from tests.storage.load.stores import JULY, JUNE, NOW

DAY = timedelta(days=1)


def of(workspace_id: int, day: date, feed: str = "") -> SnapshotOf:
    return SnapshotOf(workspace_id=workspace_id, source="scim", day=day, now=NOW, feed=feed)


def test_the_newest_day_is_kept_and_an_older_one_is_not_taken(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        assert take(connection, of(workspace_id, JUNE), ROSTER) == (None, True)
        assert take(connection, of(workspace_id, JULY), ROSTER) == (JUNE, True)
        assert take(connection, of(workspace_id, JULY), ROSTER) == (JULY, True)
        assert take(connection, of(workspace_id, JUNE), ROSTER) == (JULY, False)
        assert newest(connection, workspace_id, "scim", ROSTER) == (0, JULY)


def test_kinds_and_accounts_have_each_their_own(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        take(connection, of(workspace_id, JULY), ROSTER)

        assert take(connection, of(workspace_id, JUNE), SEATS) == (None, True)
        assert take(connection, of(workspace_id, JUNE, "other"), ROSTER) == (None, True)
        assert newest(connection, workspace_id, "slack", ROSTER) == (0, None)


@pytest.mark.parametrize(
    ("known", "before", "gone", "begins"),
    [
        (None, None, None, JULY),
        (JUNE, None, None, JUNE),
        (JUNE, JUNE + 9 * DAY, None, JUNE + 10 * DAY),
        (None, JUNE, None, JULY),
        (JUNE, JUNE, JUNE + 4 * DAY, JUNE + 5 * DAY),
        (JULY + 3 * DAY, JUNE, None, JULY),
    ],
)
def test_what_is_new_began_as_its_source_says_but_not_before_it_was_seen_to_be_absent(
    known: date | None, before: date | None, gone: date | None, begins: date
) -> None:
    assert first_day(known, before, JULY, gone) == begins
