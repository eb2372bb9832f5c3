"""The whole export: views, and rows by person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from storage.whole import BY_PERSON, rows_by_person, rows_of_view
from tests.storage.organisation import Organisation, Stay, Use, save

USE = Use(day=date(2026, 3, 2), email="ada@x.example", requests=1, input=10, cost=Decimal("1.25"))


def test_only_a_view_is_read(engine: Engine, workspace_id: int) -> None:
    with engine.connect() as connection:
        assert rows_of_view(connection, workspace_id, "bi_teams")[0] == ["workspace_id", "workspace", "team", "parent"]
        with pytest.raises(KeyError):
            rows_of_view(connection, workspace_id, "person")


def test_rows_by_person_are_those_of_one_workspace(engine: Engine, workspace_id: int) -> None:
    company = Organisation({"Core": ""}, (Stay(email="ada@x.example", team="Core", title="Maker"),), (USE,), {}, ())
    with engine.begin() as connection:
        workspace_id = save(connection, company)
        for name in BY_PERSON:
            columns, rows = rows_by_person(connection, workspace_id, name)
            (row,) = (dict(zip(columns, line, strict=True)) for line in rows)
            assert (row["email"], row["team"], row["title"]) == ("ada@x.example", "Core", "Maker")
            assert [*rows_by_person(connection, workspace_id + 1, name)[1]] == []
        columns, rows = rows_by_person(connection, workspace_id, "usage_by_person")
        (used,) = (dict(zip(columns, line, strict=True)) for line in rows)
    assert (used["day"], used["cost"], used["requests"]) == (USE.day, 1.25, 1)
