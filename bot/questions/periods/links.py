"""The words that link two periods into a comparison: "vs", "than in", "up on", "change from … to …"."""

from __future__ import annotations

import re
from bisect import bisect_right

from bot.questions.periods.matches import Span
from bot.questions.periods.reader import PeriodReader
from bot.questions.periods.scan import Item

_FILL = (
    r"(?:what|we|it|they|i|was|were|is|did|had|have|used|spent|in|for|the|of|that|those|'s|from|on|during|over|at|"
    r"same|figures?|numbers?|levels?|whole|full|all|entire|usage|spend|spending|tokens?|cost|costs|ones?|back|how|much|"
    r"our|just|to)"
)
_LINK = re.compile(
    r"(?:^| )(?:vs|versus|v|against|than|relative to|as opposed to|comparison (?:to|with)|"
    r"compar(?:e|es|ed|ing) (?:that |this |it |those )?(?:to|with|against|vs|versus))"
    rf"(?: \.)?(?: {_FILL}){{0,5}} $"
)
_MOVED = (
    r"(?:up|down|growth|grown?|grew|increase[ds]?|decrease[ds]?|change[ds]?|rose|risen|fell|fallen|drop(?:ped)?|"
    r"jump(?:ed)?|higher|lower|improvement|improve[ds]?|ahead|moved?|diff|difference|delta|better|worse|gain(?:ed)?)"
)
_MOVED_ON = re.compile(rf"(?:^| ){_MOVED}(?: \S+){{0,2}} (?:on|from)(?: the| in| all of){{0,2}} $")
_COMPARING = re.compile(r"(?:^| )(?:compar(?:e|es|ed|ing|ison)|contrast|difference|differences|diff|gap|delta)(?: |$)")
_CHANGING = re.compile(
    r"(?:^| )(?:change[ds]?|changes|grow|grows|grew|grown|growth|differ|difference|diff|delta|gap|move[ds]?|"
    r"increase[ds]?|decrease[ds]?|rise|rose|risen|drop(?:ped)?|fall|fell|fallen|jump(?:ed)?|shift(?:ed)?|swing|"
    r"compar(?:e|ed|ing|ison)|cut|trim(?:s|med)?|reduc(?:e|es|ed|ing)|los(?:e|es|t|ing)|shr(?:ink|inks|ank|unk|inking)|"
    r"declin(?:e|es|ed|ing)|s[aiu]nk|lower(?:s|ed)|slash(?:ed)?|gain(?:s|ed)?|add(?:s|ed)|climb(?:s|ed)?|surged?|"
    r"expand(?:s|ed)?|improve[ds]?|growing|rising|falling)(?= |$)|(?:^| )(?:went|go|gone|up|down) $"
)
_PER_GRAIN = re.compile(
    r"(?:^| )(?:daily|weekly|monthly|quarterly|trend\w*|over time|(?:by|per|each|every) (?:day|week|month|quarter)|"
    r"(day|week|month|quarter) by \1)(?= |$)"
)
_PAIR_WORDS = (["with"], ["and"], ["to"], ["and", "with"], ["or"], ["/"])
_BESIDE = frozenset(("in", "for", "the", "'s", "of", "all"))
_COMPARED_UNITS = frozenset(("week", "month", "quarter", "half", "year", "fiscal quarter", "fiscal year"))


def _before(reader: PeriodReader, item: Item) -> str:
    return reader.text[: reader.starts[item.start]]


def link_before(reader: PeriodReader, item: Item) -> bool:
    """Whether the words just before a period set it against another one."""
    before = _before(reader, item)
    return _LINK.search(before) is not None or _MOVED_ON.search(before) is not None


def linked_span(reader: PeriodReader, item: Item) -> Span:
    """The tokens of an item together with the link before it."""
    link = _LINK.search(_before(reader, item))
    if link is None:
        over = reader.tokens[item.start - 1 : item.start] == ["over"] and item.start > 1
        return Span(item.start - over, item.stop)
    at = link.start() + (1 if link[0].startswith(" ") else 0)
    return Span(bisect_right(reader.starts, at) - 1, item.stop)


def changing(reader: PeriodReader, item: Item) -> bool:
    """Whether "from A to B" is asked as a change from one to the other, not as a span or a series."""
    units = {end.unit for end in item.phrase.ends} if item.phrase else set()
    if len(units) != 1 or not units <= _COMPARED_UNITS:
        return False
    return _CHANGING.search(_before(reader, item)) is not None and _PER_GRAIN.search(reader.text) is None


def comparing_pair(reader: PeriodReader, item: Item, other: Item) -> bool:
    """ "compare October and September", "October over September"."""
    between = [word for word in reader.tokens[item.stop : other.start] if word not in _BESIDE]
    return between == ["over"] or (between in _PAIR_WORDS and _COMPARING.search(_before(reader, item)) is not None)
