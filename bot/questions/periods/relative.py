"""Periods counted from the day asked: "yesterday", "last week", "past 6 weeks", "two months ago", "YTD"."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.questions.periods.arithmetic import DAY, end_of, shifted, start_of, step
from bot.questions.periods.labels import period_label
from bot.questions.periods.matches import Calendar
from bot.questions.periods.phrase import Doubt, Phrase, Reading, Rule, last_days, one_day, one_unit
from bot.questions.periods.words import NUMBER, ONE_UNIT, SO_FAR, UNIT, number, rule, unit_name

_DAY_WORDS = {"today": 0, "todays": 0, "yesterday": -1, "yesterdays": -1, "tomorrow": 1}
_TO_DATE = {"w": "week", "m": "month", "q": "quarter", "y": "year"}
_BACK = "last|past|previous|prior|preceding|latest|most recent"
_AHEAD = "next|coming|upcoming"
_FULL = r"(?:full|whole|complete|completed|entire|calendar|closed|finished|work|working)"
_ANAPHORIC = frozenset(("previous", "prior", "preceding"))
_MAX = 4000


def _day_word(match: re.Match[str], calendar: Calendar) -> Reading | None:
    shift = _DAY_WORDS[match["word"]]
    return one_day(calendar.as_of + shift * DAY, match["word"], name=match["word"].removesuffix("s"))


def _around_day(match: re.Match[str], calendar: Calendar) -> Reading | None:
    shift = -2 if match["side"] == "before yesterday" else 2
    return one_day(calendar.as_of + shift * DAY, match[0])


def _now(match: re.Match[str], calendar: Calendar) -> Reading | None:
    day = calendar.as_of
    return Phrase(first=day, last=day, kind="now", unit="day", name="today", reason="a point in time: the day asked")


def current(unit: str, shift: int, calendar: Calendar, reason: str = "", *, anaphoric: bool = False) -> Phrase:
    """The unit `shift` away from the one that holds the day asked, named as people name it."""
    first, last = shifted(calendar.as_of, unit, shift)
    names = {"week": {0: "this week", -1: "last week", 1: "next week"}, "day": {-1: "yesterday", 0: "today"}}
    return Phrase(
        first=first, last=last, kind=unit, unit=unit, name=names.get(unit, {}).get(shift, ""), anaphoric=anaphoric,
        reason=reason or f"{unit} {shift:+d} from the current one",
    )  # fmt: skip


def _this_or_last(match: re.Match[str], calendar: Calendar) -> Reading | None:
    rel, unit = match["rel"].split()[-1], unit_name(match["unit"])
    shift = 0 if rel in ("this", "current", "ongoing", "running") else 1 if rel in _AHEAD else -1
    return current(unit, shift, calendar, match[0], anaphoric=rel in _ANAPHORIC)


def _loose_plural(match: re.Match[str], calendar: Calendar) -> Reading | None:
    """ "last months spend" is a lost apostrophe; "over the last months" is no number at all."""
    if match.string[: match.start()].endswith("the ") or match.end() == len(match.string):
        return Doubt(f"how many {match['unit']} is not said")
    return current(unit_name(match["unit"]), -1, calendar, match[0])


def _before_last(match: re.Match[str], calendar: Calendar) -> Reading | None:
    if match["unit"] == "weekend":
        return weekend(calendar, -1)
    return current(unit_name(match["unit"]), -2, calendar, match[0])


def _last_count(match: re.Match[str], calendar: Calendar) -> Reading | None:
    count, unit = number(match["n"]), unit_name(match["unit"])
    anaphoric = match["rel"] in _ANAPHORIC
    return last_units(count, unit, calendar, anaphoric=anaphoric)


def last_units(count: int, unit: str, calendar: Calendar, *, anaphoric: bool = False) -> Phrase | None:
    """The last `count` complete units; of one, that unit."""
    if not 1 <= count <= _MAX:
        return None
    if count == 1:
        return current(unit, -1, calendar, anaphoric=anaphoric)
    first, last = shifted(calendar.as_of, unit, -count)[0], start_of(calendar.as_of, unit) - DAY
    name = f"last {count} {unit}s"
    return Phrase(
        first=first, last=last, kind="span", name=name, count=count, step=unit, anaphoric=anaphoric,
        reason=f"{name}, complete ones" if unit != "day" else f"{name}, ending yesterday",
    )  # fmt: skip


def _elliptic(match: re.Match[str], calendar: Calendar) -> Reading | None:
    """ "last 7 vs previous 7 days": the unit comes later."""
    return last_units(number(match["n"]), unit_name(match["unit"]), calendar)


def _short_last(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return last_units(int(match["n"]), unit_name(match["unit"]), calendar)


def _trailing_year(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return last_units(12, "month", calendar)


def _next_count(match: re.Match[str], calendar: Calendar) -> Reading | None:
    count, unit = number(match["n"]), unit_name(match["unit"])
    if not 1 <= count <= _MAX:
        return None
    first = shifted(calendar.as_of, unit, 1)[0]
    last = end_of(step(first, unit, count - 1), unit)
    return Phrase(first=first, last=last, kind="span", count=count, step=unit, reason=match[0])


def _ago(match: re.Match[str], calendar: Calendar) -> Reading | None:
    count = 1 if match["n"] in ("a", "an") else number(match["n"])
    if match["unit"].startswith("fortnight"):
        return current("week", -2 * count, calendar, match[0])
    if count > _MAX:
        return None
    unit = unit_name(match["unit"])
    phrase = current(unit, -count, calendar, match[0])
    return phrase if unit == "day" or count > 1 else current(unit, -1, calendar, match[0])


def _from_now(match: re.Match[str], calendar: Calendar) -> Reading | None:
    count = 1 if match["n"] in ("a", "an") else number(match["n"])
    return current(unit_name(match["unit"]), count, calendar, match[0]) if count <= _MAX else None


def _fortnight(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return last_days(calendar, 14)


def _to_date(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return current(_TO_DATE[match["letter"]], 0, calendar, match[0])


def _unit_so_far(match: re.Match[str], calendar: Calendar) -> Reading | None:
    if match.string[: match.start()].endswith(("by ", "per ", "each ", "every ")):
        return None  # "by month so far": months since the first day
    return current(unit_name(match["unit"]), 0, calendar, match[0])


def _just_gone(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return current(unit_name(match["unit"]), -1, calendar, match[0])


def _for_the_unit(match: re.Match[str], calendar: Calendar) -> Reading | None:
    """ "for the month": the current one, unless more words say which."""
    if not match.string[: match.start()].endswith(("for ", "during ", "in ")):
        return None
    if match.string.startswith((" of ", " before", " after", " ending", " to ", " end"), match.end()):
        return None
    return current(unit_name(match["unit"]), 0, calendar, match[0])


def weekend(calendar: Calendar, shift: int, *, current: bool = False) -> Phrase:
    """The most recent complete Saturday and Sunday, or the one `shift` away from it."""
    monday = start_of(calendar.as_of, "week")
    running = current and calendar.as_of.weekday() >= 5
    first = monday + timedelta(days=5 + 7 * (shift + (0 if running else -1)))
    return one_unit(first, "weekend", "Saturday and Sunday", name="weekend" if running else "")


def _weekend(match: re.Match[str], calendar: Calendar) -> Reading | None:
    rel = match["rel"] or ""
    before = match.string[: match.start()].rsplit(" ", 2)[-2:-1]
    if not rel and (not before or before[0] not in ("the", "over", "at", "for")):
        return None  # "weekend use" is a kind of day
    return weekend(calendar, 1 if rel in _AHEAD.split("|") else 0, current=rel == "this")


def _rest(match: re.Match[str], calendar: Calendar) -> Reading | None:
    """What is left of a unit: days to come."""
    first, last = calendar.as_of + DAY, shifted(calendar.as_of, unit_name(match["unit"]), 0)[1]
    if first > last:
        return None
    return Phrase(first=first, last=last, kind="span", reason=match[0], name=f"rest ({period_label(first, last)})")


RULES: tuple[Rule, ...] = (
    (rule(rf"(?P<word>{'|'.join(_DAY_WORDS)})(?: {SO_FAR})?"), _day_word),
    (rule(r"(?:the )?day (?P<side>before yesterday|after tomorrow)"), _around_day),
    (
        rule(
            r"now(?= (?:vs|versus|against|compared)\b)|as of (?:today|now)|"
            r"as at today|right now|just now|currently|presently|at the moment|at present|"
            r"at this (?:moment|point)(?: in time)?(?! last)"
        ),
        _now,
    ),
    (
        rule(
            rf"(?P<rel>(?:this |these )?(?:{_BACK})|this|current|ongoing|running|{_AHEAD}) (?:{_FULL} )?"
            rf"(?:{_FULL} )?(?P<unit>{ONE_UNIT})(?: {SO_FAR})?"
        ),
        _this_or_last,
    ),
    (rule(r"(?:last|past) (?P<unit>weeks|months|quarters|years|days)"), _loose_plural),
    (rule(rf"(?:last|latest) (?P<unit>{ONE_UNIT}) but one"), _before_last),
    (
        rule(rf"(?P<unit>{ONE_UNIT}|weekend) before (?:the )?(?:last|previous)(?: one| (?:{ONE_UNIT}|weekend))?"),
        _before_last,
    ),
    (
        rule(
            rf"(?:these |this )?(?P<rel>{_BACK}|trailing|rolling|recent) (?:{_FULL} )?"
            rf"(?P<n>{NUMBER})[ ]?(?:{_FULL} |consecutive )?(?P<unit>{UNIT})(?: period| window)?"
        ),
        _last_count,
    ),
    (rule(rf"(?P<n>{NUMBER}) (?P<rel>most recent|latest|last|past) (?:{_FULL} )?(?P<unit>{UNIT})"), _last_count),
    (
        rule(
            rf"(?:last|past) (?P<n>{NUMBER})(?= (?:vs|versus|against|compared to|compared with|and|or) (?:the )?"
            rf"(?:{_BACK}) {NUMBER} (?P<unit>{UNIT}))"
        ),
        _elliptic,
    ),
    (rule(r"[lt](?P<n>\d{1,3})(?P<unit>d|days|w|wks|weeks|m|mo|months|q|y)"), _short_last),
    (rule(r"ttm|ltm|trailing twelve months"), _trailing_year),
    (rule(rf"(?:{_AHEAD}) (?P<n>{NUMBER})[ ]?(?P<unit>{UNIT})"), _next_count),
    (rule(rf"(?P<n>an?|{NUMBER})[ ]?(?P<unit>{UNIT}|fortnights?) (?:ago|back)"), _ago),
    (rule(rf"(?P<n>an?|{NUMBER})[ ]?(?P<unit>{UNIT}) from (?:now|today)"), _from_now),
    (rule(r"(?:(?:last|past|this|previous|a) )?fortnight"), _fortnight),
    (rule(r"(?P<letter>[wmqy])td"), _to_date),
    (rule(rf"(?P<unit>{ONE_UNIT})(?: up)? {SO_FAR}"), _unit_so_far),
    (
        rule(rf"(?P<unit>{ONE_UNIT})(?: that| which)?(?: has)? (?:just )?(?:gone|past|passed|ended|closed|finished)"),
        _just_gone,
    ),
    (rule(r"the (?P<unit>week|month|quarter|year)"), _for_the_unit),
    (rule(rf"(?:(?P<rel>last|past|previous|this|{_AHEAD}) )?weekend"), _weekend),
    (rule(r"(?:rest|remainder) of (?:the |this )?(?P<unit>week|month|quarter|year)"), _rest),
)
