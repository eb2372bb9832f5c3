"""The typed query of one call, its values and times already settled."""

from __future__ import annotations

from typing import Any

from bot.questions.llm.failure import ModelFailure
from bot.questions.llm.tools import CHANGE, OFFLOAD, CheckedCall
from bot.questions.llm.when import CallPeriods
from bot.questions.reading import Intent, Understood
from storage.query import By, Compare, Filter, Grain, Having, Op, Order, Query, Share

MOST_ROWS = 100


def query_of(call: CheckedCall, filters: tuple[Filter, ...], times: CallPeriods) -> Understood:
    """What a call asks for. Raises ModelFailure where its arguments contradict each other."""
    if call.tool == OFFLOAD:
        return Understood(query=_offload(call, filters, times))
    if call.tool == CHANGE:
        return _change(call, filters, times)
    query = Query(
        metrics=_metrics(call),
        period=times.period,
        group_by=tuple(call.get("group_by")),
        grain=Grain(call.get("grain")) if call.get("grain") else None,
        filters=filters,
        previous=times.previous,
        having=tuple(_having(threshold) for threshold in call.get("having")),
        order=_order(call),
        limit=_limit(call),
        average=Grain(call.get("average")) if call.get("average") else None,
        everyone=bool(call.get("everyone")),
        running=times.running,
    )
    query = _side_by_side(_shared(query, call), call)
    intent = {"normal": Intent.NORMAL, "peers": Intent.PEERS}.get(str(call.get("asks")), Intent.FIGURES)
    return Understood(query=query, intent=intent, headline=_headline(query), chart=bool(call.get("chart")))


def _metrics(call: CheckedCall) -> tuple[str, ...]:
    metrics: list[str] = list(dict.fromkeys(call.get("metrics")))
    if not metrics:
        raise ModelFailure("a query needs a metric")
    below = call.get("divided_by")
    if below is None:
        return tuple(metrics)
    if len(metrics) != 1 or below == metrics[0]:
        raise ModelFailure("divided_by takes one metric and another one below it")
    return (f"{metrics[0]}/{below}",)


def _shared(query: Query, call: CheckedCall) -> Query:
    if not call.get("share"):
        return query
    part = call.get("share_of")
    over = tuple(condition for condition in query.filters if condition.dimension != part)
    if part is not None and len(over) == len(query.filters):
        raise ModelFailure("share_of names a dimension without a filter")
    if part is None and not query.group_by:
        raise ModelFailure("a share needs share_of or a grouping")
    return query.with_(share=Share(over))


def _side_by_side(query: Query, call: CheckedCall) -> Query:
    teams = query.filter_on("team")
    if not call.get("side_by_side"):
        return query
    if teams is None or teams.op is not Op.IN:
        raise ModelFailure("side_by_side needs a filter that names teams")
    rest = tuple(condition for condition in query.filters if condition is not teams)
    group = query.group_by if "team" in query.group_by else ("team", *query.group_by)
    return query.with_(scopes=teams.values, filters=rest, group_by=group)


def _having(having: dict[str, Any]) -> Having:
    value = float(having["value"]) / (100 if having["percent"] else 1)
    return Having(Compare(having["compare"]), value, By(having["by"]))


def _order(call: CheckedCall) -> Order | None:
    order = call.get("order")
    return Order(By(order["by"]), bool(order["descending"])) if order else None


def _limit(call: CheckedCall) -> int | None:
    limit = call.get("limit")
    if limit is not None and not 1 <= limit <= MOST_ROWS:
        raise ModelFailure(f"a limit is a number from 1 to {MOST_ROWS}")
    return int(limit) if limit is not None else None


def _headline(query: Query) -> By:
    return query.order.by if query.order and query.order.by in (By.CHANGE, By.CHANGE_PCT) else By.VALUE


def _change(call: CheckedCall, filters: tuple[Filter, ...], times: CallPeriods) -> Understood:
    if times.previous is None:
        raise ModelFailure("a change needs a period to compare with: set compare")
    group = (call.get("by"),) if call.get("by") else ()
    query = Query(
        metrics=(call.get("metric"),),
        period=times.period,
        previous=times.previous,
        running=times.running,
        filters=filters,
        group_by=group,
    )
    return Understood(query=query, intent=Intent.WHY, headline=By.CHANGE)


def _offload(call: CheckedCall, filters: tuple[Filter, ...], times: CallPeriods) -> Query:
    return Query(
        metrics=("offloadable_hours",),
        period=times.period,
        filters=filters,
        group_by=("workflow",),
        order=Order(),
        limit=_limit(call),
    )
