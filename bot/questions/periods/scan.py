"""Finds the phrases of a question from left to right, the longest first at each place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.questions.periods.arithmetic import DAY, end_of
from bot.questions.periods.context import Leaning, leaning
from bot.questions.periods.matches import Calendar, PeriodMatch, Span
from bot.questions.periods.named import week_number
from bot.questions.periods.parts import part
from bot.questions.periods.phrase import Doubt, Phrase, Reading, matched
from bot.questions.periods.ranges import borrowed_day, combined
from bot.questions.periods.reader import PeriodReader, Taken, longest
from bot.questions.periods.words import CALENDAR_WORDS, MONTHS, rule, word_set

_LEADS = word_set(
    "in during for over on at within throughout across from whole full entire complete earlier back the just"
)
_WHOLE = word_set("whole full entire complete all")
_OF_AFTER = word_set("whole full all entire course month period as")
_JOINT = re.compile(
    r"^(?:(?:,|/|and|or|&|\+|plus|then|as well as|also|both|vs|versus|in|for|the|on|during|with|to|against)(?: |$))+$"
)
_NUMBER_AFTER = rule(r"(?:and|or|,|vs|versus|&|against|, and) (?P<n>\d{1,2})")
_NUMBER_BEFORE = rule(r"(?:the )?(?P<n>\d{1,2})(?:st|nd|rd|th)? (?:and|or|,|vs|versus|&)")
_STANDS_ALONE = rule(r"\d{1,2}(?= [?.,!;:)]|$)")
_TWO_HALVES = rule(
    r"(?:the )?(?P<nth>first|second|1st|2nd)(?: half)? (?:and|or|,|vs|versus|&|against|to|with|compared (?:to|with))"
    r"(?= (?:the )?(?:first|second|1st|2nd) half of )"
)
_OTHER_HALF = rule(r"(?:the )?(?P<nth>first|second|1st|2nd|other) (?:half|one)")
_DATED = ("by name", "by number", "by its date")


@dataclass(frozen=True, slots=True)
class Item:
    """Something read at tokens [start, stop)."""

    value: Reading | Leaning
    start: int
    stop: int

    @property
    def phrase(self) -> Phrase | None:
        """The phrase, None for a doubt or a leaning one."""
        return self.value if isinstance(self.value, Phrase) else None


def scan(reader: PeriodReader) -> list[Item]:
    """All phrases of a question, none overlapping."""
    items: list[Item] = []
    index = 0
    while index < len(reader.tokens):
        read = _read(reader, index)
        items += read
        index = read[-1].stop if read else index + 1
    return _sharing_years(_of_the_same_month(_said_exactly(items, reader), reader), reader)


def _read(reader: PeriodReader, index: int) -> list[Item]:
    taken = longest(
        [lambda at: combined(reader, at), lambda at: part(reader, at), reader.atom, lambda at: _after_the(reader, at)],
        index,
    )
    leaned = leaning(reader, index)
    if leaned is not None and (taken is None or leaned[1] > taken[1]):
        return [Item(leaned[0], index, leaned[1])]
    if halves := _two_halves(reader, index):
        return halves
    if taken is None:
        return _day_before(reader, index)
    item = Item(taken[0], index, taken[1])
    return [item, *_number_after(reader, item)]


def _after_the(reader: PeriodReader, index: int) -> Taken | None:
    """ "the month before last" must outreach "the month before"."""
    return reader.atom(index + 1) if reader.tokens[index] == "the" else None


def _day_before(reader: PeriodReader, index: int) -> list[Item]:
    """ "9 and 10 November": the first day borrows its month."""
    hit = reader.match(_NUMBER_BEFORE, index)
    taken = reader.atom(hit[1]) if hit else None
    if hit is None or taken is None or not isinstance(taken[0], Phrase):
        return []
    other = taken[0]
    day = borrowed_day(int(hit[0]["n"]), other) if other.reason.endswith(_DATED) else None
    return [Item(day, index, hit[1] - 1), Item(other, hit[1], taken[1])] if day else []


def _number_after(reader: PeriodReader, item: Item) -> list[Item]:
    """ "weeks 45 and 46", "10 November and 11": the bare number is a week or a day too."""
    phrase = item.phrase
    hit = reader.match(_NUMBER_AFTER, item.stop)
    if phrase is None or hit is None:
        return []
    number = int(hit[0]["n"])
    other: Phrase | None = None
    if phrase.unit == "week" and "number" in phrase.reason:
        other = week_number(number, None, reader.calendar)
    elif phrase.reason.endswith(_DATED) and phrase.unit == "day" and reader.match(_STANDS_ALONE, hit[1] - 1):
        other = borrowed_day(number, phrase)
    return [Item(other, hit[1] - 1, hit[1])] if other else []


_EXACTLY = re.compile(r"^,?(?: ?\(| ?,| ?-)*(?: ?(?:i\.e(?: ?\.)?|ie|so|that is|meaning|namely|from))*(?: ?,)?$")


def _said_exactly(items: list[Item], reader: PeriodReader) -> list[Item]:
    """ "the first week of October, i.e. 1 to 7 October": the days said after it settle what was doubtful."""
    for at in range(len(items) - 1, 0, -1):
        doubt, exact = items[at - 1], items[at]
        between = " ".join(reader.tokens[doubt.stop : exact.start])
        if isinstance(doubt.value, Doubt) and exact.phrase and between and _EXACTLY.match(between):
            said = reader.tokens[exact.start : exact.stop]
            value = exact.phrase if set(said) & CALENDAR_WORDS else _in_month_of(doubt, exact.phrase, reader)
            items[at - 1 : at + 1] = [replace(exact, start=doubt.start, value=value)]
    return items


def _in_month_of(doubt: Item, days: Phrase, reader: PeriodReader) -> Phrase:
    """ "First two weeks of October, that is 1st to 14th": of that month."""
    month = next((MONTHS[word] for word in reader.tokens[doubt.start : doubt.stop] if word in MONTHS), 0)
    if not month:
        return days
    year = reader.calendar.as_of.year - (month > reader.calendar.as_of.month)
    try:
        first, last = (day.replace(year=year, month=month) for day in (days.first, days.last))
    except ValueError:
        return days
    return replace(days, first=first, last=last)


def _two_halves(reader: PeriodReader, index: int) -> list[Item]:
    """ "first and second half of October": both are halves of it."""
    hit = reader.match(_TWO_HALVES, index)
    taken = part(reader, hit[1]) if hit else None
    if hit is None or taken is None or not isinstance(taken[0], Phrase) or taken[0].step not in ("half", None):
        return []
    half = _half_beside(taken[0], second=hit[0]["nth"] in ("second", "2nd"))
    return [Item(half, index, hit[1] - 1), Item(taken[0], hit[1], taken[1])] if half else []


def _half_beside(half: Phrase, *, second: bool) -> Phrase | None:
    """The half of the month that another half is of; None where that one is of no month."""
    if half.step != "half":
        return None
    first, middle = half.first.replace(day=1), half.first.replace(day=15)
    if second:
        return replace(half, first=middle + DAY, last=end_of(first, "month"))
    return replace(half, first=first, last=middle)


def _of_the_same_month(items: list[Item], reader: PeriodReader) -> list[Item]:
    """ "first half of October vs second half": the second half of that month, not of the year."""
    for at in range(1, len(items)):
        before = items[at - 1].phrase
        hit = reader.match(_OTHER_HALF, items[at].start)
        if before is None or before.step != "half" or hit is None or hit[1] != items[at].stop:
            continue
        nth = hit[0]["nth"]
        second = before.first.day == 1 if nth == "other" else nth in ("second", "2nd")
        if half := _half_beside(before, second=second):
            items[at] = replace(items[at], value=half)
    return items


def joined(reader: PeriodReader, item: Item, other: Item) -> bool:
    """Whether nothing but joining words stands between two items."""
    between = reader.tokens[item.stop : other.start]
    return not between or _JOINT.match(" ".join(between)) is not None


def _sharing_years(items: list[Item], reader: PeriodReader) -> list[Item]:
    """ "June and July 2025": the year of the last one holds for those beside it."""
    for at in range(len(items) - 1, 0, -1):
        here, before = items[at].phrase, items[at - 1].phrase
        if here is None or before is None or not before.floating or before.unit != here.unit:
            continue
        if here.floating or not here.reason.endswith(_DATED) or not joined(reader, items[at - 1], items[at]):
            continue
        taken = reader.anchored(here.last).atom(items[at - 1].start)
        if taken is not None and isinstance(taken[0], Phrase):
            items[at - 1] = replace(items[at - 1], value=replace(taken[0], floating=False))
    return items


def period_match(reader: PeriodReader, item: Item, phrase: Phrase, floor: int) -> PeriodMatch:
    """The public value of an item, its span widened over the words that lead into it (not below `floor`)."""
    start, whole = item.start, phrase.whole
    while start > floor:
        word = reader.tokens[start - 1]
        two_before = reader.tokens[start - 2] if start - 1 > floor else ""
        if word not in _LEADS and not (word == "of" and two_before in _OF_AFTER) and not _all_of(word, reader, start):
            break
        whole = whole or word in _WHOLE
        start -= 1
    whole = whole or any(word in _WHOLE for word in reader.tokens[item.start : item.stop])
    return matched(replace(phrase, whole=whole), reader.calendar, Span(start, item.stop))


def _all_of(word: str, reader: PeriodReader, start: int) -> bool:
    return word in ("all", "course", "as") and reader.tokens[start : start + 1] == ["of"]


def doubt_options(doubt: Doubt, calendar: Calendar) -> tuple[PeriodMatch, ...]:
    """The readings of a doubtful phrase, each a period."""
    return tuple(matched(option, calendar, Span(0, 0)) for option in doubt.options)
