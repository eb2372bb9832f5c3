"""Spans with a named edge or two: "since July", "until August", "from 19 to 25 October", "June through August"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from bot.questions.lexicon.patterns import LatePattern
from bot.questions.periods.arithmetic import DAY
from bot.questions.periods.labels import day_label
from bot.questions.periods.matches import Calendar
from bot.questions.periods.named import week_number
from bot.questions.periods.parts import operand, part
from bot.questions.periods.phrase import Doubt, Phrase, one_day
from bot.questions.periods.reader import PeriodReader, Taken, longest, phrase_of
from bot.questions.periods.words import SO_FAR, rule, word_set

_SINCE = rule(r"(?:ever )?since|starting(?: from| in| on| with)?|beginning(?: from| in| on)|as from")
_AFTER = rule(r"(?:after|post)(?: the end of)?")
_UNTIL = rule(
    r"until|till|'?til|no later than|up to(?: and including)?|up until|up till|through|thru|by(?= the end of| end of)"
)
_BEFORE = rule(r"before|pre|prior to|ahead of|earlier than|preceding")
_FROM = rule(r"from|since|starting(?: from| in| on)?")
_BETWEEN = rule(r"between|in between")
_TO = rule(r"to|\.\.|through|thru|until|till|'?til|up to|up until|-|up to and including")
_AND = rule(r"and|to|-|&")
_TODAY = rule(r"(?:right )?now|today|date|(?:the )?present|yesterday")
_ONWARDS = rule(r"onwards?|and (?:later|after|onwards?|since)|forward")
_ON = rule(r"on(?! (?:the|by|a|an|our)\b)")
_SO_FAR = rule(rf"(?:, )?{SO_FAR}")
_SO_FAR_FIRST = rule(r"(?:so far|to date|thus far|until now|up to now)(?: in| for| during)?(?: ,)?")
# Words that add up: "spend through October" runs from the first day.
_SUMMED = word_set("spend spent tokens cost total totals cumulative usage ,")
_NUMBER = rule(r"(?:the )?(?P<n>\d{1,2})(?:st|nd|rd|th)?")
_ALL = rule(
    r"(?:of |for |over |in |from )?all[ -]?time(?: high)?|ever|so far|to date|thus far|until now|up to now|"
    r"up until now|till now|"
    r"(?:ever )?since (?:the )?(?:very )?(?:beginning|start|inception|day one|day 1|first day)(?: of time)?|"
    r"from (?:the )?(?:very )?(?:beginning|start|day one)|since we (?:started|began)|"
    r"(?:the |over the |our )?(?:whole|entire|full|all) (?:history|time)|lifetime|life to date|up to today|until today"
)


def combined(reader: PeriodReader, index: int) -> Taken | None:
    """The longest period that is more than one phrase."""
    first = reader.tokens[index]
    if first in _WORDS:
        return longest([partial(read, reader) for read in _WORDS[first]], index)
    return longest([partial(_so_far_after, reader), partial(_plain_range, reader)], index)


def all_time(calendar: Calendar, last: date | None = None, name: str = "all time", kind: str = "all") -> Phrase:
    """From the first recorded day; with none recorded, the last day alone."""
    last = last or calendar.as_of
    first = min(calendar.first_day or last, last)
    return Phrase(first=first, last=last, kind=kind, name=name, reason=f"{name}, from the first recorded day")


def _all(reader: PeriodReader, index: int) -> Taken | None:
    hit = reader.match(_ALL, index)
    if hit is None or reader.tokens[index - 1 : index] == ["up"] or (hit[0][0] == "ever" and _more_than(reader, index)):
        return None
    return all_time(reader.calendar), hit[1]


def _more_than(reader: PeriodReader, index: int) -> bool:
    before = reader.tokens[index - 1] if index else ""
    return before in ("than", "hardly", "for") or reader.tokens[index + 1 : index + 2] in (["since"], ["more"])


def _after_word(reader: PeriodReader, index: int, word: LatePattern) -> Taken | None:
    hit = reader.match(word, index)
    return operand(reader, hit[1]) if hit else None


def _since(reader: PeriodReader, index: int) -> Taken | None:
    taken = _after_word(reader, index, _SINCE)
    return (since(taken[0], reader.calendar), taken[1]) if taken else None


def since(start: Phrase | Doubt, calendar: Calendar) -> Phrase | Doubt:
    """From the first day of a period to the day asked; from the start of a running unit: that unit to date."""
    if isinstance(start, Doubt):
        return start
    inner = start.ends[0] if start.ends else None
    if inner is not None and inner.unit and inner.first == start.first and inner.first <= calendar.as_of <= inner.last:
        return inner
    last = max(start.first, calendar.as_of)
    return Phrase(
        first=start.first, last=last, kind="since", name=f"since {day_label(start.first)}",
        reason="from the first day of what is named to the day asked", ends=(start,),
    )  # fmt: skip


def _after(reader: PeriodReader, index: int) -> Taken | None:
    taken = _after_word(reader, index, _AFTER)
    if taken is None or isinstance(taken[0], Doubt):
        return taken
    first = taken[0].last + DAY
    last = max(first, reader.calendar.as_of)
    return Phrase(first=first, last=last, kind="since", reason="from the day after what is named"), taken[1]


def _until(reader: PeriodReader, index: int) -> Taken | None:
    if reader.tokens[index] in ("through", "thru") and index and reader.tokens[index - 1] not in _SUMMED:
        return None  # "got through yesterday", "all through October"
    taken = _after_word(reader, index, _UNTIL)
    if taken is None or isinstance(taken[0], Doubt):
        return taken
    last = taken[0].last
    return all_time(reader.calendar, last, f"until {day_label(last)}", "until"), taken[1]


def _before(reader: PeriodReader, index: int) -> Taken | None:
    taken = _after_word(reader, index, _BEFORE)
    if taken is None or isinstance(taken[0], Doubt):
        return taken
    first = taken[0].first
    return all_time(reader.calendar, first - DAY, f"before {day_label(first)}", "until"), taken[1]


def _from(reader: PeriodReader, index: int) -> Taken | None:
    hit = reader.match(_FROM, index)
    if hit is None:
        return None
    ranged = _range(reader, hit[1], _TO)
    if ranged is not None:
        return ranged
    taken = operand(reader, hit[1])
    if taken is None or isinstance(taken[0], Doubt):
        return None
    for word in (_ONWARDS, _ON):
        if onward := reader.match(word, taken[1]):
            return since(taken[0], reader.calendar), onward[1]
    if hit[0][0] == "from" and taken[0].unit == "day" and taken[0].kind == "day" and not taken[0].name:
        return since(taken[0], reader.calendar), taken[1]
    return None


def _between(reader: PeriodReader, index: int) -> Taken | None:
    hit = reader.match(_BETWEEN, index)
    return _range(reader, hit[1], _AND) if hit else None


def _plain_range(reader: PeriodReader, index: int) -> Taken | None:
    return _range(reader, index, _TO)


def _range(reader: PeriodReader, index: int, link: LatePattern) -> Taken | None:
    """Two edges and the word between them; either may borrow its month or "week" from the other."""
    start = operand(reader, index)
    number = reader.match(_NUMBER, index)
    at = start[1] if start else number[1] if number else index
    joint = reader.match(link, at)
    if joint is None or at == index:
        return None
    end = _end(reader, joint[1], phrase_of(start))
    if end is None or isinstance(end[0], Doubt):
        return end
    if start is None:
        first = borrowed_day(int(number[0]["n"]), end[0]) if number else None
    else:
        first = _anchored(reader, index, start[0], end[0])
    return _joined(first, end[0], end[1], reader) if first else None


def _end(reader: PeriodReader, index: int, start: Phrase | None) -> Taken | None:
    if hit := reader.match(_TODAY, index):
        day = reader.calendar.as_of - (DAY if hit[0][0] == "yesterday" else timedelta(0))
        return one_day(day, hit[0][0], name="today"), hit[1]
    taken = operand(reader, index)
    number = reader.match(_NUMBER, index)
    if taken is not None or number is None or start is None:
        return taken
    n = int(number[0]["n"])
    if start.unit == "week" and "number" in start.reason:
        found = week_number(n, start.first.isocalendar().year, reader.calendar)
    else:
        found = borrowed_day(n, start)
    return (found, number[1]) if found else None


def borrowed_day(number: int, other: Phrase) -> Phrase | None:
    """A bare number beside a dated day: the day of that number in the same month."""
    if other.kind != "day" or other.name:
        return None
    try:
        return one_day(other.first.replace(day=number), "a day of the month named beside it")
    except ValueError:
        return None


def _anchored(reader: PeriodReader, index: int, start: Phrase | Doubt, end: Phrase) -> Phrase | None:
    """The start of a range: without a year of its own, the last one not after the end."""
    if isinstance(start, Phrase) and start.floating:
        return phrase_of(operand(reader.anchored(end.last), index))
    return start if isinstance(start, Phrase) else None


def _joined(start: Phrase, end: Phrase, stop: int, reader: PeriodReader) -> Taken | None:
    if end.floating and not start.floating and end.last < start.first:
        return None
    early, late = sorted((start, end), key=lambda phrase: phrase.first)
    phrase = Phrase(
        first=early.first, last=max(early.last, late.last), kind="span", reason="from one edge to the other",
        ends=(start, end), floating=end.floating,
    )  # fmt: skip
    return replace(phrase, name=""), stop


def _so_far_after(reader: PeriodReader, index: int) -> Taken | None:
    """ "November so far", "September to date"."""
    taken = part(reader, index) or reader.atom(index)
    hit = reader.match(_SO_FAR, taken[1]) if taken else None
    if taken is None or hit is None or isinstance(taken[0], Doubt) or taken[0].first > reader.calendar.as_of:
        return None
    running = taken[0].last >= reader.calendar.as_of
    return (taken[0] if running else since(taken[0], reader.calendar)), hit[1]


def _so_far_before(reader: PeriodReader, index: int) -> Taken | None:
    """ "so far this month"."""
    hit = reader.match(_SO_FAR_FIRST, index)
    taken = operand(reader, hit[1]) if hit else None
    if taken is None or isinstance(taken[0], Doubt) or taken[0].last < reader.calendar.as_of:
        return None
    return taken


_WORDS = {
    "since": (_since, _from, _all), "ever": (_since, _all), "starting": (_since, _from), "beginning": (_since,),
    "as": (_since,), "from": (_from, _all), "between": (_between,), "in": (_between, _all), "after": (_after,),
    "until": (_until, _so_far_before, _all), "till": (_until, _all), "til": (_until,), "through": (_until,),
    "thru": (_until,), "by": (_until,), "up": (_until, _so_far_before, _all), "before": (_before,),
    "pre": (_before,), "post": (_after,), "prior": (_before,),
    "ahead": (_before,), "earlier": (_before,), "preceding": (_before,), "no": (_until,),
    "'til": (_until,), "so": (_so_far_before, _all),
    "to": (_so_far_before, _all), "thus": (_so_far_before, _all), "all": (_all,), "of": (_all,), "over": (_all,),
    "for": (_all,), "lifetime": (_all,), "life": (_all,), "whole": (_all,), "entire": (_all,), "our": (_all,),
}  # fmt: skip
