"""Other words for names: each row says what kind of name it is, the name, and the word for it."""

from __future__ import annotations

from pathlib import Path

from bot.sources.files.aliases import COLUMNS, read
from storage.records import AliasRecord
from tests.bot.sources.files.papers import opened, reasons


def test_a_sound_row_is_a_word_for_a_name(tmp_path: Path) -> None:
    file = opened(tmp_path, COLUMNS, "kind,name,alias\nTeam, Platform ,the core\nmetric,cost,burn\n")

    assert read(file) == [
        (2, AliasRecord(kind="team", name="Platform", alias="the core")),
        (3, AliasRecord(kind="metric", name="cost", alias="burn")),
    ]


def test_what_is_missing_or_no_kind_of_name_is_said_by_line(tmp_path: Path) -> None:
    file = opened(tmp_path, COLUMNS, "kind,name,alias\n,Platform,core\ncity,Berlin,b\nteam,,core\nteam,Platform,\n")

    assert read(file) == []
    assert reasons(file) == [
        (2, "kind is empty"),
        (3, "kind is 'city', not one of team, tool, provider, model, workflow, metric"),
        (4, "name is empty"),
        (5, "alias is empty"),
    ]
