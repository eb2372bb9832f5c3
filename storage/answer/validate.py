"""Checks a typed query against the catalogue before anything is compiled, and names what does not fit."""

from __future__ import annotations

from storage.answer.seats import DIMENSIONS_OF_SEATS
from storage.catalogue import Metric, dimension, metric
from storage.catalogue.measures import MeasuredRows
from storage.catalogue.person_measures import looks_at_people
from storage.errors import InvalidQuery
from storage.plan_records import PlanScope
from storage.query import By, Filter, Grain, Op, Query
from storage.records import Ledger

MOST_METRICS = 4
MOST_DIMENSIONS = 2
MOST_ROWS = 1000
BUDGET_SCOPES = tuple(str(scope) for scope in PlanScope if scope is not PlanScope.ORGANISATION)


def checked(query: Query) -> list[Metric]:
    """The query's metrics. Raises InvalidQuery with a reason in plain words."""
    if not 1 <= len(query.metrics) <= MOST_METRICS:
        raise InvalidQuery(f"a query has one to {MOST_METRICS} metrics")
    if len(set(query.metrics)) < len(query.metrics):
        raise InvalidQuery("the metrics of a query are different ones")
    if len(query.group_by) > MOST_DIMENSIONS or len(set(query.group_by)) < len(query.group_by):
        raise InvalidQuery(f"a query groups by at most {MOST_DIMENSIONS} different dimensions")
    metrics = [metric(name) for name in query.metrics]
    _dimensions_fit(query, metrics)
    _operators_fit(query, metrics)
    return metrics


def _dimensions_fit(query: Query, metrics: list[Metric]) -> None:
    of_work = {MeasuredRows.WORK in metric.bases for metric in metrics}
    booked = {metric.of_booked_usage for metric in metrics}
    if len(of_work) > 1 or len(booked) > 1:
        raise InvalidQuery("figures of work and of usage have different rows: ask for them one at a time")
    filters = (*query.filters, *(query.share.over if query.share else ()))
    for name in [*query.group_by, *(condition.dimension for condition in filters)]:
        known = dimension(name)
        if True in booked and known.name == "mode":
            raise InvalidQuery(f"usage and work know different modes: there is no {metrics[0].label} by mode")
        if (
            True in of_work
            and known.work is None
            and not known.days
            and not (True in booked and known.name == "ledger")
        ):
            raise InvalidQuery(f"{metrics[0].label} {'is' if True in booked else 'are'} not recorded by {known.label}")
        if (
            name in query.group_by
            and not (known.people or known.days)
            and all(m.bases == {MeasuredRows.PEOPLE} for m in metrics)
        ):
            raise InvalidQuery(f"{metrics[0].label} cannot be split by {known.label}")
    _seats_fit(query, metrics, filters)
    _budgets_fit(query, metrics)
    if "person" in query.group_by and any(looks_at_people(name) for metric in metrics for name in metric.measures):
        raise InvalidQuery(f"{metrics[0].label} are of several people: ask for them by team, tool or week")
    _ledger_fits(query, metrics)
    _filters_fit(query, filters)


def _seats_fit(query: Query, metrics: list[Metric], filters: tuple[Filter, ...]) -> None:
    of_seats = {MeasuredRows.SEATS in metric.bases for metric in metrics}
    if len(of_seats) > 1:
        raise InvalidQuery("seats and usage have different rows: ask for them one at a time")
    for name in [*query.group_by, *(condition.dimension for condition in filters)] if True in of_seats else ():
        if name not in DIMENSIONS_OF_SEATS:
            raise InvalidQuery(f"seats are not recorded by {dimension(name).label}")


def _budgets_fit(query: Query, metrics: list[Metric]) -> None:
    """Budgets are kept by the month, for the organisation, a team, a tool or a project."""
    if not any(MeasuredRows.BUDGETS in metric.bases for metric in metrics):
        return
    asked = {*query.group_by, *(condition.dimension for condition in query.filters)}
    for name in asked - {*BUDGET_SCOPES}:
        raise InvalidQuery(
            f"no budget is kept by {dimension(name).label}: the organisation, teams, tools, projects have one"
        )
    several = any(condition.op is not Op.IN or len(condition.values) > 1 for condition in query.filters)
    if len(asked) > 1 or len(query.filters) > 1 or (several and not query.group_by):
        raise InvalidQuery("a budget is that of one team, tool or project: ask for one, or for a list by one of these")
    if query.grain in (Grain.DAY, Grain.WEEK):
        raise InvalidQuery("a budget is of a month: ask for it by month")
    if any(period.start.day > 1 for period in (query.period, query.previous) if period):
        raise InvalidQuery("a budget is of whole months: ask for this month, October or a quarter")


def _filters_fit(query: Query, filters: tuple[Filter, ...]) -> None:
    if query.scopes and "team" not in query.group_by:
        raise InvalidQuery("teams side by side are a list by team")
    if len(set(query.scopes)) < len(query.scopes):
        raise InvalidQuery("a team cannot stand beside itself twice")
    if any(condition.op is Op.BELOW and condition.dimension != "team" for condition in filters):
        raise InvalidQuery("only teams have others below them")
    if not all(condition.values for condition in filters):
        raise InvalidQuery("a filter names nothing")


def _ledger_fits(query: Query, metrics: list[Metric]) -> None:
    named = query.filter_on("ledger")
    product_alone = named and (Ledger.WORKFORCE in named.values) is (named.op is Op.NOT_IN)
    if product_alone and not all(metric.both_ledgers for metric in metrics):
        raise InvalidQuery("only tokens, requests and cost are counted for product inference")


def _operators_fit(query: Query, metrics: list[Metric]) -> None:
    if query.previous and query.grain:
        raise InvalidQuery("a series is not compared with another period; ask for one of the two")
    if query.share and not all(metric.additive for metric in metrics):
        raise InvalidQuery(f"{metrics[0].label} has no share: only sums have parts")
    if query.average and (
        not all(metric.additive for metric in metrics) or query.grain or query.average is Grain.QUARTER
    ):
        raise InvalidQuery(f"{metrics[0].label} has no average per {query.average} here: only sums have one")
    _ranks_fit(query)
    if query.limit is not None and not 1 <= query.limit <= MOST_ROWS:
        raise InvalidQuery(f"a limit is a number from 1 to {MOST_ROWS}")
    if not 0 <= query.skip <= MOST_ROWS:
        raise InvalidQuery(f"rows passed over are from 0 to {MOST_ROWS}")


def _ranks_fit(query: Query) -> None:
    if any(threshold.by is By.LABEL for threshold in query.having):
        raise InvalidQuery("a name is neither more nor less than a number")
    ranks = [(query.order.by, query.order.metric)] if query.order else []
    for by, name in [*ranks, *((threshold.by, threshold.metric) for threshold in query.having)]:
        if name and name not in query.metrics:
            raise InvalidQuery(f"{name} is not among the metrics of the query")
        if by in (By.CHANGE, By.CHANGE_PCT) and not query.previous:
            raise InvalidQuery("a change needs a period to compare with")
        if by is By.SHARE and not query.share:
            raise InvalidQuery("a rank by share needs the share")
