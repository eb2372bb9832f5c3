"""Verified outcomes for tests: so many, by whom, from when on."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from storage.answer.workload import WeekOfWork
from storage.load.outcomes import OutcomeRecord

START = date(2026, 9, 7)  # a Monday


def runs(
    count: int,
    failures: int = 0,
    *,
    start: date = START,
    per_week: int = 10,
    people: int = 4,
    model: str = "m1",
    seconds: float | None = 120,
    checker: str = "human",
    name: str = "run",
) -> list[OutcomeRecord]:
    """Outcomes in order; the failures come first, so that none is recent."""
    return [
        OutcomeRecord(
            run_id=f"{name}{number}",
            day=start + timedelta(weeks=number // per_week, days=number % per_week % 5),
            workflow="w",
            checker=checker,
            checked_by=f"p{number % people}@x.example" if people else "",
            approval_seconds=seconds,
            success=number >= failures,
            model=model,
        )
        for number in range(count)
    ]


def coin(rng: Random, rate: float) -> bool:
    """One run of a process with this rate of success."""
    return rng.random() < rate


MONDAY = date(2026, 8, 24)


def weeks(
    count: int = 12, reworked: int = 5, failed: int = 1, mode: str = "agent", items: int = 50
) -> list[WeekOfWork]:
    """Quiet weeks of work that sway a little."""
    return [
        WeekOfWork(
            workflow="w",
            week=MONDAY + timedelta(weeks=number),
            mode=mode,
            items=items,
            timed=items,
            minutes=items * 30.0,
            accepted=items - reworked - failed,
            reworked=reworked + number % 2,
            failed=failed,
        )
        for number in range(count)
    ]
