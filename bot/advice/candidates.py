"""Candidates that nobody catalogued: recurring work with much human time and little AI, and tokens in no workflow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from storage.answer.workload import WeekOfWork

RUNS = 3  # a week
WEEKS = 3  # of the last four with so many runs
OF_WEEKS = 4
LEAST_HOURS = 2.0  # of people, a week
LITTLE_AI = 0.3
MUCH_OUTSIDE = 0.5  # of a team's tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something to look at: a kind of work to catalogue, or a team whose use of AI belongs to no workflow."""

    kind: str
    name: str
    why: str
    hours: float = 0.0
    share: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"kind": self.kind, "name": self.name, "why": self.why, "hours_per_week": round(self.hours, 2)}


def uncatalogued(rows: Iterable[WeekOfWork], catalogued: Collection[str], last: date, weeks: float) -> list[Candidate]:
    """Work of no catalogued workflow that recurs, with much human time and little AI in it; most hours first.

    `rows` are of the `weeks` recorded weeks up to the one that begins on `last`.
    """
    by_name: dict[str, list[WeekOfWork]] = {}
    for row in rows:
        if row.workflow and row.workflow not in catalogued:
            by_name.setdefault(row.workflow, []).append(row)
    found = [candidate for name, some in by_name.items() if (candidate := _candidate(name, some, last, weeks))]
    return sorted(found, key=lambda candidate: (-candidate.hours, candidate.name))


def recurs(rows: Iterable[WeekOfWork], last: date) -> bool:
    """At least three runs a week in three of the four weeks up to the one that begins on `last`."""
    runs: dict[date, int] = {}
    for row in rows:
        if last - timedelta(weeks=OF_WEEKS) < row.week <= last:
            runs[row.week] = runs.get(row.week, 0) + row.items
    return sum(count >= RUNS for count in runs.values()) >= WEEKS


def outside(shares: Mapping[str, float]) -> list[Candidate]:
    """Teams most of whose tokens belong to no workflow; the largest share first."""
    return [
        Candidate(
            kind="tokens outside workflows",
            name=team,
            why=f"{share:.0%} of {team}'s tokens belong to no workflow: name the work they are spent on",
            share=share,
        )
        for team, share in sorted(shares.items(), key=lambda item: (-item[1], item[0]))
        if share >= MUCH_OUTSIDE
    ]


def _candidate(name: str, rows: list[WeekOfWork], last: date, weeks: float) -> Candidate | None:
    items = sum(row.items for row in rows)
    with_ai = sum(row.items for row in rows if row.mode != "human")
    hours = sum(row.minutes for row in rows if row.mode == "human") / 60 / weeks if weeks else 0.0
    if not items or with_ai / items > LITTLE_AI or hours < LEAST_HOURS or not recurs(rows, last):
        return None
    why = f"about {hours:,.0f} hours a week by hand and AI in {with_ai / items:.0%} of it, in no catalogue"
    return Candidate(kind="work", name=name, why=why, hours=hours)
