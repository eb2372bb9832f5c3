"""A metric's formula in the words of a reader: without the store's names, and in the metric's own unit."""

from __future__ import annotations

import re

from storage.catalogue.declarations import Metric

_SCALES = (  # the store counts money in billionths and time in thousandths of a second
    (re.compile(r"1e-09 · (\w+)_nano\b"), r"\1"),
    (re.compile(r"1\.66667e-05 · (\w+)_ms\b"), r"\1_minutes"),
    (re.compile(r"2\.77778e-07 · (\w+)_ms\b"), r"\1_hours"),
    (re.compile(r"\(headcount_days ÷ days\)"), "headcount"),
    (re.compile(r"\b1000000\b"), "1,000,000"),
)
_WORDS = {
    "input": "fresh input",
    "cached": "cached input",
    "cache_write": "cache writes",
    "cost_nano": "cost",
    "budget_nano": "budget",
    "list": "list value",
    "headcount_days": "days on the roster",
    "members": "members",
    "agentic_tokens": "workforce tokens of agents",
    "decile_tokens": "tokens of the top tenth",
    "people_tokens": "tokens of people",
    "people_cost": "cost of people",
    "week_people": "active people of each week",
    "month_people": "active people of each month",
    "work_accepted": "accepted items",
    "work_reworked": "reworked items",
    "work_failed": "failed items",
    "ai_items": "items with AI",
    "agent_items": "items by agents",
    "timed_items": "items with their minutes",
    "human_minutes": "minutes of people",
    "human_hours": "hours of people",
    "offloaded_hours": "hours offloaded",
    "by_hand_hours": "hours of items by hand",
    "idle_seat": "price of idle seats",
    "input_cost": "cost of fresh input",
    "cached_cost": "cost of cached input",
    "cache_write_cost": "cost of cache writes",
    "output_cost": "cost of output",
    "cache_saved_cost": "cost saved by caching",
}
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def in_words(metric: Metric) -> str:
    """ "(workforce fresh input + …) ÷ headcount"; "" where the formula is the metric's own name and says nothing."""
    text = str(metric.formula)
    for pattern, plain in _SCALES:
        text = pattern.sub(plain, text)
    words = _NAME.sub(lambda found: _word(found[0]), text)
    return "" if words.lower() in (metric.label.lower(), metric.name.replace("_", " ")) else words


def formula(metric: Metric) -> str:
    """The same as a sentence behind the definition."""
    words = in_words(metric)
    return f" Formula: {words}." if words else ""


def _word(name: str) -> str:
    if name.startswith("w_"):
        return f"workforce {_word(name[2:])}"
    return _WORDS.get(name, name.replace("_", " "))
