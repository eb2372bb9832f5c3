"""Times that no calendar knows: sprints, seasons, holidays, events, hours, "early October"."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.questions.periods.matches import Calendar
from bot.questions.periods.phrase import Doubt, Phrase, Reading, Rule, last_days, one_day
from bot.questions.periods.words import MONTH, NUMBER, UNIT, alternation, rule

_CYCLES = (
    "sprint", "iteration", "release", "cycle", "semester", "term", "trimester", "season", "pi", "increment", "payroll",
    "billing cycle", "billing period", "pay period", "pay cycle", "reporting period", "budget cycle", "planning cycle",
    "school year", "academic year",
)  # fmt: skip
_SEASONS = ("summer", "winter", "spring", "autumn", "fall")
_HOLIDAYS = (
    "christmas", "xmas", "thanksgiving", "easter", "black friday", "new year 's eve", "new years eve", "halloween",
    "ramadan", "diwali", "the holidays", "the holiday season", "holiday season",
)  # fmt: skip
_EVENTS = (
    "launch", "launched", "reorg", "rollout", "migration", "kickoff", "kick off", "offsite", "onboarding", "merger",
    "acquisition", "renewal", "announcement", "training", "pilot", "switch",
)  # fmt: skip
_REL = "last|this|next|past|previous|prior|current|the last|the past|the current|the previous"


def _unknown(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return Doubt(f"the calendar does not say when {match[0]} is")


def _half_year(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return Doubt(f"{match[0]} can be a half of the calendar year or six months")


def _uncounted(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return Doubt("how many is not said")


def _fraction(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return Doubt("only whole days, weeks, months, quarters and years can be counted")


def _hours(match: re.Match[str], calendar: Calendar) -> Reading | None:
    day = calendar.as_of
    return Doubt("only whole days are recorded", (one_day(day - timedelta(days=1), ""), one_day(day, "")))


def _workdays(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return Doubt("working days are not told from other days here")


def _part_of_month(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return Doubt(f"{match[0]} has no exact days")


def _lately(match: re.Match[str], calendar: Calendar) -> Reading | None:
    default = last_days(calendar, 28)
    return Phrase(
        first=default.first, last=default.last, kind="vague", name=default.name, count=28, step="day",
        reason=f"{match[0]}: as if nothing were said",
    )  # fmt: skip


RULES: tuple[Rule, ...] = (
    (rule(rf"(?:{_REL}) half year"), _half_year),
    (rule(rf"(?:{_REL}) (?:\d+ |{NUMBER} )?(?:{alternation(_CYCLES)})s?"), _unknown),
    (rule(r"(?:sprint|iteration) #?\d+"), _unknown),
    (
        rule(
            rf"(?:{_REL}|in the|over the|during the|since|in|during) (?:{alternation(_SEASONS)})(?! in| out| off)"
            rf"|(?:(?:{_REL}|in|over|since|during|around|before|after|at|for) )?(?:{alternation(_HOLIDAYS)})(?: week)?"
        ),
        _unknown,
    ),
    (rule(rf"(?:since|before|after|until) (?:the |our |we |its )?(?:\w+ )?(?:{alternation(_EVENTS)})"), _unknown),
    (
        rule(
            rf"(?:(?:in|over|for|during) )?(?:the |these )?(?:last|past|previous|recent) "
            rf"(?:few|several|some|many|number of|handful of) (?:{UNIT})"
        ),
        _uncounted,
    ),
    (rule(r"(?:(?:in|over|for) )?(?:the )?(?:recent|past) (?:days|weeks|months|quarters|years)"), _uncounted),
    (rule(rf"(?:a few|several|some|many) (?:{UNIT}) (?:ago|back)|a while (?:ago|back)"), _uncounted),
    (
        rule(
            rf"(?:last|past|previous|trailing) (?:{NUMBER} (?:{UNIT} )?and an? (?:half|quarter)(?: of)?(?: {UNIT})?"
            rf"|\d+\.\d+ {UNIT})"
        ),
        _fraction,
    ),
    (rule(rf"(?:last|past|previous) (?:{NUMBER} )?(?:hours?|hrs?|minutes?|mins?)"), _hours),
    (rule(rf"(?:last|past) \d+h|(?:{NUMBER}|an) (?:hours?|hrs?|minutes?|mins?) ago"), _hours),
    (rule(r"(?:this|yesterday|tomorrow|last) (?:morning|afternoon|evening|night)|tonight|overnight"), _hours),
    (
        rule(rf"(?:last|past|previous|this) (?:{NUMBER} )?(?:working|business|work|week) ?days?|(?:{NUMBER} )"
             r"(?:working|business|work|week) ?days ago"),
        _workdays,
    ),
    (rule(rf"(?:early|mid|middle of|late) (?:in )?{MONTH}(?: 20\d\d)?"), _part_of_month),
    (rule(r"(?:early|mid|late|later) (?:in )?(?:this|last|next) (?:week|month|quarter|year)"), _part_of_month),
    (rule(r"recently|lately|these days|nowadays|of late"), _lately),
)  # fmt: skip
