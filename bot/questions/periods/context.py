"""Phrases that lean on another period: "the week before that", "the same days of last month", "week over week"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.questions.lexicon.patterns import LatePattern
from bot.questions.periods.parts import operand
from bot.questions.periods.phrase import Phrase
from bot.questions.periods.reader import PeriodReader, phrase_of
from bot.questions.periods.words import NUMBER, ONE_UNIT, UNIT, alternation, number, rule, unit_name, word_set


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """What is said of a period that is not named here.

    `how`: relative (just before or after it), one_back ("against last"), same_days (as many days of `inner`),
    same_day (`step` before it), year_ago, or over (a unit against the one before it).
    """

    how: str
    step: str | None = None
    shift: int = -1
    count: int = 1
    inner: Phrase | None = None


Leaned = tuple[Leaning, int]

_SHORT_OVER = {
    "w/w": "week", "wow": "week", "m/m": "month", "mom": "month", "q/q": "quarter", "qoq": "quarter", "y/y": "year",
    "yoy": "year", "d/d": "day", "dod": "day",
}  # fmt: skip
_BEFORE = r"(?:before|prior|preceding|earlier|beforehand)"
_SIDE = rf"(?P<side>{_BEFORE}|after|following|afterwards?|later)(?: (?:that|this|it|then|those|these))?"
_STRETCH = r"(?:one|period|stretch|span|window|interval|timeframe)"
_AHEAD = frozenset(("after", "following", "afterward", "afterwards", "later", "next", "subsequent"))
_SAME = (
    r"(?:same|exact same|equivalent|corresponding|comparable|matching|equal) "
    r"(?:number of days|days|dates|period|time|point|span|stretch|part|portion|timeframe|window)"
)
_YEAR_BACK = (
    r"(?:(?:of |in |from |for )?(?:the )?(?:last|previous|prior|past) (?:year|yr)|"
    r"(?:a|one) year (?:ago|earlier|before|back)|(?:the )?year before)"
)


def _shift(side: str) -> int:
    return 1 if side in _AHEAD else -1


def _unit_beside(match: re.Match[str]) -> Leaning:
    return Leaning(how="relative", step=unit_name(match["unit"]), shift=_shift(match["side"]))


def _one_beside(match: re.Match[str]) -> Leaning:
    return Leaning(how="relative", shift=_shift(match["side"]))


def _some_beside(match: re.Match[str]) -> Leaning:
    step = unit_name(match["unit"]) if match["unit"] else None
    return Leaning(how="relative", step=step, shift=_shift(match["side"]), count=number(match["n"]))


def _back_from(match: re.Match[str]) -> Leaning:
    count = 1 if match["n"] in ("a", "an") else number(match["n"])
    return Leaning(how="relative", step=unit_name(match["unit"]), shift=count * _shift(match["side"]))


def _one_back(match: re.Match[str]) -> Leaning:
    return Leaning(how="one_back")


def _year_back(match: re.Match[str]) -> Leaning:
    return Leaning(how="year_ago")


def _same_day(match: re.Match[str]) -> Leaning:
    return Leaning(how="same_day", step=unit_name(match["unit"]))


def _over(match: re.Match[str]) -> Leaning:
    return Leaning(how="over", step=unit_name(match["unit"]))


def _short_over(match: re.Match[str]) -> Leaning:
    return Leaning(how="over", step=_SHORT_OVER[match["short"]])


_RULES: tuple[tuple[LatePattern, Callable[[re.Match[str]], Leaning]], ...] = (
    (rule(rf"(?:the )?(?P<unit>{ONE_UNIT}|weekend) {_SIDE}"), _unit_beside),
    (rule(rf"(?:the |that )?{_STRETCH} (?:just |right |immediately )?{_SIDE}"), _one_beside),
    (rule(rf"(?:the )?(?P<side>previous|preceding|prior|earlier|following|next|subsequent) {_STRETCH}"), _one_beside),
    (rule(r"(?:just |right )?(?P<side>before|after) that"), _one_beside),
    (rule(r"(?:the )?(?:last|previous|prior)(?= [?.,!;:)]|$)"), _one_back),
    (rule(rf"(?:the )?{_SAME} (?:just |right |immediately )?{_SIDE}"), _one_beside),
    (rule(rf"the (?P<n>{NUMBER})(?: (?P<unit>{UNIT}))? (?:just |right |immediately )?{_SIDE}"), _some_beside),
    (rule(rf"(?:the )?(?P<side>previous|prior|preceding) (?P<n>{NUMBER})(?P<unit>)"), _some_beside),
    (rule(rf"(?P<n>an?|{NUMBER}) (?P<unit>{UNIT}) {_SIDE}"), _back_from),
    (rule(rf"(?:the )?(?P<side>following|subsequent) (?P<unit>{ONE_UNIT}|weekend)"), _unit_beside),
    (rule(rf"(?:at )?(?:the )?{_SAME}(?: as)? {_YEAR_BACK}|(?:at )?this (?:time|point) {_YEAR_BACK}"), _year_back),
    (rule(rf"(?:the )?same (?:{ONE_UNIT})s? {_YEAR_BACK}|(?:the )?(?:year (?:before|earlier)) level"), _year_back),
    (
        rule(
            r"(?:the )?same (?:day|weekday)(?: of| in)? (?:the )?(?:last|previous|prior) "
            r"(?P<unit>week|month|quarter|wk|qtr)"
        ),
        _same_day,
    ),
    (rule(r"(?:the )?same (?:day|weekday) (?:a|one) (?P<unit>week|month|quarter) (?:ago|earlier|before)"), _same_day),
    (rule(r"(?P<unit>day|week|wk|month|quarter|qtr|year) (?:over|on|versus|vs|against) (?P=unit)"), _over),
    (rule(rf"(?P<short>{alternation(_SHORT_OVER)})"), _short_over),
)
_SAME_OF = rule(
    rf"(?:at |by |in )?(?:the )?{_SAME}(?: (?:of|in|into|from|for|during|through|within|as))?"
    r"|(?:at |by )?(?:this|that) (?:time|point|stage)(?: (?:of|in|into|during))?"
)
_STARTERS = word_set(
    "the a an last that this at by in same exact equivalent corresponding comparable matching equal previous preceding "
    "prior earlier following next subsequent before after just right one period stretch span window interval timeframe "
    "day week wk month mth mo quarter qtr half year yr weekend couple dozen two three four five six seven eight nine "
    "ten eleven twelve fourteen twenty thirty ninety"
) | frozenset(_SHORT_OVER)


def leaning(reader: PeriodReader, index: int) -> Leaned | None:
    """The longest such phrase at a token."""
    token = reader.tokens[index]
    if token not in _STARTERS and not token.isdecimal():
        return None
    best: Leaned | None = None
    for pattern, build in _RULES:
        hit = reader.match(pattern, index)
        if hit is not None and (best is None or hit[1] > best[1]):
            best = build(hit[0]), hit[1]
    same = _same_days(reader, index)
    return same if same is not None and (best is None or same[1] > best[1]) else best


def _same_days(reader: PeriodReader, index: int) -> Leaned | None:
    """ "the same number of days into Q3": as many days from the start of a named unit."""
    hit = reader.match(_SAME_OF, index)
    taken = operand(reader, hit[1]) if hit else None
    inner = phrase_of(taken)
    if taken is None or inner is None or inner.unit in (None, "day"):
        return None
    return Leaning(how="same_days", inner=inner), taken[1]
