"""The sample organisation: its files, its size, its people's spells and the stories told in it."""

from __future__ import annotations

import csv
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.demo.generate import SEED, organisation
from bot.demo.stories import ADOPTED_TOOL, ADOPTING_TEAM, JUMPING_TEAM, NEW_MODEL, OLD_MODEL, Stories
from bot.demo.tools import TOOLS

TODAY = date(2026, 11, 23)
STORIES = Stories.before(TODAY)
TOKENS = ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens")
Line = Mapping[str, str]
COLUMNS = {
    "teams": "team parent aliases channel",
    "roster": "email name team title manager_email kind location start_date end_date",
    "usage": "date email tool provider model mode workflow input_tokens cached_input_tokens cache_write_tokens "
    "output_tokens reasoning_tokens requests suggested accepted cost_usd ledger",
    "workflows": "workflow team activity description stage reversible verifiable data_ready "
    "owner_email error_class minutes_low minutes_mode minutes_high exposure",
    "work": "date workflow mode items human_minutes accepted reworked failed",
}


def read(folder: Path, name: str) -> list[Line]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def made(folder: Path, as_of: date = TODAY, seed: int = SEED) -> Path:
    organisation(seed, as_of, folder)
    return folder


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Line]]:
    folder = made(tmp_path_factory.mktemp("larkspur"))
    return {name: read(folder, name) for name in COLUMNS}


def tokens(row: Line) -> int:
    return sum(int(row[name]) for name in TOKENS)


def between(row: Line, start: date, end: date) -> bool:
    return start <= date.fromisoformat(row["date"]) <= end


def holds(spell: Line, day: str) -> bool:
    return spell["start_date"] <= day and (not spell["end_date"] or day <= spell["end_date"])


def team_of(files: Mapping[str, list[Line]], row: Line) -> str:
    spells = (s for s in files["roster"] if s["email"] == row["email"] and holds(s, row["date"]))
    return next((spell["team"] for spell in spells), "")


def test_the_same_seed_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    first, again, other = made(tmp_path / "a", seed=3), made(tmp_path / "b", seed=3), made(tmp_path / "c", seed=4)

    assert all((first / f"{name}.csv").read_bytes() == (again / f"{name}.csv").read_bytes() for name in COLUMNS)
    assert (first / "usage.csv").read_bytes() != (other / "usage.csv").read_bytes()


def test_it_is_made_in_under_two_seconds(tmp_path: Path) -> None:
    started = time.process_time()

    made(tmp_path)

    assert time.process_time() - started < 2


def test_the_files_have_the_columns_of_the_open_format(files: dict[str, list[Line]]) -> None:
    for name, columns in COLUMNS.items():
        assert list(files[name][0]) == columns.split()


def test_there_are_about_120_people_12_teams_and_26_weeks(files: dict[str, list[Line]]) -> None:
    kinds = {row["email"]: row["kind"] for row in files["roster"]}
    days = [date.fromisoformat(row["date"]) for row in files["usage"]]

    assert 115 <= sum(kind != "agent" for kind in kinds.values()) <= 130
    assert list(kinds.values()).count("agent") == 3
    assert "contractor" in kinds.values()
    assert len(files["teams"]) == 12
    assert len({day.isocalendar()[:2] for day in days}) == 26
    assert max(days) == TODAY


def test_teams_are_a_tree_of_two_levels(files: dict[str, list[Line]]) -> None:
    parents = {row["team"]: row["parent"] for row in files["teams"]}
    below = [parent for parent in parents.values() if parent]

    assert below
    assert all(parents[parent] == "" for parent in below)
    aliases = [alias.lower() for row in files["teams"] for alias in row["aliases"].split("|") if alias]
    assert len({*aliases, *map(str.lower, parents)}) == len(aliases) + len(parents)


@pytest.mark.parametrize("seed", range(8))
def test_the_spells_of_a_person_do_not_overlap(seed: int, tmp_path: Path) -> None:
    spells = defaultdict(list)
    for row in read(made(tmp_path, seed=seed), "roster"):
        spells[row["email"]].append((row["start_date"], row["end_date"] or "9999-12-31"))

    moved = [sorted(times) for times in spells.values() if len(times) > 1]

    assert len(moved) == 4
    assert all(start <= end for times in spells.values() for start, end in times)
    assert all(left[1] < right[0] for times in moved for left, right in pairwise(times))


def test_people_join_and_leave_inside_the_recorded_weeks(files: dict[str, list[Line]]) -> None:
    start = STORIES.first_day.isoformat()
    moved = {email for email, n in Counter(row["email"] for row in files["roster"]).items() if n > 1}
    settled = [row for row in files["roster"] if row["email"] not in moved]

    assert sum(row["start_date"] > start for row in settled) == 9
    assert sum(bool(row["end_date"]) for row in settled) == 6


def test_everyone_is_managed_by_someone_of_the_roster_and_nobody_by_themselves(files: dict[str, list[Line]]) -> None:
    emails = {row["email"] for row in files["roster"]}

    assert all(row["manager_email"] in emails | {""} for row in files["roster"])
    assert all(row["manager_email"] != row["email"] for row in files["roster"])


def test_every_usage_row_is_a_row_of_its_own_and_adds_up(files: dict[str, list[Line]]) -> None:
    key = ("date", "email", "tool", "provider", "model", "mode", "workflow", "ledger")
    rows = files["usage"]

    assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)
    assert all(int(row["reasoning_tokens"]) <= int(row["output_tokens"]) for row in rows)
    assert all(int(row["accepted"]) <= int(row["suggested"]) for row in rows)
    assert all(int(row["requests"]) >= 1 for row in rows)


def test_use_is_by_known_people_but_for_one_forgotten_key(files: dict[str, list[Line]]) -> None:
    strangers = {row["email"] for row in files["usage"] if not team_of(files, row)}

    assert strangers == {"old-reports@larkspur.example"}


def test_all_tools_and_providers_are_used_and_agents_read_mostly_from_a_cache(files: dict[str, list[Line]]) -> None:
    rows = files["usage"]
    agentic = [row for row in rows if row["tool"] == "claude_code"]
    cached = sum(int(row["cached_input_tokens"]) for row in agentic)

    assert {row["tool"] for row in rows} == set(TOOLS)
    assert len({row["provider"] for row in rows}) == 5
    assert cached > 0.8 * sum(map(tokens, agentic))


def test_some_use_is_covered_by_a_seat_some_unpriced_and_some_serves_customers(files: dict[str, list[Line]]) -> None:
    costs = [row["cost_usd"] for row in files["usage"]]

    assert sum(cost != "" and float(cost) == 0 for cost in costs) > 1000
    assert 10 < costs.count("") < 500
    assert {row["ledger"] for row in files["usage"]} == {"workforce", "product"}


def test_checkout_adopts_an_agent_tool_in_the_last_complete_month(files: dict[str, list[Line]]) -> None:
    rows = [row for row in files["usage"] if row["tool"] == ADOPTED_TOOL and team_of(files, row) == ADOPTING_TEAM]
    roster = {row["email"]: row["team"] for row in reversed(files["roster"])}
    own = [row for row in rows if roster[row["email"]] == ADOPTING_TEAM]

    assert min(row["date"] for row in own) >= "2026-10-01"
    assert len({row["email"] for row in own}) >= 6


def test_the_old_model_gives_way_to_the_new_on_one_day(files: dict[str, list[Line]]) -> None:
    people = [row for row in files["usage"] if row["tool"] == "claude_code" and "@agents." not in row["email"]]
    switch = STORIES.switch.isoformat()

    assert {row["model"] for row in people if row["date"] < switch} == {OLD_MODEL}
    assert {row["model"] for row in people if row["date"] >= switch} == {NEW_MODEL}


def test_one_teams_use_jumps(files: dict[str, list[Line]]) -> None:
    jump, fortnight = STORIES.jump, timedelta(days=14)
    rows = [row for row in files["usage"] if team_of(files, row) == JUMPING_TEAM]

    before = sum(tokens(row) for row in rows if between(row, jump - fortnight, jump - timedelta(days=1)))
    after = sum(tokens(row) for row in rows if between(row, jump, jump + fortnight - timedelta(days=1)))

    assert after > 1.6 * before


def test_use_and_work_dip_in_the_rest_week(files: dict[str, list[Line]]) -> None:
    rest, week = STORIES.rest, timedelta(days=7)
    people = [row for row in files["usage"] if "@agents." not in row["email"]]

    def in_week(rows: list[Line], monday: date) -> int:
        return sum(between(row, monday, monday + timedelta(days=6)) for row in rows)

    assert in_week(people, rest) < 0.35 * in_week(people, rest - week)
    assert in_week(files["work"], rest) < 0.8 * in_week(files["work"], rest - week)


def test_one_team_uses_nothing_and_one_is_too_small_to_show(files: dict[str, list[Line]]) -> None:
    using = {team_of(files, row) for row in files["usage"]}
    sizes = Counter(row["team"] for row in files["roster"])

    assert {row["team"] for row in files["teams"]} - using == {"Workplace"}
    assert sizes["Counsel"] < 5


def test_the_work_belongs_to_catalogued_workflows_and_its_outcomes_add_up(files: dict[str, list[Line]]) -> None:
    names = {row["workflow"] for row in files["workflows"]}
    parts = ("accepted", "reworked", "failed")

    assert 14 <= len(names) <= 25
    assert {row["workflow"] for row in files["work"]} == names
    assert {row["workflow"] for row in files["usage"]} <= names | {""}
    assert all(int(row["items"]) == sum(int(row[part]) for part in parts) for row in files["work"])


def test_work_moves_from_people_to_ai(files: dict[str, list[Line]]) -> None:
    def ai_share(start: date, end: date) -> float:
        items: Counter[str] = Counter()
        for row in files["work"]:
            if between(row, start, end):
                items[row["mode"]] += int(row["items"])
        return 1 - items["human"] / items.total()

    month = timedelta(days=28)
    assert ai_share(TODAY - month, TODAY) > ai_share(STORIES.first_day, STORIES.first_day + month) + 0.15


@pytest.mark.parametrize("day", ["2024-02-29", "2026-01-01", "2026-03-01", "2026-08-02", "2026-12-31"])
def test_any_day_can_be_today(day: str, tmp_path: Path) -> None:
    as_of = date.fromisoformat(day)

    usage = read(made(tmp_path, as_of), "usage")

    assert max(row["date"] for row in usage) == day
    assert len({date.fromisoformat(row["date"]).isocalendar()[:2] for row in usage}) == 26
