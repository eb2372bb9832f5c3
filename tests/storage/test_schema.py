"""The migrations make what the tables say, and an old schema is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, func, inspect, select, text

from storage.engine import writing_engine
from storage.errors import CannotGoBack, OldSchema
from storage.load.gathering import Repeats
from storage.load.rates import add_rates, save_rates
from storage.load.roster import save_roster
from storage.load.writes import LoadOf, save_usage
from storage.records import CostKind, RateRecord, UsageRecord
from storage.roster_records import SpellRecord
from storage.schema import (
    MIGRATIONS,
    _config,
    is_newest,
    is_of_a_newer_release,
    migrate,
    migration_of,
    newest_migration,
    require_newest,
)
from storage.tables import ActiveDays, Base, Rate, UsageByRole, UsageByStream, UsageByTeam, UsageDaily, UsageFact
from tests.databases import BACKENDS, empty_database, fresh_store


@pytest.fixture(params=BACKENDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with empty_database(request.param, tmp_path) as url:
        engine = writing_engine(url)
        yield engine
        engine.dispose()


def test_the_migrated_schema_is_that_of_the_tables(empty: Engine) -> None:
    migrate(empty)

    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_schema_that_lacks_a_column_is_told_from_that_of_the_tables(empty: Engine) -> None:
    migrate(empty)
    with empty.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE claim DROP COLUMN claimed_at")

    with empty.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) != []


def test_an_empty_database_is_refused_until_it_is_migrated(empty: Engine) -> None:
    with pytest.raises(OldSchema, match="fulcrum migrate"):
        require_newest(empty)

    migrate(empty)

    require_newest(empty)
    assert is_newest(empty)


def test_migrating_twice_changes_nothing(empty: Engine) -> None:
    migrate(empty)
    before = set(inspect(empty).get_table_names())

    migrate(empty)

    assert set(inspect(empty).get_table_names()) == before
    assert before == {*Base.metadata.tables, "alembic_version"}


def test_a_store_in_a_folder_with_a_percent_sign_can_be_migrated(tmp_path: Path) -> None:
    folder = tmp_path / "100%"
    folder.mkdir()
    engine = writing_engine(f"sqlite:///{folder / 'store.db'}")

    migrate(engine)

    assert is_newest(engine)
    engine.dispose()


def test_the_newest_migration_is_the_head_that_alembic_finds() -> None:
    assert newest_migration() == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def test_only_a_migration_that_is_not_here_is_of_a_newer_release() -> None:
    assert not any(map(is_of_a_newer_release, ("", "0001", newest_migration())))
    assert is_of_a_newer_release("9999")


def test_migrations_are_chained_in_the_order_of_their_numbers() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    chain = [revision.revision for revision in script.walk_revisions()]

    assert chain == sorted(chain, reverse=True)


@pytest.mark.postgres
def test_on_postgresql_a_fact_has_no_gaps_and_no_index_that_nothing_is_found_by(tmp_path: Path) -> None:
    with fresh_store("postgresql", tmp_path) as url:
        engine = writing_engine(url)
        with engine.connect() as connection:
            sizes = connection.scalars(
                text(
                    "SELECT attlen FROM pg_attribute WHERE attrelid = 'usage_fact'::regclass AND attnum > 0"
                    " ORDER BY attnum"
                )
            ).all()
            indices = connection.scalars(
                text("SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'usage_fact'::regclass")
            ).all()
        engine.dispose()
    assert [*sizes] == sorted(sizes, reverse=True)
    assert {*indices} == {
        "pk_usage_fact",
        "ix_usage_fact_workspace_id_day",
        "ix_usage_fact_subject_id",
    }


FIRST_WITH_FACTS, DAY = "0009", date(2026, 6, 2)


def test_every_migration_goes_back_and_up_again_with_what_an_older_schema_holds(empty: Engine) -> None:
    """But for one, which says why it does not and what to do; those before it are walked without a fact."""
    migrate(empty)
    _work(empty)
    before = _facts(empty)
    with empty.begin() as connection:
        command.downgrade(_config(connection), FIRST_WITH_FACTS)
    assert migration_of(empty) == FIRST_WITH_FACTS

    migrate(empty)
    assert _facts(empty) == before
    _use(empty, "2")
    with empty.connect() as connection:
        assert connection.scalar(select(func.count(UsageFact.key.distinct()))) == 4  # two bills, two credits
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    with pytest.raises(CannotGoBack, match="restore the backup"), empty.begin() as connection:
        command.downgrade(_config(connection), "base")
    assert is_newest(empty)


def test_those_before_facts_had_feeds_go_back_to_nothing_and_up_again(empty: Engine) -> None:
    with empty.begin() as connection:
        command.upgrade(_config(connection), "0008")
        command.downgrade(_config(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]

    migrate(empty)
    assert is_newest(empty)


def _work(engine: Engine) -> None:
    """Facts and what lies beside them, one of each that a migration since has to do with."""
    with engine.begin() as connection:
        save_roster(
            connection, 1, [SpellRecord(email="ana@acme.example", name="Ana", team="Core", start=DAY, makes_team=True)]
        )
        save_rates(connection, 1, [RateRecord(day=DAY, currency="EUR", usd=Decimal("1.1"))])
        add_rates(connection, 1, "ecb", [RateRecord(day=DAY, currency="EUR", usd=Decimal("1.2"))])
    _use(engine, "1")


def _use(engine: Engine, key: str) -> None:
    load = LoadOf(workspace_id=1, source="files", what="usage.csv", now=datetime(2026, 6, 3, tzinfo=UTC))
    of: dict[str, Any] = {"natural_key": key, "day": DAY, "subject": "ana@acme.example", "tool": "cursor"}
    use = UsageRecord(**of, input_tokens=7, reasoning_tokens=0, requests=1, cost=Decimal(2), cost_kind=CostKind.BILLED)
    back = UsageRecord(**of, cost=Decimal(-1), cost_kind=CostKind.CREDIT)
    save_usage(engine, replace(load, repeats=Repeats.ADD), [use, back])


def _facts(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        told = (UsageFact.key, UsageFact.day, UsageFact.input_tokens, UsageFact.marks, UsageFact.cost_kind)
        facts = connection.execute(select(*told, UsageFact.spell_id).order_by(UsageFact.key))
        sums = [
            connection.scalar(select(func.sum(table.input_tokens)))
            for table in (UsageDaily, UsageByStream, UsageByTeam, UsageByRole)
        ]
        rates = connection.execute(select(Rate.currency, Rate.day, Rate.usd_nano).where(Rate.origin == "file"))
        return [*map(tuple, facts), *sums, *map(tuple, rates), connection.scalar(select(func.count(ActiveDays.id)))]
