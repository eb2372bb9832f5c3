"""Verified outcomes of some workflows: one that has earned its next stage, one whose reliability slips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bot.demo.people import RosterLine

OUTCOME_COLUMNS = (
    "date",
    "workflow",
    "run_id",
    "checker",
    "checked_by",
    "approval_seconds",
    "success",
    "severity",
    "model",
    "request_type",
    "edited",
    "tool_errors",
    "escalated",
    "retries",
)
KINDS = ("feature", "fix", "refactoring", "configuration")
WEEKS = 9
MODEL = "claude-sonnet-5"


@dataclass(frozen=True, slots=True)
class Record:
    """How often a workflow's runs are checked a week, and how reliable they are at first and at last."""

    workflow: str
    team: str
    checked: int
    before: float
    after: float


RECORDS = (
    Record("merge request review", "Booking", 16, 0.99, 0.99),
    Record("library upgrades", "Reliability", 12, 0.98, 0.90),
    Record("regression test authoring", "Booking", 6, 0.96, 0.97),
)


def outcomes(random: Random, people: Sequence[RosterLine], as_of: date) -> Iterator[Sequence[object]]:
    """One row a checked run, on workdays of the last nine weeks; five people of the team take turns."""
    for record in RECORDS:
        checkers = [
            person.email
            for person in people
            if person.team == record.team and person.end is None and person.kind != "agent"
        ][:5]
        for week in range(WEEKS):
            monday = as_of - timedelta(days=as_of.weekday() + 7 * (WEEKS - week))
            reliable = record.before + (record.after - record.before) * week / (WEEKS - 1)
            for number in range(record.checked):
                succeeded = random.random() < reliable
                yield (
                    (monday + timedelta(days=number % 5)).isoformat(),
                    record.workflow,
                    f"{record.workflow.split()[0]}-{week}-{number}",
                    "human",
                    checkers[(week + number) % len(checkers)],
                    random.randint(60, 900),
                    int(succeeded),
                    "none" if succeeded else "3",
                    MODEL,
                    KINDS[(week + number) % len(KINDS)],
                    round(0.05 + 0.1 * ((week + number) % 4 == 0), 2),
                    0,
                    0,
                    int((2 * week + number) % 7 == 0),
                )
