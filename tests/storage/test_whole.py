"""The whole export asks views, and no other table."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from storage.whole import rows_of_view


def test_only_a_view_is_read(engine: Engine, workspace_id: int) -> None:
    with engine.connect() as connection:
        assert rows_of_view(connection, workspace_id, "bi_teams")[0] == ["workspace_id", "workspace", "team", "parent"]
        with pytest.raises(KeyError):
            rows_of_view(connection, workspace_id, "person")
