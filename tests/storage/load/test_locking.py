"""Who changes what answers rest on waits for a load that is being written part by part."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from storage.errors import StorageError
from storage.load.writes import LoadOf, save_usage
from tests.storage.load.facts import MONDAY, roster, use
from tests.storage.load.parts import in_parts, tokens
from tests.storage.load.test_shifting import PEOPLE

pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)


def test_who_changes_what_answers_rest_on_waits_for_its_end(
    engine: Engine, load: LoadOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    for patience in ("storage.load.locking.GIVE_UP", "storage.load.locking.SOONER", "storage.load.leftovers.GIVE_UP"):
        monkeypatch.setattr(patience, 0.0)
    refused: list[object] = []

    def meanwhile() -> None:
        for change in (lambda: roster(engine, load, [(PEOPLE[0], MONDAY)]), lambda: save_usage(engine, load, [use()])):
            if len(refused) < 4:
                with pytest.raises(StorageError, match="large import"):
                    change()
                refused.append(change)

    with in_parts(meanwhile):
        save_usage(engine, load, [use(f"k{number}") for number in range(6)])

    assert (len(refused), tokens(engine)) == (4, (60, 60))
