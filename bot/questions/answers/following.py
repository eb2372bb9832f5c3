"""What can be asked next of an answered query, chosen from the query itself: only steps that the catalogue allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from bot.questions.answers.answer import Answer, Shape, Status
from bot.questions.periods.arithmetic import DAY, end_of, start_of, step
from storage.answer.shape import columns_of
from storage.answer.validate import checked
from storage.errors import InvalidQuery
from storage.query import Grain, Query, query_from_json
from storage.records import Period

WEEKS = 12  # of a trend with no period said
UNITS = ("week", "month", "quarter", "year")


class Following(StrEnum):
    """A step on from an answer."""

    TREND = "trend"
    BY_TEAM = "team"
    COMPARE = "compare"
    SAME = "same"  # the same query once more, for who asks now


LABELS: Mapping[Following, str] = {
    Following.TREND: "Trend",
    Following.BY_TEAM: "By team",
    Following.COMPARE: "Compare",
}


def steps_from(answer: Answer, as_of: date) -> tuple[Following, ...]:
    """The steps that this answer's query allows; none of an answer whose rows are something else than the query's."""
    query = query_of(answer)
    if query is None:
        return ()
    return tuple(following for following in LABELS if stepped(query, following, as_of) is not None)


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
    """Its last twelve complete weeks."""
    if query.grain or query.group_by or query.scopes or query.share:
        return None
    monday = start_of(as_of, "week")
    period = Period(step(monday, "week", -WEEKS), monday - DAY)
    return query.with_(grain=Grain.WEEK, period=period, previous=None, running=False, average=None, **_ALL_ROWS)


def _by_team(query: Query, _: date) -> Query | None:
    """The same by team; of one person there are no teams."""
    of_person = query.filter_on("person") is not None
    if query.grain or query.group_by or query.scopes or query.share or query.previous or of_person:
        return None
    return query.with_(group_by=("team",), **_ALL_ROWS)


def _compared(query: Query, as_of: date) -> Query | None:
    """Beside the period before it."""
    if query.previous or query.grain or query.share or query.average or query.having:
        return None
    before, running = unit_before(query.period, as_of)
    return query.with_(previous=before, running=running)


_ALL_ROWS: Mapping[str, object] = {"having": (), "order": None, "limit": None, "skip": 0}


STEPS: Mapping[Following, Callable[[Query, date], Query | None]] = {
    Following.TREND: _trend,
    Following.BY_TEAM: _by_team,
    Following.COMPARE: _compared,
    Following.SAME: lambda query, _: query,
}


def _fits(answer: Answer, labels: Iterable[str], query: Query) -> bool:
    """Whether the rows are those that the query gives: by its labels, with its columns."""
    try:
        columns = {column.name for column in columns_of(query, checked(query))}
    except InvalidQuery:
        return False
    return all(set(row.labels) <= {*labels} and set(row.values) <= columns for row in answer.rows)
