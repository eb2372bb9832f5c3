"""The sample organisation: its files, its size, its people's spells and the stories told in it."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

from tests.bot.demo.larkspur import (
    COLUMNS,
    TODAY,
    Files,
    made,
)


def test_the_same_seed_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    first, again, other = made(tmp_path / "a", seed=3), made(tmp_path / "b", seed=3), made(tmp_path / "c", seed=4)

    assert all((first / f"{name}.csv").read_bytes() == (again / f"{name}.csv").read_bytes() for name in COLUMNS)
    assert (first / "usage.csv").read_bytes() != (other / "usage.csv").read_bytes()


def test_it_is_made_in_under_two_seconds(tmp_path: Path) -> None:
    started = time.process_time()

    made(tmp_path)

    assert time.process_time() - started < 2


def test_the_files_have_the_columns_of_the_open_format(files: Files) -> None:
    for name, columns in COLUMNS.items():
        assert list(files[name][0]) == columns.split()


def test_there_are_about_120_people_12_teams_and_26_weeks(files: Files) -> None:
    kinds = {row["email"]: row["kind"] for row in files["roster"]}
    days = [date.fromisoformat(row["date"]) for row in files["usage"]]

    assert 115 <= sum(kind != "agent" for kind in kinds.values()) <= 130
    assert list(kinds.values()).count("agent") == 3
    assert "contractor" in kinds.values()
    assert len(files["teams"]) == 12
    assert len({day.isocalendar()[:2] for day in days}) == 26
    assert max(days) == TODAY
