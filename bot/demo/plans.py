"""What Larkspur set itself: budgets of this month and the last, targets, and when it changed something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from math import ceil

from bot.demo.stories import ADOPTING_TEAM, Stories

BUDGET_COLUMNS = ("scope", "name", "month", "amount", "currency")
TARGET_COLUMNS = ("scope", "name", "metric", "value", "by")
EVENT_COLUMNS = ("date", "name", "team")
STEP = 5  # dollars that a budget is rounded up to
# Which part of a budget was used last month; the same amount stands for this month.
BUDGETS = (("organisation", "", 0.9), ("team", ADOPTING_TEAM, 0.8), ("tool", "claude_code", 0.85))
TIGHT = ADOPTING_TEAM  # its new tool has nearly used this month's up
TIGHTLY = 0.95
TARGETS = (
    ("organisation", "", "adoption_rate", "85%", 0),
    ("organisation", "", "ai_share", "60%", 1),
    ("team", ADOPTING_TEAM, "adoption_rate", "95%", 0),
    ("team", "Customer Care", "hours_offloaded", "500", 1),
)

Spent = Mapping[tuple[str, str, date], float]  # dollars by scope, name and first day of the month


def budgets(spent: Spent, as_of: date) -> Iterator[Sequence[object]]:
    """The rows of budgets.csv, in proportion to what was spent."""
    this_month = as_of.replace(day=1)
    last_month = (this_month - timedelta(days=1)).replace(day=1)
    for scope, name, used in BUDGETS:
        amount = _rounded(spent.get((scope, name, last_month), 0.0) / used)
        yield scope, name, last_month.isoformat()[:7], amount, "USD"
        if name == TIGHT:
            amount = _rounded(spent.get((scope, name, this_month), 0.0) / TIGHTLY, to=1)
        yield scope, name, this_month.isoformat()[:7], amount, "USD"


def targets(as_of: date) -> Iterator[Sequence[object]]:
    """The rows of targets.csv: due at the end of the running quarter, or of a later one."""
    for scope, name, metric, value, later in TARGETS:
        quarter = as_of.year * 4 + (as_of.month - 1) // 3 + later
        yield scope, name, metric, value, f"{quarter // 4}-Q{quarter % 4 + 1}"


def events(stories: Stories) -> Iterator[Sequence[object]]:
    """The rows of events.csv: what the stories changed, on their days."""
    yield stories.switch.isoformat(), "Move to Sonnet", ""
    yield stories.adoption.isoformat(), "Claude Code rollout", ADOPTING_TEAM


def _rounded(amount: float, to: int = STEP) -> int:
    return max(1, ceil(amount / to)) * to
