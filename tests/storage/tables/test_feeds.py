"""What a feed is called beside a figure."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, select

from storage.load.load_log import feed_id
from storage.tables import Feed, Source, feed_label


@pytest.mark.parametrize(("name", "label"), [("", "files"), ("laptop of Ana", "files (laptop of Ana)")])
def test_a_feed_is_named_by_its_source_and_by_itself_where_it_has_a_name(
    engine: Engine, workspace_id: int, name: str, label: str
) -> None:
    with engine.begin() as connection:
        feed_id(connection, workspace_id, "files", name)
        labels = select(feed_label()).select_from(Feed).join(Source, Source.id == Feed.source_id)
        found = connection.scalars(labels).all()

    assert found == [label]


def test_rows_can_be_counted_by_it_on_every_database(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        for name in ("", "a", "b"):
            feed_id(connection, workspace_id, "vendor", name)
        counted = select(feed_label(), func.count()).select_from(Feed).join(Source, Source.id == Feed.source_id)
        found = connection.execute(counted.group_by(feed_label()).order_by(feed_label())).all()

    assert [tuple(row) for row in found] == [("vendor", 1), ("vendor (a)", 1), ("vendor (b)", 1)]


def test_two_feeds_of_a_source_are_two_and_the_same_one_is_found_again(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        first, second = (feed_id(connection, workspace_id, "vendor", name) for name in ("a", "b"))

        assert first != second
        assert feed_id(connection, workspace_id, "vendor", "a") == first
