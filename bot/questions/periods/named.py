"""Named units: months, quarters, halves, years, week numbers, the week of a day."""

from __future__ import annotations

import re
from datetime import date

from bot.questions.periods.arithmetic import end_of, iso_week, start_of, step
from bot.questions.periods.dates import said_year
from bot.questions.periods.matches import Calendar
from bot.questions.periods.phrase import Phrase, Reading, Rule, one_unit
from bot.questions.periods.words import MONTH, MONTHS, YEAR_TAIL, full_year, number, rule, word_set

# Words that are months only where the words around them say so.
_ALSO_WORDS = frozenset({"may", "march", "mar", "jan"})
_LEADS = word_set(
    "in of for during since until till before after from to between and or vs versus against than with through over "
    "on by under around throughout within , - ( : ; as month beginning end start half last this next compared"
)
_ASKING = word_set("was is were did does do has how show give pull get me whats what 's our the list compare")
_VERBAL = word_set(
    "i we you they he she it be have has need want not also see ask get use well the a there "
    "this that these those on forward ahead as go"
)
_LINKS = word_set("vs versus and or to through until till compared against over by per than 's - , ? . ! for in ; : )")
_REL = r"(?:(?P<rel>last|past|this|next|previous|prior) )?"
_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4}
_COMPARATORS = word_set(
    "than over under above below least most top exceeds exceeding exceeded beyond only just about roughly around "
    "nearly almost some"
)
_COUNTED = word_set("tokens people requests dollars usd euros bucks items users minutes hours teams % k m")
_OWNED = word_set("the our total whole full entire overall my their its your all")
_YEAR_LEADS = word_set(
    "in of for during since until till before after from to between throughout vs versus against and , year calendar "
    "through all mid end start"
)


def _neighbours(match: re.Match[str]) -> tuple[str, str]:
    """The words before and after, "" at the edges."""
    before = match.string[: match.start()].rsplit(" ", 2)
    after = match.string[match.end() :].split(" ", 2)
    return (before[-2] if len(before) > 1 else ""), (after[1] if len(after) > 1 else "")


def _reads_as_month(match: re.Match[str]) -> bool:
    """Whether "may", "march", "mar", "jan" stands where a month stands."""
    before, after = _neighbours(match)
    word = match["month"]
    if word == "may" and after in _VERBAL and not (before in _LEADS and after in ("the", "this", "on", "as", "also")):
        return False
    if word == "march" and after in ("on", "forward", "ahead", "through"):
        return before in _LEADS
    if before in _LEADS or not before or not after or after in _LINKS:
        return True
    return before in _ASKING and not (word in ("jan", "mar") and before in ("did", "does", "do", "has"))


def recent(unit: str, nth: int, rel: str | None, year: int | None, calendar: Calendar) -> date:
    """The first day of the `nth` such unit of the year: the most recent begun, or as `rel` or `year` say."""
    size = {"month": 1, "quarter": 3, "half": 6}[unit]
    as_of = calendar.as_of
    first = date(year or as_of.year, (nth - 1) * size + 1, 1)
    if year is not None or rel == "this":
        return first
    if rel == "next":
        return first if first > as_of else step(first, "year", 1)
    limit = start_of(as_of, unit) if rel else as_of
    begun = first < limit if rel else first <= limit
    return first if begun else step(first, "year", -1)


def _named(unit: str, nth: int, match: re.Match[str], calendar: Calendar) -> Phrase:
    year = said_year(match, calendar)
    rel = match.groupdict().get("rel")
    first = recent(unit, nth, rel, year, calendar)
    return one_unit(first, unit, f"a {unit} by name", floating=year is None and not rel)


def _month(match: re.Match[str], calendar: Calendar) -> Reading | None:
    plain = match[0] == match["month"] and match["month"] in _ALSO_WORDS
    if plain and not _reads_as_month(match):
        return None
    return _named("month", MONTHS[match["month"]], match, calendar)


def _iso_month(match: re.Match[str], calendar: Calendar) -> Reading | None:
    month = int(match["m"])
    return one_unit(date(int(match["y"]), month, 1), "month", "a month by number") if 1 <= month <= 12 else None


def _quarter(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return _named("quarter", int(match["q"]), match, calendar)


def _ordinal_quarter(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return _named("quarter", _QUARTERS[match["nth"]], match, calendar)


def _quarter_number(match: re.Match[str], calendar: Calendar) -> Reading | None:
    nth = number(match["nth"])
    return _named("quarter", nth, match, calendar) if 1 <= nth <= 4 else None


def _year_quarter(match: re.Match[str], calendar: Calendar) -> Reading | None:
    unit = "half" if match["letter"] == "h" else "quarter"
    nth = int(match["q"])
    if unit == "half" and nth > 2:
        return None
    return one_unit(recent(unit, nth, None, int(match["y"]), calendar), unit, f"a {unit} by name")


def _half(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return _named("half", int(match["h"]), match, calendar)


def _half_words(match: re.Match[str], calendar: Calendar) -> Reading | None:
    if match.string.startswith(" of ", match.end()):
        return None  # of what is said next: see parts
    return _named("half", 1 if match["nth"] in ("first", "1st") else 2, match, calendar)


def _week(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return week_number(int(match["week"]), said_year(match, calendar), calendar)


def week_number(week: int, year: int | None, calendar: Calendar) -> Phrase | None:
    """An ISO week: of that year, else the most recent one that has begun."""
    this_year = calendar.as_of.isocalendar().year
    years = [year] if year is not None else range(this_year, this_year - 8, -1)
    mondays = (iso_week(each, week) for each in years)
    first = next((day for day in mondays if day and (year is not None or day <= calendar.as_of)), None)
    return one_unit(first, "week", "an ISO week by number", floating=year is None) if first else None


def _iso_week(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return week_number(int(match["week"]), int(match["y"]), calendar)


def _year(match: re.Match[str], calendar: Calendar) -> Reading | None:
    year = full_year(match["y"])
    before, after = _neighbours(match)
    owned = before in _OWNED and abs(year - calendar.as_of.year) <= 3  # "the 2026 bill", "total 2026 tokens"
    if after in _COUNTED and not owned:
        return None
    said = owned or match["lead"] is not None or before in _YEAR_LEADS or not before
    loose = before not in _COMPARATORS and (not after or after in _LINKS) and year <= calendar.as_of.year + 10
    return one_unit(date(year, 1, 1), "year", "a year") if said or loose else None


def _calendar_year(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return one_unit(date(2000 + int(match["y"].lstrip("'")), 1, 1), "year", "a calendar year")


def holding(day: date, unit: str, reason: str) -> Phrase:
    """The unit that holds a day."""
    first = start_of(day, unit)
    return Phrase(first=first, last=end_of(first, unit), kind=unit, unit=unit, reason=reason)


RULES: tuple[Rule, ...] = (
    (rule(rf"{_REL}(?:month of )?{MONTH}{YEAR_TAIL}"), _month),
    (rule(r"(?P<y>20\d\d)[-/](?P<m>\d{1,2})"), _iso_month),
    (rule(rf"{_REL}q(?P<q>[1-4]){YEAR_TAIL}"), _quarter),
    (rule(rf"(?P<nth>first|second|third|fourth|final|1st|2nd|3rd|4th) (?:quarter|qtr){YEAR_TAIL}"), _ordinal_quarter),
    (rule(rf"(?:quarter|qtr) (?P<nth>[1-4]|one|two|three|four){YEAR_TAIL}"), _quarter_number),
    (rule(r"(?P<y>20\d\d)[- ]?(?P<letter>[qh])(?P<q>[1-4])"), _year_quarter),
    (rule(rf"{_REL}h(?P<h>[12]){YEAR_TAIL}"), _half),
    (rule(rf"(?P<nth>first|1st|second|2nd) half{YEAR_TAIL}"), _half_words),
    (rule(rf"(?:(?:iso |calendar )?(?:weeks?|wks?) ?(?:no |number )?|[ck]w ?|w)(?P<week>\d{{1,2}}){YEAR_TAIL}"), _week),
    (rule(r"(?P<y>20\d\d)-?(?: )?w(?P<week>\d{1,2})"), _iso_week),
    (rule(r"(?P<lead>(?:calendar )?year |cy ?)?(?P<y>(?:19|20)\d\d)"), _year),
    (rule(r"cy ?(?P<y>'?\d\d)"), _calendar_year),
)
