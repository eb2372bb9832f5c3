"""The period grammar: finds and resolves what a question says about time, without a clock."""

from .against import is_running, pair, previous, resolve, successor, year_ago
from .finder import find
from .grains import buckets, default_grain, default_period, default_trend, find_grain
from .model import Calendar, CompareMatch, Found, GrainMatch, PeriodMatch, PeriodProblem, Span

__all__ = [
    "Calendar", "CompareMatch", "Found", "GrainMatch", "PeriodMatch", "PeriodProblem", "Span", "buckets",
    "default_grain", "default_period", "default_trend", "find", "find_grain", "is_running", "pair", "previous",
    "resolve", "successor", "year_ago",
]  # fmt: skip
