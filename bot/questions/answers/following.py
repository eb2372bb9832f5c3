"""What can be asked next of an answered query, chosen from the query itself: only steps that the catalogue allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from bot.questions.answers.answer import Answer, Shape, Status
from bot.questions.periods.arithmetic import DAY, end_of, start_of, step
from bot.questions.reading import Intent
from storage.answer.columns import columns_of
from storage.answer.decompose import BY_FACTOR
from storage.answer.validate import checked
from storage.catalogue import metric
from storage.errors import InvalidQuery
from storage.query import Grain, Query, query_from_json
from storage.records import Period

WEEKS = 12  # of a trend with no period said
UNITS = ("week", "month", "quarter", "year")


class Following(StrEnum):
    """A step on from an answer."""

    TREND = "trend"
    BY_TEAM = "team"
    BY_TOOL = "tool"
    BY_MODEL = "model"
    COMPARE = "compare"
    WHY = "why"  # what the change is made of
    NORMAL = "normal"  # the figure beside its usual range
    WATCH = "watch"  # tell who presses when it leaves its usual range
    SAME = "same"  # the same query once more, for who asks now


LABELS: Mapping[Following, str] = {
    Following.WHY: "Why?",
    Following.TREND: "Trend",
    Following.BY_TEAM: "By team",
    Following.COMPARE: "Compare",
    Following.BY_TOOL: "By tool",
    Following.BY_MODEL: "By model",
    Following.NORMAL: "Is that normal?",
}
INTENTS: Mapping[Following, Intent] = {
    Following.WHY: Intent.WHY,
    Following.NORMAL: Intent.NORMAL,
    Following.WATCH: Intent.WATCH,
}


def steps_from(answer: Answer, as_of: date) -> tuple[Following, ...]:
    """The steps that this answer's query allows, the likeliest first; none of an answer whose rows are something else
    than the query's."""
    return tuple(following for following in LABELS if allows(answer, following, as_of))


def allows(answer: Answer, following: Following, as_of: date) -> bool:
    """Whether one step on from an answer makes sense."""
    query = query_of(answer)
    return query is not None and stepped(query, following, as_of) is not None


def query_of(answer: Answer) -> Query | None:
    """The query whose rows an answer shows; None for one that takes a change apart, or shows no figure."""
    if answer.status is not Status.ANSWERED or answer.shape is Shape.TEXT or not answer.query or answer.answers:
        return None
    try:
        query = query_from_json(answer.query)
    except InvalidQuery:
        return None
    labels = {*query.group_by, *([query.grain.value] if query.grain else [])}
    return query if _fits(answer, labels, query) else None


def stepped(query: Query, following: Following, as_of: date) -> Query | None:
    """The query one step on, as it is asked on the day `as_of`; None where the step makes no sense of it."""
    made = STEPS[following](query, as_of)
    try:
        if made:
            checked(made)
    except InvalidQuery:
        return None
    return made


def unit_before(period: Period, as_of: date) -> tuple[Period, bool]:
    """The period just before one, and whether that one is a running unit: it is compared with the same days of the
    unit before, cut at that unit's own end."""
    for unit in UNITS:
        whole = end_of(period.start, unit)
        if start_of(period.start, unit) != period.start or (period.end != whole and period.end != as_of):
            continue
        if period.end > whole:
            continue
        first = step(period.start, unit, -1)
        if period.end == whole:
            return Period(first, period.start - DAY), False
        return Period(first, min(first + (period.end - period.start), period.start - DAY)), True
    return Period(period.start - timedelta(days=period.days), period.start - DAY), False


def _trend(query: Query, as_of: date) -> Query | None:
    """Its last twelve complete weeks, of a list a line each; not of people one by one."""
    if query.grain or len(query.group_by) > 1 or "person" in query.group_by or query.scopes or query.share:
        return None
    monday = start_of(as_of, "week")
    period = Period(step(monday, "week", -WEEKS), monday - DAY)
    return query.with_(grain=Grain.WEEK, period=period, previous=None, running=False, average=None, **_ALL_ROWS)


def _by(dimension: str) -> Callable[[Query, date], Query | None]:
    """The same by a dimension that the query is not cut to already; of one person there are no teams."""

    def of(query: Query, _: date) -> Query | None:
        cut = dimension != "team" and query.filter_on(dimension) is not None
        of_person = dimension == "team" and query.filter_on("person") is not None
        if query.group_by or query.scopes or query.share or query.previous or cut or of_person:
            return None
        return query.with_(group_by=(dimension,), **_ALL_ROWS)

    return of


def _why(query: Query, _: date) -> Query | None:
    """The parts of a change, of a figure that is a sum of some."""
    measure = metric(query.metrics[0])
    if not query.previous or query.grain or query.group_by or query.scopes or query.share:
        return None
    return query.with_(**_ALL_ROWS) if measure.additive or measure.name in BY_FACTOR else None


def _normal(query: Query, _: date) -> Query | None:
    """One figure of one scope beside those of the spans before."""
    several = query.grain or query.group_by or query.scopes or query.share or query.previous or query.average
    return None if several or query.having or query.filter_on("person") or len(query.metrics) > 1 else query


def _watched(query: Query, as_of: date) -> Query | None:
    """The figure of last week, of the scope that was asked about."""
    if query.group_by or query.scopes or query.share or query.filter_on("person") or len(query.metrics) > 1:
        return None
    monday = start_of(as_of, "week")
    week = Period(step(monday, "week", -1), monday - DAY, "last week")
    return query.with_(grain=None, period=week, previous=None, running=False, average=None, **_ALL_ROWS)


def _compared(query: Query, as_of: date) -> Query | None:
    """Beside the period before it."""
    if query.previous or query.grain or query.share or query.average or query.having:
        return None
    before, running = unit_before(query.period, as_of)
    return query.with_(previous=before, running=running)


_ALL_ROWS: Mapping[str, object] = {"having": (), "order": None, "limit": None, "skip": 0}


STEPS: Mapping[Following, Callable[[Query, date], Query | None]] = {
    Following.TREND: _trend,
    Following.BY_TEAM: _by("team"),
    Following.BY_TOOL: _by("tool"),
    Following.BY_MODEL: _by("model"),
    Following.COMPARE: _compared,
    Following.WHY: _why,
    Following.NORMAL: _normal,
    Following.WATCH: _watched,
    Following.SAME: lambda query, _: query,
}


def _fits(answer: Answer, labels: Iterable[str], query: Query) -> bool:
    """Whether the rows are those that the query gives: by its labels, with its columns."""
    try:
        columns = {column.name for column in columns_of(query, checked(query))}
    except InvalidQuery:
        return False
    return all(set(row.labels) <= {*labels} and set(row.values) <= columns for row in answer.rows)
