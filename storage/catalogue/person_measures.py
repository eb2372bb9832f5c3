"""The measures that look at people one by one, by their names: some hold a number ("p90_tokens")."""

from __future__ import annotations

import re
from dataclasses import dataclass

MEDIAN = 50
FIRST, RETURNING = "first_time_users", "returning_users"
WEEK_PEOPLE, MONTH_PEOPLE = "week_people", "month_people"  # active people of each whole week (month), added up
BASES = ("tokens", "effective_tokens", "requests", "cost", "active_days")  # what somebody has a number of
_BASE = "|".join(sorted(BASES, key=len, reverse=True))
_SPREAD = re.compile(rf"(?:(median)|p([1-9]\d?))_({_BASE})")
_REGULAR = re.compile(r"people_active_([1-9]\d{0,2})_days")


@dataclass(frozen=True, slots=True)
class Percentile:
    """A percentile (the median is the 50th) of what people have."""

    percent: int
    base: str


def percentile(name: str) -> Percentile | None:
    """The percentile that a metric, or its measure, is; None where it is none."""
    found = _SPREAD.fullmatch(name)
    return Percentile(MEDIAN if found[1] else int(found[2]), found[3]) if found else None


def fewest_days(name: str) -> int | None:
    """The active days that somebody needs to be counted; None where a metric, or its measure, does not count so."""
    found = _REGULAR.fullmatch(name)
    return int(found[1]) if found else None


def looks_at_people(name: str) -> bool:
    """Whether a measure is worked out of what each person has."""
    return (
        name in (FIRST, RETURNING, WEEK_PEOPLE, MONTH_PEOPLE)
        or percentile(name) is not None
        or fewest_days(name) is not None
    )
