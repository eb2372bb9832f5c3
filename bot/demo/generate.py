"""The sample organisation as the open import files: the same seed and day give the same files."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random

from bot.demo.company import TEAMS
from bot.demo.outcomes import OUTCOME_COLUMNS, outcomes
from bot.demo.people import RosterLine, roster
from bot.demo.plans import BUDGET_COLUMNS, EVENT_COLUMNS, TARGET_COLUMNS, budgets, events, targets
from bot.demo.seats import SEAT_COLUMNS, seats
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
    """Write Larkspur as it is on `as_of` into `folder`: ten files, 26 weeks."""
    stories = Stories.before(as_of)
    # One stream a file, so that a change in one leaves the others as they were.
    people = roster(Random(f"{seed} roster"), stories.first_day, as_of)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "teams.csv", TEAM_COLUMNS, _teams())
    _write(folder / "roster.csv", ROSTER_COLUMNS, map(_spell, people))
    _write(folder / "workflows.csv", WORKFLOW_COLUMNS, _workflows(people))
    used = [*usage(Random(f"{seed} usage"), people, stories)]
    _write(folder / "usage.csv", USAGE_COLUMNS, used)
    _write(folder / "work.csv", WORK_COLUMNS, work(Random(f"{seed} work"), stories))
    _write(folder / "outcomes.csv", OUTCOME_COLUMNS, outcomes(Random(f"{seed} outcomes"), people, as_of))
    _write(folder / "seats.csv", SEAT_COLUMNS, seats(people, _users(used), stories.first_day))
    _write(folder / "budgets.csv", BUDGET_COLUMNS, budgets(_spent(used, people), as_of))
    _write(folder / "targets.csv", TARGET_COLUMNS, targets(as_of))
    _write(folder / "events.csv", EVENT_COLUMNS, events(stories))


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


def _users(used: Sequence[Sequence[object]]) -> dict[str, set[str]]:
    """The e-mails of each tool's users."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    for _, email, tool, *_ in used:
        users[str(tool)].add(str(email))
    return users


def _spent(used: Sequence[Sequence[object]], people: Sequence[RosterLine]) -> dict[tuple[str, str, date], float]:
    """Dollars by scope, name and month: of all, of each tool, and of each team without those below it."""
    paid = USAGE_COLUMNS.index("cost_usd")
    spells: defaultdict[str, list[RosterLine]] = defaultdict(list)
    for spell in people:
        spells[spell.email].append(spell)
    spent: defaultdict[tuple[str, str, date], float] = defaultdict(float)
    for row in used:
        day, dollars = date.fromisoformat(str(row[0])), float(str(row[paid]) or 0)
        team = next((spell.team for spell in spells[str(row[1])] if spell.holds(day)), "")
        for scope, name in (("organisation", ""), ("tool", str(row[2])), ("team", team)):
            spent[scope, name, day.replace(day=1)] += dollars
    return spent
