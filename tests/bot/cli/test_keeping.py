"""Commands for what is stored: their options and their parts."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.cli import keeping
from tests.bot.cli.parsed import parsed


def test_a_load_is_taken_back_by_its_number_and_listed_without_one() -> None:
    assert parsed("loads").action is None
    assert (parsed("loads", "undo", "7").action, parsed("loads", "undo", "7").id) == ("undo", 7)


def test_a_link_has_its_days() -> None:
    given = parsed("people", "link", "u-1", "ana@x.example", "--from", "2026-01-01")

    assert (given.run, given.outside_id, given.start, given.end) == (keeping.people, "u-1", date(2026, 1, 1), None)


def test_a_zone_is_one_that_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert parsed("logs", "x", "--zone", "Asia/Kolkata").zone == ZoneInfo("Asia/Kolkata")
    with pytest.raises(SystemExit):
        parsed("logs", "x", "--zone", "Mars/Olympus")
    assert "there is no time zone 'Mars/Olympus'" in capsys.readouterr().err
