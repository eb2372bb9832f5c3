"""Periods, comparisons, numbers and clock times between the names of a message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.questions.finders.marks import Marked, Mention
from bot.questions.finders.numbers import Number, read_number
from bot.questions.lexicon.words import short_words
from bot.questions.periods import Calendar, PeriodMatch, find
from bot.questions.periods.words import CALENDAR_WORDS
from bot.questions.tokens import Token

_LONGER = {"prev": "previous", "prv": "previous", "qtr": "quarter", "mth": "month", "wk": "week", "yr": "year"}
_MASK = "§"
_CLOCK = re.compile(r"\d{1,2}:\d\d(?:am|pm|h)?|\d{1,2}(?:am|pm|h\d\d|uhr)|\d{1,2}\.\d\d(?:am|pm)")
_OF_SOMEBODY = frozenset(("from", "for", "of", "by"))  # "requests from May" are a month's or hers
_HALVES = frozenset(("am", "pm", "a.m", "p.m", "uhr", "o'clock", "oclock", "hrs"))


@dataclass
class Laid:
    """The spans that are taken: start to end and mentions; `blocked` are places that nothing else may read."""

    tokens: Sequence[Token]
    spans: dict[int, tuple[int, list[Mention]]] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)

    def add(self, start: int, end: int, mentions: list[Mention]) -> None:
        """Take a span, for good unless all of it is doubtful."""
        places = set(range(start, end))
        if self.blocked & places:
            return
        self.spans[start] = (end, mentions)
        if not all(mention.doubtful for mention in mentions):
            self.blocked |= places

    def replace(self, start: int, end: int, mentions: list[Mention]) -> None:
        """Take a span again, further than before."""
        self.spans[start] = (end, mentions)
        self.blocked |= set(range(start, end))


def shape(match: PeriodMatch) -> tuple[str, ...]:
    """What of a period the network may know: its kind, and the unit it counts in."""
    unit = match.step or match.unit or "days"
    return (match.kind, f"{unit}s" if match.count > 1 else unit)


def clocks(laid: Laid) -> None:
    """Times of day: "10 pm", "14:30", "9am"."""
    for at, token in enumerate(laid.tokens):
        following = laid.tokens[at + 1].text if at + 1 < len(laid.tokens) else ""
        if at in laid.blocked:
            continue
        if _CLOCK.fullmatch(token.text):
            end = at + 1
        elif token.text.isdecimal() and int(token.text) <= 24 and following in _HALVES - {"hrs"}:
            end = at + 2
        else:
            continue
        laid.add(at, end, [Mention("clock", ("time",), (token.text,))])


def times(laid: Laid, calendar: Calendar, out: Marked) -> None:
    """Periods and comparisons; a name that is also a month stands beside it, for the network to choose."""
    words = [
        _MASK if at in laid.blocked else _LONGER.get(token.text, token.text) for at, token in enumerate(laid.tokens)
    ]
    for at in range(1, len(words) - 1):
        if words[at - 1] in ("top", "bottom") and words[at].isdecimal():
            words[at] = _MASK  # "top 3, Sept"
        if words[at] == "/" and words[at + 1] in ("day", "week", "month", "quarter"):
            words[at] = "per"
    found = find(words, calendar)
    out.problem, out.problems = bool(found.problems), tuple(problem.reason for problem in found.problems)
    places: list[tuple[int, int, Mention | None]] = [
        (match.span.start, match.span.end, Mention("period", shape(match), (match.period,), match))
        for match in found.periods
    ]
    for compared in found.comparisons:
        for number, span in enumerate(compared.spans):
            plain = (token.text for token in laid.tokens[span.start : span.end] if token.text.isalpha())
            said = tuple(word for word in plain if word not in CALENDAR_WORDS)
            places.append((span.start, span.end, None if number else Mention("compare", said, (), compared)))
    _lay(laid, places)


def _lay(laid: Laid, places: list[tuple[int, int, Mention | None]]) -> None:
    taken: set[int] = set()
    for start, end, mention in sorted(places, key=lambda place: (place[0], place[1], place[2] is None)):
        if mention is None:
            continue
        first = next((at for at in range(start, end) if at not in taken), start)
        taken |= set(range(start, end))
        held: list[Mention] = []
        for at in sorted(at for at in laid.spans if start <= at < end):
            stop, names = laid.spans.pop(at)
            if not _is_only_month(laid.tokens, range(start, end), range(at, stop), names):
                held += names  # "May": somebody as well as a month; the network decides
            end = max(end, stop)
        laid.spans[first] = (max(end, first + 1), [*held, mention])
        laid.blocked |= set(range(first, end))


def _is_only_month(tokens: Sequence[Token], period: range, name: range, mentions: Sequence[Mention]) -> bool:
    """ "Since May", "from May to August" where two colleagues are called May: words of time mean the month."""
    if len(name) > 1 or tokens[name.start].text not in CALENDAR_WORDS:
        return False
    beside = {tokens[at].text for at in period if at not in name}
    people = all(mention.kind == "person" and mention.doubtful and mention.several for mention in mentions)
    return people and bool(beside - _OF_SOMEBODY)


def numbers(laid: Laid) -> None:
    """Numbers that are in no name, period or clock time."""
    words = [short_words().get(token.text, token.text) for token in laid.tokens]
    index = 0
    while index < len(words):
        taken = None if index in laid.blocked or index in laid.spans else read_number(words, index)
        if taken is None or any(at in laid.blocked for at in range(index, taken[1])):
            index += 1
            continue
        number, end = taken
        if not number.unit and words[index].isdecimal() and words[end : end + 1] == ["and"]:
            number = _scaled_alike(words, index, end, number)
        if end == index + 1 and words[index] in ("one", "zero", "half") and not number.unit:
            index += 1
            continue
        size = number.unit or ("few" if number.value <= 30 else "hundreds" if number.value < 5000 else "millions")
        laid.spans[index] = (end, [Mention("number", (size,), (number.value,))])
        index = end


def _scaled_alike(words: list[str], index: int, end: int, number: Number) -> Number:
    """ "between 5 and 20 million": both are millions."""
    other = read_number(words, end + 1) if end + 1 < len(words) else None
    said = words[end + 1] if other is not None else ""
    if index == 0 or words[index - 1] != "between" or other is None or not said.isdecimal() or float(said) == 0:
        return number
    return Number(number.value * other[0].value / float(said), other[0].unit, number.money)
