"""What a fact takes: its columns are counted out, so that none is added or widened without a look at the sum."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from storage.engine import writing_engine
from storage.load.writes import LoadOf, save_usage
from storage.records import CostKind
from tests.databases import fresh_store
from tests.storage.load.facts import NOW, use

GOAL, ROWS = 200, 5_000


@pytest.mark.postgres
def test_on_postgresql_a_fact_takes_no_more_than_200_bytes_with_its_indices(tmp_path: Path) -> None:
    told: dict[str, Any] = dict.fromkeys(("cached_input_tokens", "cache_write_tokens", "output_tokens", "accepted"), 9)
    told |= {"reasoning_tokens": 0, "suggested": 9, "cost": Decimal(1), "cost_kind": CostKind.BILLED}
    rows = (use(str(n), subject=str(n % 50), **told) for n in range(ROWS))
    with fresh_store("postgresql", tmp_path) as url:
        engine = writing_engine(url)
        save_usage(engine, LoadOf(workspace_id=1, source="files", what="usage.csv", now=NOW), rows)
        with engine.connect() as connection:
            sizes = "SELECT pg_relation_size('usage_fact') + pg_indexes_size('usage_fact')"
            size = connection.scalar(text(sizes)) or 0
        engine.dispose()

    assert size / ROWS <= GOAL
