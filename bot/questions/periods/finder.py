"""The door of the period grammar: all that a question says about time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from bot.questions.periods.compare import Comparer
from bot.questions.periods.links import link_before
from bot.questions.periods.matches import Calendar, FoundPeriods, PeriodMatch, PeriodProblem, Span
from bot.questions.periods.phrase import Doubt
from bot.questions.periods.reader import PeriodReader
from bot.questions.periods.scan import Item, doubt_options, joined, scan

MAX_TOKENS = 200
_GIVES_WAY = frozenset(("all", "now", "vague"))


def find(tokens: Sequence[str], calendar: Calendar) -> FoundPeriods:
    """Period phrases, comparisons and doubts of a question's lower-case tokens."""
    reader = PeriodReader(tokens[:MAX_TOKENS], calendar)
    items, absorbed = _giving_way(reader, scan(reader))
    comparer = Comparer(reader, items)
    comparer.run()
    periods, doubled = _once(comparer.periods())
    return FoundPeriods(
        periods=tuple(periods),
        comparisons=tuple(comparer.found),
        problems=(*_problems(items, calendar), *comparer.problems),
        listed=_listed(reader, items, periods),
        absorbed=(*absorbed, *comparer.absorbed, *doubled),
    )


def _giving_way(reader: PeriodReader, items: list[Item]) -> tuple[list[Item], tuple[Span, ...]]:
    """ "so far", "ever", "right now" beside a named period only say what holds anyway."""
    named = [item for item in items if item.phrase is not None and item.phrase.kind not in _GIVES_WAY]
    if not named:
        return items, ()
    loose = [item for item in items if item.phrase is not None and item.phrase.kind in _GIVES_WAY]
    if any(link_before(reader, item) for item in items):
        loose = [item for item in loose if item.phrase is not None and item.phrase.kind != "now"]
    return [item for item in items if item not in loose], tuple(Span(item.start, item.stop) for item in loose)


def _once(periods: list[PeriodMatch]) -> tuple[list[PeriodMatch], list[Span]]:
    """ "last week (mon to sun)": the same days said twice are one period."""
    kept: dict[tuple[date, date], PeriodMatch] = {}
    doubled = []
    for match in periods:
        if kept.setdefault((match.period.start, match.period.end), match) is not match:
            doubled.append(match.span)
    return list(kept.values()), doubled


def _problems(items: list[Item], calendar: Calendar) -> tuple[PeriodProblem, ...]:
    return tuple(
        PeriodProblem(
            span=Span(item.start, item.stop), reason=item.value.reason,
            options=tuple(option.period for option in doubt_options(item.value, calendar)),
        )
        for item in items if isinstance(item.value, Doubt)
    )  # fmt: skip


def _listed(reader: PeriodReader, items: list[Item], periods: list[PeriodMatch]) -> bool:
    """Whether two periods that are both asked for stand side by side."""
    asked = {match.span.end for match in periods}
    sides = [item for item in items if item.stop in asked]
    return any(joined(reader, side, other) for side, other in pairwise(sides))
