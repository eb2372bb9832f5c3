"""Recognises that a question compares two periods, and which."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from datetime import timedelta

from bot.questions.periods.against import pair, previous, resolve, successor, year_ago
from bot.questions.periods.context import Leaning
from bot.questions.periods.labels import period_label
from bot.questions.periods.model import Calendar, CompareMatch, PeriodMatch, PeriodProblem, Span
from bot.questions.periods.phrase import Phrase, matched
from bot.questions.periods.reader import Reader
from bot.questions.periods.relative import current
from bot.questions.periods.scan import Item, period_match
from storage.records import Period

_FILL = (
    r"(?:what|we|it|they|i|was|were|is|did|had|have|used|spent|in|for|the|of|that|those|'s|from|on|during|over|at|same|"
    r"figures?|numbers?|levels?|whole|full|all|entire|usage|spend|spending|tokens?|cost|costs|ones?|back|how|much|our|just|to)"
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
    r"compar(?:e|ed|ing|ison))(?= |$)|(?:^| )(?:went|go|gone|up|down) $"
)
_PER_GRAIN = re.compile(
    r"(?:^| )(?:daily|weekly|monthly|quarterly|trend\w*|over time|(?:by|per|each|every) (?:day|week|month|quarter)|"
    r"(day|week|month|quarter) by \1)(?= |$)"
)
_PAIR_WORDS = (["over"], ["with"], ["and"], ["to"], ["and", "with"], ["or"])
_LONG = {"day": 1, "week": 7, "month": 31, "quarter": 92, "half": 184, "year": 366}
_UNITS_COMPARED = frozenset(("week", "month", "quarter", "half", "year", "fiscal quarter", "fiscal year"))


class Comparer:
    """Walks the items of a question and takes out what stands for the earlier side of a comparison."""

    def __init__(self, reader: Reader, items: list[Item]) -> None:
        self.reader, self.calendar = reader, reader.calendar
        self.items = items
        self.found: list[CompareMatch] = []
        self.problems: list[PeriodProblem] = []
        self._periods = {item.start: self._match(at) for at, item in enumerate(items) if item.phrase}

    def periods(self) -> list[PeriodMatch]:
        """Those left to be asked for, in the order said."""
        return [self._periods[start] for start in sorted(self._periods)]

    def run(self) -> None:
        """Look at each item in turn; at most one comparison is made."""
        for at, item in enumerate(self.items):
            if isinstance(item.value, Leaning):
                self._leaning(at, item, item.value)
            elif item.phrase and not self.found:
                self._named(at, item, item.phrase)

    def _match(self, at: int) -> PeriodMatch:
        item = self.items[at]
        floor = self.items[at - 1].stop if at else 0
        phrase = item.phrase
        assert phrase is not None
        return period_match(self.reader, item, phrase, floor)

    def _before(self, item: Item) -> str:
        return self.reader.text[: self.reader.starts[item.start]]

    def _base(self, at: int) -> PeriodMatch | None:
        """The period a comparison starts from: the nearest said before, else the nearest after."""
        near = [*reversed(self.items[:at]), *self.items[at + 1 :]]
        return next((self._periods[item.start] for item in near if item.start in self._periods), None)

    def _link(self, item: Item) -> re.Match[str] | None:
        before = self._before(item)
        return _LINK.search(before) or _MOVED_ON.search(before)

    def _linked_span(self, item: Item) -> Span:
        link = _LINK.search(self._before(item))
        if link is None:
            return Span(item.start, item.stop)
        at = link.start() + (1 if link[0].startswith(" ") else 0)
        return Span(bisect_right(self.reader.starts, at) - 1, item.stop)

    def _add(self, match: CompareMatch) -> None:
        if not self.found:
            self.found.append(match)

    # Phrases that name no period of their own

    def _leaning(self, at: int, item: Item, value: Leaning) -> None:
        base = self._base(at)
        if value.how == "over":
            self._over(item, value, base)
        elif value.how == "same_days":
            self._same_days(item, value, base)
        elif value.how == "same_day":
            self._same_day(item, value, base)
        elif value.how == "year_ago" and (base is not None or self._link(item)):
            self._year_ago(item, base)
        elif value.how == "relative" and self._link(item):
            self._before_it(item, value, base)
        else:
            self._periods[item.start] = self._relative(item, value, at)

    def _over(self, item: Item, value: Leaning, base: PeriodMatch | None) -> None:
        unit = value.step or "week"
        if base is not None and unit != "year" and base.period.days > _LONG[unit] and base.unit != unit:
            span = Span(item.start, item.stop)
            self.problems.append(PeriodProblem(span=span, reason=f"{unit} over {unit} within a longer period"))
            return
        if unit == "year":
            self._year_ago(item, base)
            return
        later = base or matched(current(unit, -1, self.calendar), self.calendar, Span(item.start, item.stop))
        self._previous(item, later, f"{unit} over {unit}")

    def _previous(self, item: Item, later: PeriodMatch, reason: str) -> None:
        self._add(
            CompareMatch(
                spans=(self._linked_span(item),), kind="previous", later=later, reason=reason, whole=later.whole,
                earlier=previous(later, self.calendar, whole=later.whole),
            )
        )  # fmt: skip

    def _year_ago(self, item: Item, base: PeriodMatch | None) -> None:
        earlier = year_ago(base, self.calendar) if base else None
        self._add(
            CompareMatch(
                spans=(self._linked_span(item),), kind="year_ago", later=base, earlier=earlier,
                reason="the same dates one year before",
            )
        )  # fmt: skip

    def _same_days(self, item: Item, value: Leaning, base: PeriodMatch | None) -> None:
        inner = value.inner
        if inner is None or inner.unit is None:
            return
        later = base or matched(current(inner.unit, 0, self.calendar), self.calendar, Span(item.start, item.stop))
        if inner.first > later.period.start:
            return
        last = min(inner.last, inner.first + timedelta(days=later.period.days - 1))
        earlier = Period(inner.first, last, period_label(inner.first, last))
        before = previous(later, Calendar(self.calendar.as_of))
        kind = "previous" if before and (before.start, before.end) == (earlier.start, earlier.end) else "explicit"
        named = matched(inner, self.calendar, Span(item.start, item.stop))
        self._add(
            CompareMatch(
                spans=(self._linked_span(item),), kind="previous" if kind == "previous" else "explicit", later=later,
                earlier=self._recorded(earlier), named=named, reason="as many days from the start of what is named",
            )
        )  # fmt: skip

    def _recorded(self, period: Period) -> Period | None:
        first = self.calendar.first_day
        return None if first is not None and period.end < first else period

    def _same_day(self, item: Item, value: Leaning, base: PeriodMatch | None) -> None:
        unit = value.step or "week"
        today = current("day", 0, self.calendar)
        later = base or matched(today, self.calendar, Span(item.start, item.stop))
        leaning = PeriodMatch(span=later.span, period=later.period, kind="relative")
        shifted = resolve(replace(leaning, step=unit, shift=-1), later, self.calendar)
        offset = later.period.start - timedelta(days=7)
        if unit != "week":
            day = min(later.period.start.day, shifted.period.end.day)
            offset = shifted.period.end.replace(day=day) if unit == "month" else shifted.period.start
        last = offset + timedelta(days=later.period.days - 1)
        self._add(
            CompareMatch(
                spans=(self._linked_span(item),), kind="explicit", later=later, reason=f"the same day a {unit} before",
                earlier=self._recorded(Period(offset, last, period_label(offset, last))),
            )
        )  # fmt: skip

    def _before_it(self, item: Item, value: Leaning, base: PeriodMatch | None) -> None:
        """ "against the 28 before", "compared with the week before"."""
        if base is None:
            fallback = current(value.step, -1, self.calendar) if value.step and value.count == 1 else None
            self._add(
                CompareMatch(
                    spans=(self._linked_span(item),), kind="previous", reason="the one before the period asked",
                    fallback=matched(fallback, self.calendar, Span(item.start, item.stop)) if fallback else None,
                )
            )  # fmt: skip
            return
        same = (value.step in (None, base.unit) and value.count == 1) or (
            value.count == base.count and value.step in (None, base.step)
        )
        if value.step == "year" and base.unit != "year" and value.count == 1:
            self._year_ago(item, base)
        elif same and value.shift == -1 and not (value.step and value.count > 1):
            self._previous(item, base, "the one just before")
        else:
            other = self._relative(item, value, len(self.items), base)
            before = previous(base, Calendar(self.calendar.as_of))
            if before is not None and (before.start, before.end) == (other.period.start, other.period.end):
                self._previous(item, base, "the one just before")
            else:
                self._explicit(item, base, other)

    def _relative(self, item: Item, value: Leaning, at: int, base: PeriodMatch | None = None) -> PeriodMatch:
        """A relative period: counted from the one said before it, else left to the thread."""
        before = [self._periods[each.start] for each in self.items[:at] if each.start in self._periods]
        base = base or (before[-1] if before else None)
        step = "year ago" if value.how == "year_ago" else value.step
        if value.count > 1 and step is None and (base is None or value.count != base.count):
            step = "day"
        start, span = item.start, Span(item.start, item.stop)
        today = Period(self.calendar.as_of, self.calendar.as_of)
        open_match = PeriodMatch(
            span=span, period=today, kind="relative", unit=value.step, step=step, shift=value.shift, count=value.count,
            reason=f"counted from another period, from token {start}",
        )  # fmt: skip
        if base is not None and base.kind != "relative":
            return resolve(open_match, base, self.calendar)
        alone = resolve(open_match, Period(self.calendar.as_of, self.calendar.as_of), self.calendar, "day")
        return replace(open_match, period=alone.period, future=alone.future)

    # Two named periods

    def _named(self, at: int, item: Item, phrase: Phrase) -> None:
        if phrase.ends and phrase.kind == "span" and self._changing(item, phrase):
            self._ends(item, phrase)
            return
        base = self._base(at)
        if self._link(item):
            self._linked(item, phrase, base)
        elif base is not None and at and self._paired(at, item) and self.items[at - 1].start in self._periods:
            self._linked(item, phrase, self._periods[self.items[at - 1].start])

    def _changing(self, item: Item, phrase: Phrase) -> bool:
        """Whether "from A to B" is asked as a change from one to the other."""
        units = {end.unit for end in phrase.ends}
        if len(phrase.ends) != 2 or len(units) != 1 or not units <= _UNITS_COMPARED:
            return False
        return bool(_CHANGING.search(self._before(item))) and not _PER_GRAIN.search(self.reader.text)

    def _ends(self, item: Item, phrase: Phrase) -> None:
        span = Span(item.start, item.stop)
        one, other = (matched(end, self.calendar, span) for end in phrase.ends)
        later, earlier = pair(one, other, self.calendar)
        self._periods[item.start] = later
        self._add(
            CompareMatch(
                spans=(span,), kind="explicit", later=later, earlier=self._recorded(earlier), reason="a change between"
            )
        )

    def _paired(self, at: int, item: Item) -> bool:
        """ "compare October and September", "October over September"."""
        between = list(self.reader.tokens[self.items[at - 1].stop : item.start])
        between = [word for word in between if word not in ("in", "for", "the", "'s", "of", "all")]
        if between == ["over"]:
            return True
        return between in _PAIR_WORDS and bool(_COMPARING.search(self._before(self.items[at - 1])))

    def _linked(self, item: Item, phrase: Phrase, base: PeriodMatch | None) -> None:
        said = self._periods[item.start]
        words = self.reader.tokens[item.start : item.stop]
        if base is None:
            self._without_base(item, said, "ago" in words and said.unit == "year")
            return
        years = {"year", "yr"} & set(words)
        if said.unit == "year" and base.unit != "year" and years:
            del self._periods[item.start]
            self._year_ago(item, base)
        elif phrase.anaphoric and (said.unit, said.count, said.step) == (base.unit, base.count, base.step):
            del self._periods[item.start]
            self._previous(item, replace(base, whole=base.whole or said.whole), "the one just before")
        else:
            self._explicit(item, base, said)

    def _without_base(self, item: Item, said: PeriodMatch, a_year_ago: bool) -> None:
        del self._periods[item.start]
        if a_year_ago:
            self._year_ago(item, None)
            return
        self._add(
            CompareMatch(
                spans=(self._linked_span(item),), kind="explicit", earlier=said.period, named=said, whole=said.whole,
                fallback=successor(said, self.calendar), reason="against the period named",
            )
        )  # fmt: skip

    def _explicit(self, item: Item, base: PeriodMatch, said: PeriodMatch) -> None:
        whole = base.whole or said.whole
        later, earlier = pair(base, said, self.calendar, whole=whole)
        named = said if later is base else base
        for start in [start for start, match in self._periods.items() if match in (base, said)]:
            if self._periods[start] == named:
                del self._periods[start]
        spans = (self._linked_span(item), named.span) if named is base else (self._linked_span(item),)
        self._add(
            CompareMatch(
                spans=spans, kind="explicit", later=later, earlier=self._recorded(earlier), named=named, whole=whole,
                reason="two named periods",
            )
        )  # fmt: skip
