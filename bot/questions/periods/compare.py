"""Recognises that a question compares two periods, and which."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.questions.periods.against import pair, previous, resolve, successor, year_ago
from bot.questions.periods.arithmetic import MONTHS_OF, add_months
from bot.questions.periods.context import Leaning
from bot.questions.periods.labels import period_label
from bot.questions.periods.links import changing, comparing_pair, link_before, linked_span
from bot.questions.periods.matches import Calendar, CompareKind, CompareMatch, PeriodMatch, PeriodProblem, Span
from bot.questions.periods.phrase import Phrase, last_days, matched
from bot.questions.periods.reader import PeriodReader
from bot.questions.periods.relative import current
from bot.questions.periods.scan import Item, period_match
from storage.records import Period

_YEARS = frozenset(str(year) for year in range(1990, 2100))
_LONG = {"day": 1, "week": 7, "month": 31, "quarter": 92, "half": 184, "year": 366}


class Comparer:
    """Walks the items of a question and takes out what stands for the earlier side of a comparison."""

    def __init__(self, reader: PeriodReader, items: list[Item]) -> None:
        self.reader, self.calendar = reader, reader.calendar
        self.items = items
        self.found: list[CompareMatch] = []
        self.problems: list[PeriodProblem] = []
        self.absorbed: list[Span] = []
        self._periods = {
            item.start: period_match(reader, item, item.phrase, items[at - 1].stop if at else 0)
            for at, item in enumerate(items)
            if item.phrase
        }

    def periods(self) -> list[PeriodMatch]:
        """Those left to be asked for, in the order said."""
        return [self._periods[start] for start in sorted(self._periods)]

    def run(self) -> None:
        """Look at each item in turn; one comparison is made, and none of three periods in a row."""
        linked = sum(1 for item in self.items if item.phrase and link_before(self.reader, item))
        for at, item in enumerate(self.items):
            if isinstance(item.value, Leaning):
                self._leaning(at, item, item.value)
            elif item.phrase and not self.found and linked < 2:
                self._named(at, item, item.phrase)

    def _base(self, at: int) -> PeriodMatch | None:
        """The period a comparison starts from: the nearest said before, else the nearest after."""
        near = [*reversed(self.items[:at]), *self.items[at + 1 :]]
        return next((self._periods[item.start] for item in near if item.start in self._periods), None)

    def _add(
        self, item: Item, kind: CompareKind, later: PeriodMatch | None, earlier: Period | None, reason: str,
        named: PeriodMatch | None = None, fallback: PeriodMatch | None = None, *, whole: bool = False,
    ) -> None:  # fmt: skip
        span = linked_span(self.reader, item)
        if self.found:
            self.absorbed.append(span)
            return
        first = self.calendar.first_day
        if earlier is not None and first is not None and earlier.end < first and later is not None:
            earlier = None
        spans = (span, named.span) if named is not None and named.span.end != item.stop else (span,)
        self.found.append(
            CompareMatch(
                spans=spans, kind=kind, later=later, earlier=earlier, named=named, fallback=fallback, whole=whole,
                reason=reason,
            )
        )  # fmt: skip

    def _here(self, item: Item, phrase: Phrase) -> PeriodMatch:
        return matched(phrase, self.calendar, Span(item.start, item.stop))

    # Phrases that name no period of their own

    def _leaning(self, at: int, item: Item, value: Leaning) -> None:
        base = self._base(at)
        linked = link_before(self.reader, item)
        if value.how == "over":
            self._over(item, value.step or "week", base)
        elif value.how == "same_days" and value.inner is not None:
            self._same_days(item, value.inner, base)
        elif value.how == "same_day":
            self._same_day(item, value.step or "week", base)
        elif value.how == "year_ago" and (base is not None or linked):
            self._year_ago(item, base)
        elif value.how in ("relative", "one_back") and linked:
            self._before_it(item, value, base)
        elif value.how != "one_back":
            self._periods[item.start] = self._relative(item, value, at)

    def _over(self, item: Item, unit: str, base: PeriodMatch | None) -> None:
        if unit == "year":
            self._year_ago(item, base)
        elif base is not None and base.unit != unit and base.period.days > _LONG[unit]:
            span = Span(item.start, item.stop)
            self.problems.append(PeriodProblem(span=span, reason=f"{unit} over {unit} within a longer period"))
        else:
            self._previous(item, base or self._here(item, current(unit, -1, self.calendar)), f"{unit} over {unit}")

    def _previous(self, item: Item, later: PeriodMatch, reason: str, *, whole: bool = False) -> None:
        whole = whole or later.whole
        self._add(item, "previous", later, previous(later, self.calendar, whole=whole), reason, whole=whole)

    def _year_ago(self, item: Item, base: PeriodMatch | None) -> None:
        earlier = year_ago(base, self.calendar) if base else None
        self._add(item, "year_ago", base, earlier, "the same dates one year before")

    def _same_days(self, item: Item, inner: Phrase, base: PeriodMatch | None) -> None:
        """As many days from the start of what is named."""
        later = base or self._here(item, current(inner.unit or "month", 0, self.calendar))
        if inner.first > later.period.start:
            return
        last = min(inner.last, inner.first + timedelta(days=later.period.days - 1))
        earlier = Period(inner.first, last, period_label(inner.first, last))
        kind: CompareKind = "previous" if self._is_previous(later, earlier) else "explicit"
        self._add(item, kind, later, earlier, "as many days from the start of what is named", self._here(item, inner))

    def _is_previous(self, later: PeriodMatch, earlier: Period) -> bool:
        before = previous(later, Calendar(self.calendar.as_of))
        return before is not None and (before.start, before.end) == (earlier.start, earlier.end)

    def _same_day(self, item: Item, unit: str, base: PeriodMatch | None) -> None:
        later = base or self._here(item, current("day", 0, self.calendar))
        start = later.period.start
        first = start - timedelta(days=7) if unit == "week" else add_months(start, -MONTHS_OF[unit])
        last = first + timedelta(days=later.period.days - 1)
        earlier = Period(first, last, period_label(first, last))
        self._add(item, "explicit", later, earlier, f"the same day a {unit} before")

    def _before_it(self, item: Item, value: Leaning, base: PeriodMatch | None) -> None:
        """ "against the 28 before", "compared with the week before"."""
        if base is None:
            unit = value.step if value.count == 1 else None
            fallback = self._here(item, current(unit, -1, self.calendar)) if unit else None
            self._add(item, "previous", None, None, "the one before the period asked", fallback=fallback)
        elif value.step == "year" and base.unit != "year" and value.count == 1:
            self._year_ago(item, base)
        elif value.shift == -1 and _of_its_kind(value, base):
            self._previous(item, base, "the one just before")
        else:
            other = self._relative(item, value, len(self.items), base)
            if self._is_previous(base, other.period):
                self._previous(item, base, "the one just before")
            else:
                self._explicit(item, base, other)

    def _relative(self, item: Item, value: Leaning, at: int, base: PeriodMatch | None = None) -> PeriodMatch:
        """A relative period: counted from the one said before it, else left to the thread."""
        before = [self._periods[each.start] for each in self.items[:at] if each.start in self._periods]
        base = base or (before[-1] if before else None)
        step = "year ago" if value.how == "year_ago" else value.step
        if step is None and value.count > 1 and (base is None or value.count != base.count):
            step = "day"
        open_match = PeriodMatch(
            span=Span(item.start, item.stop), period=last_period(self.calendar), kind="relative", unit=value.step,
            step=step, shift=value.shift, count=value.count, reason="counted from another period",
        )  # fmt: skip
        if base is not None and base.kind != "relative":
            return resolve(open_match, base, self.calendar)
        today = Period(self.calendar.as_of, self.calendar.as_of)
        named = step not in (None, "year ago")
        alone = resolve(open_match, today if named else open_match.period, self.calendar, "day" if named else None)
        return replace(open_match, period=alone.period, future=alone.future)

    # Two named periods

    def _named(self, at: int, item: Item, phrase: Phrase) -> None:
        before = self._periods.get(self.items[at - 1].start) if at else None
        if len(phrase.ends) == 2 and phrase.kind == "span" and changing(self.reader, item):
            self._ends(item, phrase)
        elif _wrong_way_round(phrase):
            del self._periods[item.start]
            first, other = (
                (self._recent_end(item) or self._here(item, phrase.ends[0])),
                self._here(item, phrase.ends[1]),
            )
            reason = "it runs over the turn of the year, or names two periods the wrong way round"
            turned = replace(phrase, first=other.period.start, last=first.period.end)
            options = tuple(self._here(item, each).period for each in (phrase, turned))
            self.problems.append(PeriodProblem(span=Span(item.start, item.stop), reason=reason, options=options))
        elif link_before(self.reader, item):
            self._linked(item, phrase, self._base(at))
        elif before is not None and comparing_pair(self.reader, self.items[at - 1], item):
            self._linked(item, phrase, before)

    def _ends(self, item: Item, phrase: Phrase) -> None:
        """ "from September to October", asked as a change."""
        first, other = (self._here(item, end) for end in phrase.ends)
        if first.period.start.year < other.period.start.year and not _YEARS & set(
            self.reader.tokens[item.start : item.stop]
        ):
            first = self._recent_end(item) or first  # "October to September" are two months of this year
        later, earlier = pair(first, other, self.calendar)
        self._periods[item.start] = later
        self._add(item, "explicit", later, earlier, "a change from one to the other")

    def _recent_end(self, item: Item) -> PeriodMatch | None:
        """The first end of "October to September" by itself."""
        for at in (item.start, item.start + 1):
            taken = self.reader.atom(at)
            if taken is not None and isinstance(taken[0], Phrase) and taken[1] < item.stop:
                return self._here(item, taken[0])
        return None

    def _linked(self, item: Item, phrase: Phrase, base: PeriodMatch | None) -> None:
        said = self._periods[item.start]
        words = self.reader.tokens[item.start : item.stop]
        if base is None:
            self._without_base(item, said, a_year_ago=said.unit == "year" and "ago" in words)
        elif said.unit == "year" and base.unit != "year" and {"year", "yr"} & set(words):
            del self._periods[item.start]
            self._year_ago(item, base)
        elif phrase.anaphoric:
            del self._periods[item.start]
            base = replace(base, whole=base.whole or said.whole)
            self._before_it(item, Leaning(how="relative", step=said.step or said.unit, count=said.count), base)
        else:
            self._explicit(item, base, said)

    def _without_base(self, item: Item, said: PeriodMatch, *, a_year_ago: bool) -> None:
        del self._periods[item.start]
        if a_year_ago:
            self._year_ago(item, None)
            return
        self._add(
            item, "explicit", None, said.period, "against the period named", said, successor(said, self.calendar),
            whole=said.whole,
        )  # fmt: skip

    def _explicit(self, item: Item, base: PeriodMatch, said: PeriodMatch) -> None:
        whole = base.whole or said.whole
        later, earlier = pair(base, said, self.calendar, whole=whole)
        named = said if later is base else base
        self._periods = {start: match for start, match in self._periods.items() if match != named}
        self._add(item, "explicit", later, earlier, "two named periods", named, whole=whole)


def _wrong_way_round(phrase: Phrase) -> bool:
    """ "October to September": nearly a year, and more likely two months of this one in the other order."""
    if len(phrase.ends) != 2 or phrase.kind != "span":
        return False
    first, other = phrase.ends
    months = 12 * (other.first.year - first.first.year) + other.first.month - first.first.month
    return first.floating and other.floating and first.unit == other.unit == "month" and 8 <= months < 12


def last_period(calendar: Calendar) -> Period:
    """What nothing said means."""
    return matched(last_days(calendar, 28), calendar, Span(0, 0)).period


def _of_its_kind(value: Leaning, base: PeriodMatch) -> bool:
    """Whether "the 28 before", "the week before" is as long as the period it stands beside."""
    if value.count == 1:
        return value.step in (None, base.unit)
    return value.step in (None, base.step) and value.count == base.count
