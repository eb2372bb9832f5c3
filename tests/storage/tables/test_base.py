"""What every table is made of: days as numbers that are alike on every database."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, Index, Integer, UniqueConstraint, func, insert, select, type_coerce
from sqlalchemy.dialects import sqlite

from storage.tables import Base, Day, Rate
from storage.tables.base import ShortDay


@given(st.dates())
def test_a_day_comes_back_as_it_was_and_later_days_are_larger(day: date) -> None:
    kept = Day().process_bind_param(day, sqlite.dialect())

    assert kept is not None
    assert Day().process_result_value(kept, sqlite.dialect()) == day
    assert (kept > 0) == (day > date(1970, 1, 1))


def test_the_database_counts_the_days_between_two(engine: Engine, workspace_id: int) -> None:
    days = (date(2026, 2, 1), date(2026, 3, 1))
    last, first = (type_coerce(edge(Rate.day), Integer) for edge in (func.max, func.min))
    with engine.begin() as connection:
        rates = [{"workspace_id": workspace_id, "currency": "EUR", "usd_nano": 1, "day": day} for day in days]
        connection.execute(insert(Rate), rates)

        assert connection.scalar(select(last - first)) == 28
        assert connection.scalar(select(func.max(Rate.day))) == days[1]


def test_every_row_belongs_to_a_workspace_and_goes_with_it() -> None:
    for table in Base.metadata.sorted_tables:
        if table.name == "workspace":
            continue
        (key,) = table.c.workspace_id.foreign_keys
        assert (key.target_fullname, key.ondelete) == ("workspace.id", "CASCADE"), table.name


def test_constraints_have_names_that_migrations_find_on_every_database() -> None:
    unnamed = [
        (table.name, type(constraint).__name__)
        for table in Base.metadata.sorted_tables
        for constraint in (*table.constraints, *table.indexes)
        if getattr(constraint, "name", None) is None
    ]

    assert unnamed == []


def test_each_unique_key_is_one_of_a_workspace_but_for_these() -> None:
    owned = [table for table in Base.metadata.sorted_tables if table.name != "workspace"]
    keys = {
        (table.name, *sorted(column.name for column in key.columns))
        for table in owned
        for key in (*table.constraints, *table.indexes)
        if isinstance(key, UniqueConstraint) or (isinstance(key, Index) and key.unique)
    }

    assert {key for key in keys if "workspace_id" not in key} == {
        ("agent_token", "digest"),
        ("slack_installation", "enterprise_id", "team_id"),
        ("digest_issue", "subscription_id", "week"),
        ("usage_before", "feed_id", "key", "replaced_by"),
        ("work_before", "feed_id", "key", "replaced_by"),
        ("work_fact", "feed_id", "key"),
    }


def test_a_day_beyond_two_bytes_is_compared_as_their_edge() -> None:
    kept = {day: ShortDay().process_bind_param(day, sqlite.dialect()) for day in (date.min, date.max, date(2026, 2, 1))}

    assert kept == {date.min: -32_768, date.max: 32_767, date(2026, 2, 1): 20_485}
