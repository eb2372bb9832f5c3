"""The period grammar: finds and resolves what a question says about time, without a clock."""

from bot.questions.periods.against import is_running, pair, previous, resolve, successor, year_ago
from bot.questions.periods.finder import find
from bot.questions.periods.grains import buckets, default_grain, default_period, default_trend, find_grain
from bot.questions.periods.matches import (
    Calendar,
    CompareMatch,
    FoundPeriods,
    GrainMatch,
    PeriodMatch,
    PeriodProblem,
    Span,
)

__all__ = [
    "Calendar", "CompareMatch", "FoundPeriods", "GrainMatch", "PeriodMatch", "PeriodProblem", "Span", "buckets",
    "default_grain", "default_period", "default_trend", "find", "find_grain", "is_running", "pair", "previous",
    "resolve", "successor", "year_ago",
]  # fmt: skip
