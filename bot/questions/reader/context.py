"""The query of the turn before in plain words, with its values as mentions: what a follow-up is read against."""

from __future__ import annotations

from bot.questions.finders.marks import Mention
from bot.questions.finders.timing import shape
from bot.questions.periods import Calendar
from bot.questions.reader.encode import BREAK
from bot.questions.reader.times import as_match
from storage.catalogue import DIMENSIONS, METRICS
from storage.query import Filter, Op, Query

_MARKS = {Op.IN: ("in",), Op.NOT_IN: ("without",), Op.BELOW: ("below",)}


def words_of(query: Query, calendar: Calendar, former: Query | None = None) -> list[str | Mention]:
    """The parts of a context; of the query before it in the thread, what this one has replaced ("the two?")."""
    out: list[str | Mention] = []
    for name in query.metrics:
        both = name.split("/")
        out += " per ".join(METRICS[name].label if name in METRICS else name for name in both).split()
    for name in query.group_by:
        out += ["by", *DIMENSIONS[name].label.split()]
    if query.grain:
        out += ["by", query.grain.value]
    if query.average:
        out += ["average", "per", query.average.value]
    for condition in query.filters:
        out += [*_MARKS[condition.op], *_values(condition)]
    out += _shape(query)
    out.append(_period(query, calendar))
    if query.previous:
        out += ["compared", "previous"]
    if former is not None:
        out += _replaced(query, former, calendar)
    return [*out, BREAK]


def _period(query: Query, calendar: Calendar) -> Mention:
    return Mention("period", shape(as_match(query.period, calendar)), (query.period,), context=True)


def _replaced(query: Query, former: Query, calendar: Calendar) -> list[str | Mention]:
    """The names and the period of the former query that this one no longer has."""
    held = {(condition.dimension, value) for condition in query.filters for value in condition.values}
    out = [
        part
        for condition in former.filters
        if condition.op is Op.IN
        for part in _values(condition)
        if isinstance(part, Mention) and (part.kind, part.values[0]) not in held
    ]
    days = (former.period.start, former.period.end) != (query.period.start, query.period.end)
    return ["earlier", *out, *([_period(former, calendar)] if days else [])] if out or days else []


def _shape(query: Query) -> list[str | Mention]:
    """Scopes, share, ranking and thresholds."""
    out: list[str | Mention] = []
    if query.scopes:
        out += ["side", "by", "side", *(Mention("team", (), (team,), context=True) for team in query.scopes)]
    if query.share:
        out.append("share")
        for over in query.share.over:
            if over not in query.filters:
                out += ["of", *_values(over)]
    if query.order:
        out += ["ranked", "highest" if query.order.descending else "lowest", query.order.by.value]
    if query.limit:
        out += ["top", Mention("number", ("few",), (float(query.limit),), context=True)]
    for having in query.having:
        size = Mention("number", (size_of(abs(having.value)),), (having.value,), context=True)
        out += ["with", having.compare.value, having.by.value, size]
    return out


def size_of(value: float) -> str:
    """How large a number is, in the word that the network sees of it."""
    return "few" if value <= 30 else "hundreds" if value < 5000 else "millions"


def _values(condition: Filter) -> list[str | Mention]:
    if condition.dimension in ("kind", "mode", "ledger"):
        return [*condition.values, condition.dimension]
    return [Mention(condition.dimension, (), (value,), context=True) for value in condition.values]
