"""Days said by date or weekday: "9 nov", "the 9th of November", "2026-11-09", "last friday"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.questions.periods.arithmetic import add_months, start_of
from bot.questions.periods.matches import Calendar
from bot.questions.periods.phrase import Doubt, Phrase, Reading, Rule, one_day
from bot.questions.periods.words import (
    DAY,
    MONTH,
    MONTHS,
    SHORT_WEEKDAYS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    YEAR_TAIL,
    alternation,
    full_year,
    rule,
    word_set,
)

_LEADS = word_set("on am since until till from to between and before after by through of the , - vs versus against")
_LOOSE = word_set("of the by , - and to through")
_COUNTED = word_set("teams people tools models users workflows biggest largest highest lowest heaviest most top best")
_SLASHED = re.compile(r"(?<!\S)(\d{1,2})/(\d{1,2})(?:/\d{2,4})?(?!\S)")


def said_year(match: re.Match[str], calendar: Calendar) -> int | None:
    """The year a phrase names, None where it names none."""
    groups = match.groupdict()
    if groups.get("year"):
        return full_year(groups["year"])
    if not groups.get("rel_year"):
        return None
    shift = {"this": 0, "current": 0, "next": 1}.get(groups["rel_year"], -1)
    return calendar.as_of.year + shift


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def latest(month: int, day: int, as_of: date) -> date | None:
    """The most recent such day not after `as_of`."""
    years = range(as_of.year, max(0, as_of.year - 9), -1)
    days = (_valid(year, month, day) for year in years)
    return next((found for found in days if found and found <= as_of), None)


def _dated(month: int, day: int, year: int | None, calendar: Calendar) -> Phrase | None:
    found = latest(month, day, calendar.as_of) if year is None else _valid(year, month, day)
    return one_day(found, "a day by its date", floating=year is None) if found else None


def _with_month(match: re.Match[str], calendar: Calendar) -> Reading | None:
    """A day and its month; a day that month never has is doubtful rather than left out."""
    found = _dated(MONTHS[match["month"]], int(match["day"]), said_year(match, calendar), calendar)
    if found is None and 29 <= int(match["day"]) <= 31:
        return Doubt(f"there is no {match[0]}")
    return found


def _month_first(match: re.Match[str], calendar: Calendar) -> Reading | None:
    following = match.string[match.end() :].split(" ", 2)[1:2]
    if following and following[0] in _COUNTED and match[0][-1].isdigit():
        return None  # "in October 5 biggest teams"
    return _with_month(match, calendar)


def _iso(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return _dated(int(match["m"]), int(match["d"]), int(match["y"]), calendar)


def _dotted(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return _dated(int(match["m"]), int(match["d"]), _short_year(match["y"]), calendar)


def _dotted_short(match: re.Match[str], calendar: Calendar) -> Reading | None:
    """ "05.11.", "since 5.11": where a stop or a word before it says that it is a day, not a number."""
    before = match.string[: match.start()].split()
    expected = bool(before) and before[-1] in _LEADS - {"of", "by", "the", ","}
    if not (expected or (match["stop"] and len(match["d"]) == 2)) or int(match["m"]) not in range(1, 13):
        return None
    return _dated(int(match["m"]), int(match["d"]), None, calendar)


def _short_year(word: str | None) -> int | None:
    return None if word is None else int(word) + (2000 if len(word) == 2 else 0)


def _slashed(match: re.Match[str], calendar: Calendar) -> Reading | None:
    """ "9/11": the day or the month first, unless only one of them can be."""
    if match[0] == "24/7" or match.string.startswith(" of ", match.end()):
        return None
    first, two, year = int(match["a"]), int(match["b"]), _short_year(match["y"])
    orders = _orders(match.string, (two, first), (first, two))
    readings = tuple(
        found for month, day in orders
        if 1 <= month <= 12 and (found := _dated(month, day, year, calendar))
    )  # fmt: skip
    if len(readings) < 2:
        return readings[0] if readings else None
    return Doubt(f"{match[0]} can be the day or the month first", readings)


def _orders(text: str, *orders: tuple[int, int]) -> list[tuple[int, int]]:
    """Day first, month first; another date of the question that can only be read one way decides for all."""
    others = [(int(day), int(month)) for day, month in _SLASHED.findall(text)]
    if any(day > 12 for day, _ in others):
        orders = orders[:1]
    elif any(month > 12 for _, month in others):
        orders = orders[1:]
    return list(dict.fromkeys(orders))


def _of_month(match: re.Match[str], calendar: Calendar) -> Reading | None:
    """ "the 9th": the most recent one; only where the words before it expect a day."""
    before = match.string[: match.start()].split()
    if not before or (before[-1] if before[-1] != "the" else " ".join(before[-2:-1])) not in _LEADS - {"of", "the"}:
        return None
    return day_of_month(int(match["day"]), calendar)


def day_of_month(day: int, calendar: Calendar) -> Phrase | None:
    """The most recent day of that number not after the day asked."""
    for back in range(13):
        month = add_months(calendar.as_of.replace(day=1), -back)
        found = _valid(month.year, month.month, day)
        if found and found <= calendar.as_of:
            return one_day(found, "a day of the month", floating=True)
    return None


def _weekday(match: re.Match[str], calendar: Calendar) -> Reading | None:
    word, rel, week = match["weekday"], match["rel"], match["week"]
    if word in SHORT_WEEKDAYS and not rel and not week:
        before = match.string[: match.start()].split()[-3:]
        if not _after_lead(before) and not _IN_A_ROW.match(match.string, match.start("weekday")):
            return None  # "sun", "sat", "wed" are words too
    return weekday(WEEKDAYS[word], calendar, week or "", rel or "")


_IN_A_ROW = rule(rf"{WEEKDAY} (?:to|-|through) {WEEKDAY}")


def _after_lead(before: list[str]) -> bool:
    """Whether the words before expect a weekday: "on", or another weekday that is expected and "to"."""
    if not before:
        return False
    if before[-1] in ("to", "-", "through"):
        return before[-2:-1] != [] and before[-2] in WEEKDAYS
    if before[-1] == "and":
        return len(before) == 3 and before[1] in WEEKDAYS and before[0] in _LEADS - _LOOSE
    return before[-1] in _LEADS - _LOOSE


def weekday(number: int, calendar: Calendar, week: str, rel: str) -> Phrase:
    """A day of a named week, else the most recent such day before the day asked."""
    as_of = calendar.as_of
    if week or rel == "this":
        shift = {"last": -1, "previous": -1, "prior": -1, "next": 1}.get(week.split()[-2] if week else "this", 0)
        day = start_of(as_of, "week") + timedelta(days=7 * shift + number)
    elif rel == "next":
        day = as_of + timedelta(days=(number - as_of.weekday() - 1) % 7 + 1)
    else:
        day = as_of - timedelta(days=(as_of.weekday() - number - 1) % 7 + 1)
    return one_day(day, "a weekday", floating=not week and rel not in ("this", "next"))


_WEEK = r"(?:the )?(?:last|this|previous|prior|next) (?:week|wk)"
_NAMED_WEEKDAY = rf"(?P<weekday>{alternation(WEEKDAYS)})"

RULES: tuple[Rule, ...] = (
    (rule(r"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"), _iso),
    (rule(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>(?:20)?\d\d)"), _dotted),
    (rule(r"(?P<d>\d{1,2})\.(?P<m>\d\d)(?P<stop> \.)?"), _dotted_short),
    (rule(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<y>(?:20)?\d\d))?"), _slashed),
    (rule(rf"(?:{WEEKDAY}(?: ,)? )?(?:the )?{DAY}(?: of)?(?: ,)? {MONTH}{YEAR_TAIL}"), _with_month),
    (rule(rf"(?:{WEEKDAY}(?: ,)? )?{MONTH} (?:the )?{DAY}(?: ,)?{YEAR_TAIL}"), _month_first),
    (rule(rf"{MONTH} (?:the )?{DAY}(?: ,)? (?P<year>{YEAR})"), _with_month),
    (rule(r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)"), _of_month),
    (
        rule(
            rf"(?:(?P<rel>this past|last|past|previous|this|next) )?{_NAMED_WEEKDAY}(?:(?: of| in)? (?P<week>{_WEEK}))?"
        ),
        _weekday,
    ),
    (rule(rf"(?P<week>{_WEEK})(?: 's| on)? (?P<rel>){_NAMED_WEEKDAY}"), _weekday),
)
