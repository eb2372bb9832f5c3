"""The work of Larkspur: items a day of each workflow, by who did them, and how they turned out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from bot.demo.stories import Stories
from bot.demo.workflows import WORKFLOWS, DemoWorkflow

WORK_COLUMNS = ("date", "workflow", "mode", "items", "human_minutes", "accepted", "reworked", "failed")
# The part of an item's usual minutes that a person still gives it, and the shares reworked and failed.
MODES = {"human": (1.0, 0.05, 0.010), "assisted": (0.48, 0.09, 0.012), "agent": (0.07, 0.07, 0.025)}


def work(rng: Random, stories: Stories) -> Iterator[tuple[object, ...]]:
    """The rows of work.csv in the order of their days; no work on weekends."""
    days = (stories.as_of - stories.first_day).days
    for offset in range(days + 1):
        day = stories.first_day + timedelta(days=offset)
        if day.weekday() >= 5:
            continue
        for workflow in WORKFLOWS:
            total = _count(rng, workflow.items * stories.pace(day))
            for mode, items in _split(rng, workflow, total, offset / max(1, days)).items():
                if items:
                    yield day.isoformat(), workflow.name, mode, items, *_outcome(rng, workflow, mode, items)


def _count(rng: Random, mean: float) -> int:
    """A whole number around `mean`, spread about as widely as counts of independent events are."""
    return max(0, round(rng.gauss(mean, mean**0.5)))


def _split(rng: Random, workflow: DemoWorkflow, total: int, progress: float) -> dict[str, int]:
    """Each item falls to one mode, by the shares that hold when `progress` of the weeks has passed."""
    agent = _between(workflow.agent, progress)
    assisted = agent + _between(workflow.assisted, progress)
    rolls = [rng.random() for _ in range(total)]
    by_agent = sum(roll < agent for roll in rolls)
    with_ai = sum(roll < assisted for roll in rolls)
    return {"human": total - with_ai, "assisted": with_ai - by_agent, "agent": by_agent}


def _between(ends: tuple[float, float], progress: float) -> float:
    return ends[0] + (ends[1] - ends[0]) * progress


def _outcome(rng: Random, workflow: DemoWorkflow, mode: str, items: int) -> tuple[str, int, int, int]:
    """Minutes of people, then accepted, reworked and failed, which add up to the items."""
    part, rework, failure = MODES[mode]
    minutes = items * workflow.minutes * part * rng.lognormvariate(0, 0.35 / items**0.5)
    rolls = [rng.random() for _ in range(items)]
    failed = sum(roll < failure for roll in rolls)
    reworked = sum(failure <= roll < failure + rework for roll in rolls)
    return f"{minutes:.1f}", items - reworked - failed, reworked, failed
