"""The files of the sample organisation, as lines to look at."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.demo.generate import SEED, organisation
from bot.demo.stories import Stories

TODAY = date(2026, 11, 23)
STORIES = Stories.before(TODAY)
TOKENS = ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens")
Line = Mapping[str, str]
Files = Mapping[str, list[Line]]
COLUMNS = {
    "teams": "team parent aliases channel",
    "roster": "email name team title manager_email kind location start_date end_date",
    "usage": "date email tool provider model mode workflow input_tokens cached_input_tokens cache_write_tokens "
    "output_tokens reasoning_tokens requests suggested accepted cost_usd ledger "
    "price_input price_cached price_cache_write price_output",
    "workflows": "workflow team activity description stage reversible verifiable data_ready "
    "owner_email error_class minutes_low minutes_mode minutes_high exposure",
    "work": "date workflow mode items human_minutes accepted reworked failed",
    "seats": "email tool plan start_date end_date monthly_price currency",
    "budgets": "scope name month amount currency",
    "targets": "scope name metric value by",
    "events": "date name team",
}


def read(folder: Path, name: str) -> list[Line]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def made(folder: Path, as_of: date = TODAY, seed: int = SEED) -> Path:
    organisation(seed, as_of, folder)
    return folder


def tokens(row: Line) -> int:
    return sum(int(row[name]) for name in TOKENS)


def between(row: Line, start: date, end: date) -> bool:
    return start <= date.fromisoformat(row["date"]) <= end


def holds(spell: Line, day: str) -> bool:
    return spell["start_date"] <= day and (not spell["end_date"] or day <= spell["end_date"])


def team_of(files: Files, row: Line) -> str:
    spells = (s for s in files["roster"] if s["email"] == row["email"] and holds(s, row["date"]))
    return next((spell["team"] for spell in spells), "")
