"""Erasing somebody ends in one sentence, and cannot be done twice."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.privacy.erasing import erase
from storage.engine import writing_engine
from storage.load.organisation import save_teams
from storage.load.roster import save_roster
from storage.roster_records import SpellRecord, TeamRecord
from tests.databases import fresh_store

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


def test_it_says_who_is_erased_and_that_nobody_is_called_so_any_more(tmp_path: Path) -> None:
    spell = SpellRecord(email="ana@acme.example", name="Ana", team="Core", start=date(2026, 1, 1))
    with fresh_store("sqlite", tmp_path) as url:
        engine = writing_engine(url)
        with engine.begin() as connection:
            save_teams(connection, 1, [TeamRecord(name="Core")])
            save_roster(connection, 1, [spell])
            said = erase(connection, 1, " Ana@ACME.example ", NOON)
            assert said.startswith("ana@acme.example is erased:")
            with pytest.raises(UserError, match="Nobody with the e-mail"):
                erase(connection, 1, "ana@acme.example", NOON)
        engine.dispose()
