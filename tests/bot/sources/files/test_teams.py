"""The tree of teams: each with the one above it, its other names and its channel."""

from __future__ import annotations

from pathlib import Path

from bot.sources.files.teams import COLUMNS, read
from storage.roster_records import TeamRecord
from tests.bot.sources.files.papers import opened, reasons


def test_a_row_is_a_team_with_its_other_names_each_once(tmp_path: Path) -> None:
    text = "team,parent,aliases,channel\nEngineering,,,\n Platform ,Engineering,core| infra ||core,#platform\n"
    file = opened(tmp_path, COLUMNS, text)

    assert read(file) == [
        (2, TeamRecord(name="Engineering")),
        (3, TeamRecord(name="Platform", parent="Engineering", aliases=("core", "infra"), channel="#platform")),
    ]


def test_a_team_needs_a_name_that_a_person_could_write(tmp_path: Path) -> None:
    file = opened(tmp_path, COLUMNS, f"team,parent\n,Engineering\n{'x' * 201},\nA\0B,\n")

    assert read(file) == []
    assert [reason for _, reason in reasons(file)] == [
        "team is empty",
        "team is longer than 200 characters",
        "team holds a control character",
    ]
