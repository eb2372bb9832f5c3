"""Grains: the words for a series, the grain nothing said means, and the buckets of a period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.questions.lexicon.patterns import LatePattern
from bot.questions.periods.arithmetic import end_of, start_of, step
from bot.questions.periods.labels import period_label
from bot.questions.periods.matches import Calendar, GrainKind, GrainMatch, PeriodMatch, Span
from bot.questions.periods.phrase import last_days, matched
from bot.questions.periods.relative import last_units
from bot.questions.periods.words import rule, word_set
from storage.records import Period

MAX_DAYS_BY_DAY = 20
MAX_DAYS_BY_WEEK = 26 * 7
_NOWHERE = Span(0, 0)

_TREND = {"week": (12, "week"), "month": (6, "month"), "quarter": (4, "quarter")}
_NAMES = {
    "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year", "annually": "year",
    "annual": "year", "day": "day", "date": "day", "week": "week", "wk": "week", "month": "month",
    "mth": "month", "mo": "month",
    "quarter": "quarter", "qtr": "quarter", "year": "year", "yr": "year",
}  # fmt: skip
_GRAIN = r"(?P<grain>day|week|wk|month|mth|mo|quarter|qtr|year|yr)"
_ADVERB = r"(?P<grain>daily|weekly|monthly|quarterly|yearly|annually|annual)"
_MEAN = r"(?:average|averaged|avg|mean)"
_BEST = (
    r"(?:(?!latest|rest|test|request|interest|first|last)[a-z]{2,}est|best|worst|peak|top|record|bottom|"
    r"(?:most|least) (?!last|this|past|next|of|in|per|by|every|each|a )[a-z]+)"
)
# "by week over the last two months" is a grain; "week over week" is none.
_OVER = (
    r"over (?!(?:the |these |those |all |our |a )?(?:last|past|previous|whole|first|course|period|"
    r"\d|year|summer|q\d|h\d))"
)
_NOT_GRAIN = rf"(?! (?:of the week|of week|ago|before|{_OVER}|on|to date|so far|ending|\d))"
_RULES: tuple[tuple[LatePattern, GrainKind], ...] = (
    (rule(rf"{_MEAN} (?:number )?(?:per|a|each|by) {_GRAIN}"), "average"),
    (rule(rf"{_MEAN} {_ADVERB}"), "average"),
    (rule(rf"{_ADVERB} {_MEAN}"), "average"),
    (rule(rf"(?:per|a|each) {_GRAIN} (?:on average|{_MEAN})"), "average"),
    (rule(rf"on average (?:per|a|each|every) {_GRAIN}"), "average"),
    (rule(r"(?:an? )?(?P<grain>day|week|month|quarter|year) (?:by|after|for) (?P=grain)"), "series"),
    (rule(rf"(?:split |broken |break |cut )?(?:down )?by (?:calendar |the )?{_GRAIN}s?{_NOT_GRAIN}"), "series"),
    (rule(rf"(?:per|(?:for |in )?(?:each|every)) (?:single |calendar )?{_GRAIN}{_NOT_GRAIN}"), "series"),
    (rule(rf"{_ADVERB}(?: basis)?"), "series"),
    (rule(rf"(?P<article>a) {_GRAIN}{_NOT_GRAIN}(?! (?:earlier|later|after|back|from))"), "series"),
    (rule(rf"(?:which|what) (?:\d+ |two |three |five )?{_GRAIN}s?{_NOT_GRAIN}"), "rank"),
    (rule(r"(?:which|what) (?:calendar )?(?P<grain>date)s?"), "rank"),
    (rule(rf"(?:in|on|within|over|for) (?:a|any|one) single {_GRAIN}{_NOT_GRAIN}"), "rank"),
    (rule(rf"(?:\d+ |two |three |five )?{_BEST} (?:\d+ |two |three |five |ten )?{_GRAIN}s?{_NOT_GRAIN}"), "rank"),
    (rule(r"over time|trend(?:s|ed|ing|line)?|evolution|evolv(?:e|ed|es|ing)|timeline|trajectory"), "trend"),
)  # fmt: skip
_STARTERS = word_set(
    "by for per a each every in down average averaged avg mean on which what over trend trends trended trending "
    "trendline evolution evolve evolved evolves evolving timeline trajectory split broken break cut best worst peak "
    "top record bottom most least two three five"
) | frozenset(_NAMES)  # fmt: skip
_NOUN_BEFORE = word_set("in once over within for of during through last half such what quite")


def find_grain(tokens: Sequence[str]) -> tuple[GrainMatch, ...]:
    """The grain phrases of a question, none overlapping, in the order said."""
    text = " ".join(tokens)
    found: list[GrainMatch] = []
    at = 0
    index = 0
    for position, token in enumerate(tokens):
        start, at = at, at + len(token) + 1
        if position < index or (token not in _STARTERS and not token.endswith("est") and not token.isdecimal()):
            continue
        match = _at(text, start, position, tokens)
        if match is not None:
            found.append(match)
            index = match.span.end
    return tuple(found)


def _at(text: str, start: int, position: int, tokens: Sequence[str]) -> GrainMatch | None:
    for pattern, kind in _RULES:
        hit = pattern.match(text, start)
        if hit is None:
            continue
        groups = hit.groupdict()
        if groups.get("article") and (not position or tokens[position - 1] in _NOUN_BEFORE):
            continue
        stop = position + hit[0].count(" ") + 1
        grain = _NAMES[groups["grain"]] if "grain" in groups else None
        return GrainMatch(span=Span(position, stop), grain=grain, kind=kind)
    return None


def default_grain(period: Period) -> str:
    """Days for up to 20 days, weeks for up to 26 weeks, else months."""
    if period.days <= MAX_DAYS_BY_DAY:
        return "day"
    return "week" if period.days <= MAX_DAYS_BY_WEEK else "month"


def buckets(period: Period, grain: str) -> list[tuple[date, Period]]:
    """The points of a series: the first day of each whole grain, and its days within the period."""
    points: list[tuple[date, Period]] = []
    first = start_of(period.start, grain)
    while first <= period.end:
        last = end_of(first, grain)
        start, end = max(first, period.start), min(last, period.end)
        points.append((first, Period(start, end, period_label(start, end))))
        if last >= period.end:
            break
        first = step(first, grain, 1)
    return points


def default_period(calendar: Calendar) -> PeriodMatch:
    """What nothing said means: the last 28 days, ending the day before the day asked."""
    return matched(last_days(calendar, 28), calendar, _NOWHERE)


def default_trend(calendar: Calendar, grain: str = "week") -> PeriodMatch:
    """What a trend with nothing said covers: the last 12 complete weeks, 28 days, 6 months or 4 quarters."""
    if grain == "day":
        return default_period(calendar)
    count, unit = _TREND.get(grain, _TREND["week"])
    phrase = last_units(count, unit, calendar)
    assert phrase is not None
    return matched(phrase, calendar, _NOWHERE)
