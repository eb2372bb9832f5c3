"""Parts of a period and periods beside one: "first half of October", "the week of 9 Nov", "the month before May"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.questions.lexicon.patterns import LatePattern
from bot.questions.periods.arithmetic import DAY, shifted, start_of, step
from bot.questions.periods.dates import day_of_month
from bot.questions.periods.named import holding
from bot.questions.periods.phrase import Doubt, Phrase, Reading, one_day, one_unit
from bot.questions.periods.reader import PeriodReader, Taken
from bot.questions.periods.relative import current
from bot.questions.periods.words import NUMBER, ONE_UNIT, ORDINAL, ORDINALS, UNIT, number, rule, unit_name

_BARE = rule(r"(?:the |this |our )?(?P<unit>week|month|quarter|qtr|year|yr)")
_THE = rule(r"the")
_NTH = rule(rf"(?:the )?(?P<nth>{ORDINAL}) (?:(?P<n>{NUMBER}) )?(?P<unit>half|weekend|fortnight|{UNIT}) (?:of|in)")
_EDGE = rule(r"(?:the )?(?:very )?(?P<edge>start|beginning|begin|end|close) of")
_WEEK_OF = rule(
    r"(?:the )?(?:(?:week|wk)(?: that)? (?:of|beginning|beginning on|commencing|starting|starting on|containing|"
    r"including|ending|ending on|ended|ends|to|with|around)|w/[ceb]|wc)"
)
_RUN_TO = rule(rf"(?:the )?(?P<n>{NUMBER}) (?P<unit>{UNIT}) (?:to|up to|ending|ending on|ended|until|through)")
_DAY_OF = rule(r"(?:the )?(?:(?P<day>\d{1,2})(?:st|nd|rd|th)|(?P<nth>first|second|third)) (?:of|in)")
_MONTH_DAY = rule(r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)")
_BESIDE = rule(
    rf"(?:the )?(?:(?P<n>{NUMBER}) )?(?P<unit>{UNIT}|{ONE_UNIT}) (?P<side>before|preceding|prior to|after|following)"
)
_SIZE = {"day": 0, "week": 1, "weekend": 1, "month": 2, "quarter": 3, "half": 4, "year": 5}


def operand(reader: PeriodReader, index: int) -> Taken | None:
    """What can stand after "since", "from", "until": a part or a phrase, with or without "the"."""
    taken = part(reader, index) or reader.atom(index)
    if taken is None and reader.match(_THE, index):
        taken = part(reader, index + 1) or reader.atom(index + 1)
    return taken


def part(reader: PeriodReader, index: int) -> Taken | None:
    """A phrase made of another one."""
    for pattern, build in _PARTS:
        hit = reader.match(pattern, index)
        inner = _inner(reader, hit[1], pattern is _WEEK_OF) if hit else None
        if hit is None or inner is None:
            continue
        try:
            made = inner[0] if isinstance(inner[0], Doubt) else build(hit[0], inner[0], reader)
        except (ValueError, OverflowError):
            continue
        if made is not None:
            return made, inner[1]
    return None


def _inner(reader: PeriodReader, index: int, of_week: bool) -> Taken | None:
    taken = operand(reader, index)
    if taken is None and of_week and (hit := reader.match(_MONTH_DAY, index)):
        day = day_of_month(int(hit[0]["day"]), reader.calendar)
        return (day, hit[1]) if day else None
    if taken is None and not of_week and (hit := reader.match(_BARE, index)):
        return current(unit_name(hit[0]["unit"]), 0, reader.calendar), hit[1]
    return taken


def _nth(match: re.Match[str], inner: Phrase, reader: PeriodReader) -> Reading | None:
    nth, unit = ORDINALS[match["nth"]], match["unit"]
    if unit == "fortnight":
        return _run(nth, "day", 14, inner) if nth in (1, -1) else None
    unit = unit if unit in ("half", "weekend") else unit_name(unit)
    count = number(match["n"]) if match["n"] else None
    if unit == "half":
        return None if count else _half(nth, inner)
    if inner.unit is None or _SIZE[unit] >= _SIZE.get(inner.unit, 0) or (count is not None and nth not in (1, -1)):
        return None
    if unit in ("week", "weekend"):
        return _week_within(nth, unit, count, inner)
    if count is not None:
        return _run(nth, unit, count, inner)
    first = step(start_of(inner.last, unit), unit, 0) if nth < 0 else step(inner.first, unit, nth - 1)
    return one_unit(first, unit, f"a {unit} within a period") if first <= inner.last else None


def _half(nth: int, inner: Phrase) -> Reading | None:
    second = nth != 1
    if inner.unit == "year":
        return one_unit(inner.first.replace(month=7) if second else inner.first, "half", "a half of the year")
    if inner.unit != "month":
        return Doubt(f"the half of a {inner.unit or 'span'} has no fixed days")
    middle = inner.first + timedelta(days=14)
    first, last = (middle + DAY, inner.last) if second else (inner.first, middle)
    return Phrase(
        first=first, last=last, kind="span", reason="half of a month: days 1 to 15, 16 to its end", count=2, step="half"
    )


def _week_within(nth: int, unit: str, count: int | None, inner: Phrase) -> Reading | None:
    """Weeks do not fit into months: seven days or the week that holds them."""
    if unit == "weekend" or count is not None or nth > 4:
        return Doubt(f"weeks do not fit into a {inner.unit}")
    first = inner.last - timedelta(days=6) if nth < 0 else inner.first + timedelta(days=7 * (nth - 1))
    edge = inner.last if nth < 0 else first + timedelta(days=3)
    seven = Phrase(first=first, last=first + timedelta(days=6), kind="span", reason="seven days")
    return Doubt(f"weeks do not fit into a {inner.unit}", (seven, holding(edge, "week", "the week that holds the day")))


def _run(nth: int, unit: str, count: int, inner: Phrase) -> Phrase | None:
    """The first or last so many units of a period."""
    if nth == 1:
        first, last = inner.first, step(inner.first, unit, count) - DAY
    else:
        first, last = step(start_of(inner.last, unit), unit, 1 - count), inner.last
    if first < inner.first or last > inner.last:
        return None
    return Phrase(
        first=first, last=last, kind="span", count=count, step=unit, reason=f"{count} {unit}s within a period"
    )


def _edge(match: re.Match[str], inner: Phrase, reader: PeriodReader) -> Reading | None:
    starts = match["edge"] in ("start", "beginning", "begin")
    day = inner.first if starts else inner.last
    return replace(one_day(day, f"the {match['edge']} of a period", floating=inner.floating), ends=(inner,))


def _week_of(match: re.Match[str], inner: Phrase, reader: PeriodReader) -> Reading | None:
    if inner.unit != "day":
        return None
    return replace(holding(inner.first, "week", "the week that holds a day"), floating=inner.floating)


def _beside(match: re.Match[str], inner: Phrase, reader: PeriodReader) -> Reading | None:
    """ "the month before May", "the 28 days before 1 October"."""
    unit, before = unit_name(match["unit"]), match["side"] in ("before", "preceding", "prior to")
    if match["n"]:
        return _run_beside(number(match["n"]), unit, before, inner)
    edge = inner.first if before else inner.last
    first, last = shifted(edge, unit, -1 if before else 1)
    return Phrase(first=first, last=last, kind=unit, unit=unit, reason=f"the {unit} {match['side']} a period")


def _run_beside(count: int, unit: str, before: bool, inner: Phrase) -> Phrase:
    if before:
        first, last = step(inner.first, unit, -count), inner.first - DAY
    else:
        first, last = inner.last + DAY, step(inner.last + DAY, unit, count) - DAY
    return Phrase(
        first=first, last=last, kind="span", count=count, step=unit, reason=f"{count} {unit}s beside a period"
    )


def _run_to(match: re.Match[str], inner: Phrase, reader: PeriodReader) -> Reading | None:
    """ "the two weeks to 15 November": so many units that end with a day."""
    if inner.unit != "day":
        return None
    count, unit = number(match["n"]), unit_name(match["unit"])
    first = step(inner.last + DAY, unit, -count)
    return Phrase(first=first, last=inner.last, kind="span", count=count, step=unit, reason=f"{count} {unit}s to a day")


def _day_of(match: re.Match[str], inner: Phrase, reader: PeriodReader) -> Reading | None:
    """ "the 20th of last month", "the first of November"."""
    day = int(match["day"] or ORDINALS[match["nth"]])
    if inner.unit != "month":
        return None
    return one_day(inner.first.replace(day=day), "a day by its date", floating=inner.floating)


_Build = Callable[[re.Match[str], Phrase, PeriodReader], Reading | None]
_PARTS: tuple[tuple[LatePattern, _Build], ...] = (
    (_NTH, _nth),
    (_EDGE, _edge),
    (_WEEK_OF, _week_of),
    (_BESIDE, _beside),
    (_RUN_TO, _run_to),
    (_DAY_OF, _day_of),
)
