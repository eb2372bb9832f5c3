"""Large usage files of a made-up organisation, the same for the same size."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from tests.bot.sources.files.shop import USAGE_HEADER

FIRST_DAY = date(2021, 1, 1)
TEAMS = 40
WORKFLOWS = (
    "",
    "incident triage of the night shift",
    "first pass review of pull requests",
    "answers to supplier questions",
)
TOOLS = (
    "copilot,github,gpt-4.1,completion",
    "claude_code,anthropic,claude-sonnet-4-5-20250929,agent",
    "cursor,anthropic,claude-sonnet-4-5-20250929,agent",
    "chatgpt,openai,gpt-5-2025-08-07,chat",
    "gateway,openai,gpt-5-mini-2025-08-07,chat",
)


def write_organisation(folder: Path, megabytes: float, people: int) -> int:
    """Write teams, roster and a usage file of this size, of rows with keys of their own; gives how many rows."""
    folder.mkdir(parents=True, exist_ok=True)
    teams = "".join(f"Team {number},,,\n" for number in range(TEAMS))
    (folder / "teams.csv").write_text("team,parent,aliases,channel\n" + teams)
    moved = FIRST_DAY + timedelta(days=60)
    with (folder / "roster.csv").open("w") as roster:
        roster.write("email,name,team,title,manager_email,kind,location,start_date,end_date\n")
        for number in range(people):
            who = f"{_email(number)},Person {number},Team"
            roster.write(f"{who} {number % TEAMS},Engineer,,employee,Berlin,2019-01-01,{moved - timedelta(days=1)}\n")
            roster.write(f"{who} {(number + 1) % TEAMS},Engineer,,employee,Berlin,{moved},\n")
    rows = size = 0
    with (folder / "usage.csv").open("w") as usage:
        usage.write(USAGE_HEADER)
        for day in _days():
            lines = [*_lines(day, people)]
            size += usage.write("".join(lines))
            rows += len(lines)
            if size >= megabytes * 1_000_000:
                return rows
    return rows


def _days() -> Iterator[date]:
    return (FIRST_DAY + timedelta(days=number) for number in range(365 * 70))


def _email(number: int) -> str:
    return f"given.family{number:05d}@northwind.example"


def _lines(day: date, people: int) -> Iterator[str]:
    dice = Random(day.toordinal())
    for number in range(people):
        for tool in TOOLS:
            n = dice.getrandbits(40)
            yield (
                f"{day},{_email(number)},{tool},{WORKFLOWS[n % 4]},{n % 70_001},{n % 530_003},{n % 30_011},"
                f"{n % 40_009 + 10},{n % 10},{n % 50},{n % 20},{n % 6},{n % 10}.{n % 1_000_000:06d}\n"
            )
