"""Reads one period phrase at a place in a question: the longest that any rule makes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from bot.questions.lexicon.patterns import LatePattern
from bot.questions.periods import dates, fiscal, named, relative, vague
from bot.questions.periods.matches import Calendar
from bot.questions.periods.phrase import Phrase, Reading, Rule
from bot.questions.periods.words import CALENDAR_WORDS, word_set

RULES: tuple[Rule, ...] = (*vague.RULES, *fiscal.RULES, *dates.RULES, *named.RULES, *relative.RULES)
_STARTERS = CALENDAR_WORDS | word_set(
    # relative
    "today todays now yesterday yesterdays tomorrow the day as right just currently presently at this these current "
    "ongoing running last past previous prior preceding next coming upcoming trailing rolling latest most recent a an "
    "week weeks wk wks month mth mo quarter qtr half year yr weekend fortnight wtd mtd qtd ytd rest remainder "
    # named
    "calendar iso cw kw w first second third fourth final cy "
    # fiscal
    "fiscal financial fy fytd "
    # numbers
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety couple dozen ttm ltm "
    # vague
    "sprint iteration in over for during since until before after around several some many early mid middle late "
    "later tonight overnight recently lately nowadays of christmas xmas thanksgiving easter black new halloween "
    "ramadan diwali holiday"
)
Taken = tuple[Reading, int]
_Reader = Callable[[int], Taken | None]


class PeriodReader:
    """The tokens of one question, and what can be read at each of them."""

    def __init__(self, tokens: Sequence[str], calendar: Calendar) -> None:
        self.tokens = tokens
        self.calendar = calendar
        self.text = " ".join(tokens)
        self.starts: list[int] = []
        self._stops: dict[int, int] = {}
        at = 0
        for index, token in enumerate(tokens):
            self.starts.append(at)
            at += len(token)
            self._stops[at] = index + 1
            at += 1
        self._atoms: dict[int, Taken | None] = {}

    def anchored(self, day: date) -> PeriodReader:
        """The same tokens, read as if asked on another day."""
        return PeriodReader(self.tokens, replace(self.calendar, as_of=day))

    def match(self, pattern: LatePattern, index: int) -> tuple[re.Match[str], int] | None:
        """A pattern at a token, with the token it ends before."""
        if index >= len(self.tokens):
            return None
        found = pattern.match(self.text, self.starts[index])
        if found is None or found.end() not in self._stops or found.end() == found.start():
            return None
        return found, self._stops[found.end()]

    def atom(self, index: int) -> Taken | None:
        """The longest single phrase that begins at a token."""
        if index not in self._atoms:
            self._atoms[index] = self._read_atom(index) if self._may_start(index) else None
        return self._atoms[index]

    def _may_start(self, index: int) -> bool:
        token = self.tokens[index] if index < len(self.tokens) else ""
        return token in _STARTERS or any(map(str.isdigit, token))

    def _read_atom(self, index: int) -> Taken | None:
        best: Taken | None = None
        for pattern, build in RULES:
            hit = self.match(pattern, index)
            if hit is None or (best is not None and hit[1] <= best[1]):
                continue
            try:
                reading = build(hit[0], self.calendar)
            except (ValueError, OverflowError):  # a day no calendar has
                continue
            if reading is not None:
                best = reading, hit[1]
        return best


def longest(readers: Sequence[_Reader], index: int) -> Taken | None:
    """What the reader that gets furthest makes of a place; of equals the first."""
    best: Taken | None = None
    for read in readers:
        taken = read(index)
        if taken is not None and (best is None or taken[1] > best[1]):
            best = taken
    return best


def phrase_of(taken: Taken | None) -> Phrase | None:
    """The phrase, None for a doubt or nothing."""
    return taken[0] if taken is not None and isinstance(taken[0], Phrase) else None
