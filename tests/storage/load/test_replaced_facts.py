"""What a load replaced is kept for ninety days; then the load stays, and says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select

from storage.load.replaced_facts import KEPT
from storage.load.undoing import CannotUndo, read_loads, undo
from storage.load.writes import save_usage
from storage.tables import UsageBefore
from tests.storage.load.test_undoing import NOW, load, use


def test_the_past_of_an_old_load_goes_with_the_next_load_and_a_younger_one_can_still_be_taken_back(
    engine: Engine, workspace_id: int
) -> None:
    before, later = load(workspace_id), load(workspace_id, now=NOW + KEPT + timedelta(seconds=1))
    save_usage(engine, before, [use("k1", 10)])
    old = save_usage(engine, before, [use("k1", 20)]).load_id
    young = save_usage(engine, later, [use("k1", 30)]).load_id

    with engine.begin() as connection:
        assert connection.scalars(select(UsageBefore.replaced_by)).all() == [young]
        with pytest.raises(CannotUndo, match="over 90 days old"):
            undo(connection, workspace_id, old, later.now)
        kept = {note.id: note.is_kept(later.now) for note in read_loads(connection, workspace_id)}
        undo(connection, workspace_id, young, later.now)

        assert (kept[old], kept[young]) == (False, True)
        assert connection.scalar(select(func.count()).select_from(UsageBefore)) == 0
