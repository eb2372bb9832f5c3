"""The sample organisation as the open import files: the same seed and day give the same files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random

from bot.demo.company import TEAMS
from bot.demo.outcomes import OUTCOME_COLUMNS, outcomes
from bot.demo.people import RosterLine, roster
from bot.demo.stories import Stories
from bot.demo.usage import USAGE_COLUMNS, usage
from bot.demo.work import WORK_COLUMNS, work
from bot.demo.workflows import WORKFLOWS

SEED = 7
TEAM_COLUMNS = ("team", "parent", "aliases", "channel")
ROSTER_COLUMNS = ("email", "name", "team", "title", "manager_email", "kind", "location", "start_date", "end_date")
WORKFLOW_COLUMNS = (
    "workflow",
    "team",
    "activity",
    "description",
    "stage",
    "reversible",
    "verifiable",
    "data_ready",
    "owner_email",
    "error_class",
    "minutes_low",
    "minutes_mode",
    "minutes_high",
    "exposure",
)

Rows = Iterable[Sequence[object]]


def organisation(seed: int, as_of: date, folder: Path) -> None:
    """Write Larkspur as it is on `as_of` into `folder`: six files, 26 weeks."""
    stories = Stories.before(as_of)
    # One stream a file, so that a change in one leaves the others as they were.
    people = roster(Random(f"{seed} roster"), stories.first_day, as_of)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "teams.csv", TEAM_COLUMNS, _teams())
    _write(folder / "roster.csv", ROSTER_COLUMNS, map(_spell, people))
    _write(folder / "workflows.csv", WORKFLOW_COLUMNS, _workflows(people))
    _write(folder / "usage.csv", USAGE_COLUMNS, usage(Random(f"{seed} usage"), people, stories))
    _write(folder / "work.csv", WORK_COLUMNS, work(Random(f"{seed} work"), stories))
    _write(folder / "outcomes.csv", OUTCOME_COLUMNS, outcomes(Random(f"{seed} outcomes"), people, as_of))


def _write(path: Path, columns: Sequence[str], rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def _teams() -> Iterator[Sequence[object]]:
    for team in TEAMS:
        yield team.name, team.parent, "|".join(team.aliases), team.channel


def _spell(spell: RosterLine) -> Sequence[object]:
    return (
        spell.email,
        spell.name,
        spell.team,
        spell.title,
        spell.manager_email,
        spell.kind,
        spell.location,
        spell.start.isoformat(),
        spell.end.isoformat() if spell.end else "",
    )


def _workflows(people: Sequence[RosterLine]) -> Iterator[Sequence[object]]:
    """Each workflow is owned by the lead of its team."""
    leads = {team.name: team.lead for team in TEAMS}
    owners = {spell.team: spell.email for spell in people if spell.title == leads[spell.team]}
    for flow in WORKFLOWS:
        yield (
            flow.name,
            flow.team,
            flow.activity,
            flow.description,
            flow.stage,
            flow.reversible,
            flow.verifiable,
            flow.data_ready,
            owners[flow.team],
            flow.error_class,
            round(flow.minutes * 0.6),
            round(flow.minutes),
            round(flow.minutes * 1.9),
            flow.exposure,
        )
