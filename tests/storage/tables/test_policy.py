"""What the tables of an organisation's policy hold it to."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.exc import IntegrityError

from storage.tables import Anonymity, Erased, Setting
from tests.storage.load.stores import NOW


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (Setting, {"name": "FULCRUM_ZONE", "value": "UTC"}),
        (Erased, {"digest": b"d" * 32, "pseudonym": "erased-1@erased.invalid", "at": NOW}),
        (Anonymity, {"key": b"k" * 32}),
    ],
)
def test_an_organisation_has_each_setting_each_hash_and_its_key_once(
    engine: Engine, workspace_id: int, table: type, row: dict[str, object]
) -> None:
    statement = insert(table).values(workspace_id=workspace_id, **row)
    with engine.begin() as connection:
        connection.execute(statement)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(statement)
