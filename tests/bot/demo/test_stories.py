"""What happened in the recorded weeks: each story is in the files, on its days."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.demo.stories import ADOPTED_TOOL, ADOPTING_TEAM, JUMPING_TEAM, NEW_MODEL, OLD_MODEL
from tests.bot.demo.larkspur import (
    STORIES,
    Files,
    Line,
    between,
    made,
    read,
    team_of,
    tokens,
)


def test_checkout_adopts_an_agent_tool_in_the_last_complete_month(files: Files) -> None:
    rows = [row for row in files["usage"] if row["tool"] == ADOPTED_TOOL and team_of(files, row) == ADOPTING_TEAM]
    roster = {row["email"]: row["team"] for row in reversed(files["roster"])}
    own = [row for row in rows if roster[row["email"]] == ADOPTING_TEAM]

    assert min(row["date"] for row in own) >= "2026-10-01"
    assert len({row["email"] for row in own}) >= 6


def test_the_old_model_gives_way_to_the_new_on_one_day(files: Files) -> None:
    people = [row for row in files["usage"] if row["tool"] == "claude_code" and "@agents." not in row["email"]]
    switch = STORIES.switch.isoformat()

    assert {row["model"] for row in people if row["date"] < switch} == {OLD_MODEL}
    assert {row["model"] for row in people if row["date"] >= switch} == {NEW_MODEL}


def test_one_teams_use_jumps(files: Files) -> None:
    jump, fortnight = STORIES.jump, timedelta(days=14)
    rows = [row for row in files["usage"] if team_of(files, row) == JUMPING_TEAM]

    before = sum(tokens(row) for row in rows if between(row, jump - fortnight, jump - timedelta(days=1)))
    after = sum(tokens(row) for row in rows if between(row, jump, jump + fortnight - timedelta(days=1)))

    assert after > 1.6 * before


def test_use_and_work_dip_in_the_rest_week(files: Files) -> None:
    rest, week = STORIES.rest, timedelta(days=7)
    people = [row for row in files["usage"] if "@agents." not in row["email"]]

    def in_week(rows: list[Line], monday: date) -> int:
        return sum(between(row, monday, monday + timedelta(days=6)) for row in rows)

    assert in_week(people, rest) < 0.35 * in_week(people, rest - week)
    assert in_week(files["work"], rest) < 0.8 * in_week(files["work"], rest - week)


@pytest.mark.parametrize("day", ["2024-02-29", "2026-01-01", "2026-03-01", "2026-08-02", "2026-12-31"])
def test_any_day_can_be_today(day: str, tmp_path: Path) -> None:
    as_of = date.fromisoformat(day)

    usage = read(made(tmp_path, as_of), "usage")

    assert max(row["date"] for row in usage) == day
    assert len({date.fromisoformat(row["date"]).isocalendar()[:2] for row in usage}) == 26
