"""The measures: the sums and counts that a SELECT brings back, each one SQL expression over the rollups."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Subquery, and_, case, cast, distinct, func, or_

from storage.catalogue.class_measures import CLASS_MEASURES, class_sums
from storage.catalogue.daily import tokens_of
from storage.catalogue.person_measures import looks_at_people
from storage.catalogue.variety_measures import VARIETY_MEASURES, variety_sums
from storage.records import CostKind, Ledger, Mode, WorkMode
from storage.roster_records import Kind
from storage.tables import Spell, Stream, UsageDaily, WorkDaily

Sql = ColumnElement[Any]
KINDS = tuple(kind for kind in CostKind if kind is not CostKind.APART)  # those whose money is in a cost
DAYS_RANGE = 1 << 20  # more days than a calendar has


class MeasuredRows(StrEnum):
    """Which rows a measure is taken from."""

    USAGE = "usage"
    PEOPLE = "people"
    WORK = "work"
    SEATS = "seats"
    BUDGETS = "budgets"


# What depends on who of many it was, so that only rows of one person each can tell.
OF_SINGLE_PEOPLE = frozenset(
    (
        "active_people",
        "active_days",
        "first_active_day",
        "last_active_day",
        "tokenless_people",
        "tokenless_requests",
        "uncounted_people",
        *VARIETY_MEASURES,
    )
)
workforce = Stream.ledger == Ledger.WORKFORCE.value
is_person = Spell.kind != Kind.AGENT.value


def total(column: Any) -> Sql:
    """The sum over all rows, both ledgers; null where none of them reports it."""
    return func.sum(column)


def distinct_people(what: Any, *conditions: Sql) -> Sql:
    """How many different people (not agents) have a row that meets the conditions."""
    return func.count(distinct(case((and_(is_person, *conditions), what))))


def work_total(column: Any, *conditions: Sql) -> Sql:
    """The sum over work rows that meet the conditions; null where these do not record it."""
    return func.sum(case((and_(*conditions), column), else_=0) if conditions else column)


@lru_cache(maxsize=8)
def usage_sql(u: Any, who: Any = Spell, what: Any = Stream) -> dict[str, Sql]:
    """The SQL of every usage measure over `u`: a rollup, or facts shaped like one.

    `who` has the kind of the people behind the rows, `what` the mode and ledger of what they used. Where `who` is not
    the spell of one person, what is `OF_SINGLE_PEOPLE` is missing.
    """
    u, who, what = (rows.c if isinstance(rows, Subquery) else rows for rows in (u, who, what))
    in_workforce = what.ledger == Ledger.WORKFORCE.value
    person, agent = who.kind != Kind.AGENT.value, who.kind == Kind.AGENT.value

    def of_workforce(column: Any, *conditions: Sql) -> Sql:
        """The sum over rows of the workforce ledger that meet the conditions; null where none of these reports it."""
        return func.sum(case((and_(in_workforce, *conditions), column), else_=0))

    all_tokens = tokens_of(u)
    columns = {
        "input": u.input_tokens,
        "cached": u.cached_input_tokens,
        "cache_write": u.cache_write_tokens,
        "output": u.output_tokens,
        "reasoning": u.reasoning_tokens,
        "requests": u.requests,
        "cost_nano": u.cost_nano,
        "list_nano": u.list_nano,
        "priced_facts": case((u.cost_kind != CostKind.APART.value, u.facts), else_=0),
        "apart_facts": case((u.cost_kind == CostKind.APART.value, u.facts), else_=0),
        "unpriced_facts": u.unpriced_facts,
        "tokenless_facts": u.tokenless_facts,
    }
    return (
        {name: total(column) for name, column in columns.items()}
        | {f"w_{name}": of_workforce(column) for name, column in columns.items()}
        | {f"{kind.value}_facts": total(case((u.cost_kind == kind.value, u.facts), else_=0)) for kind in KINDS}
        | {f"{kind.value}_cost": total(case((u.cost_kind == kind.value, u.cost_nano), else_=0)) for kind in KINDS}
        | {
            f"{kind.value}_list_nano": total(case((u.cost_kind == kind.value, u.list_nano)))
            for kind in (CostKind.COVERED, CostKind.APART)
        }
        | {
            "suggested": of_workforce(u.suggested),
            "accepted": of_workforce(u.accepted),
            "people_tokens": of_workforce(all_tokens, person),
            "people_cost_nano": of_workforce(u.cost_nano, person),
            "people_requests": of_workforce(u.requests, person),
            "agents_tokens": of_workforce(all_tokens, agent),
            "unattributed_tokens": of_workforce(all_tokens, who.kind.is_(None)),
            "agentic_tokens": of_workforce(all_tokens, or_(what.mode == Mode.AGENT.value, agent)),
            "uncounted_facts": total(u.uncounted_facts),
            "unpriced_tokens": total(u.unpriced_tokens),
            "product_tokens": total(case((in_workforce, 0), else_=all_tokens)),
        }
        | class_sums(u)
        | (_of_single_people(u) if who is Spell else {})
    )


def _of_single_people(u: Any) -> dict[str, Sql]:
    # A person and a day in one number, so that distinct pairs can be counted on every database.
    person_day = cast(Spell.person_id, BigInteger) * DAYS_RANGE + cast(u.day, BigInteger)
    active = u.active_facts > 0
    return {
        "active_people": distinct_people(Spell.person_id, workforce, active),
        "active_days": distinct_people(person_day, workforce, active),
        "first_active_day": func.min(case((and_(workforce, active), u.day))),
        "last_active_day": func.max(case((and_(workforce, active), u.day))),
        "tokenless_people": distinct_people(Spell.person_id, u.tokenless_facts > 0),
        "tokenless_requests": total(case((u.tokenless_facts > 0, u.requests), else_=0)),
        "uncounted_people": distinct_people(Spell.person_id, u.uncounted_facts > 0),
        **variety_sums(u),
    }


@lru_cache(maxsize=1)
def work_sql() -> dict[str, Sql]:
    """The SQL of every work measure over the daily rollup of work."""
    w = WorkDaily
    by_ai, by_hand = WorkDaily.mode != WorkMode.HUMAN.value, WorkDaily.mode == WorkMode.HUMAN.value
    untimed = and_(work_total(w.items, by_hand) > 0, work_total(w.timed_items, by_hand) == 0)
    return {
        "items": work_total(w.items),
        "human_ms": work_total(w.human_ms),
        "timed_items": work_total(w.timed_items),
        "ai_items": work_total(w.items, by_ai),
        "agent_items": work_total(w.items, w.mode == WorkMode.AGENT.value),
        "by_hand_ms": case((untimed, None), else_=work_total(w.human_ms, by_hand)),
        "work_accepted": work_total(w.accepted),
        "work_reworked": work_total(w.reworked),
        "work_failed": work_total(w.failed),
    }


# Which rows each measure is taken from. Those after the first two groups the compiler builds itself.
MEASURES: dict[str, MeasuredRows] = (
    dict.fromkeys(usage_sql(UsageDaily), MeasuredRows.USAGE)
    | dict.fromkeys(CLASS_MEASURES, MeasuredRows.USAGE)
    | dict.fromkeys(work_sql(), MeasuredRows.WORK)
    | {"headcount_days": MeasuredRows.PEOPLE, "days": MeasuredRows.PEOPLE, "members": MeasuredRows.PEOPLE}
    | {"decile_tokens": MeasuredRows.USAGE, "offloaded_ms": MeasuredRows.WORK}
    | dict.fromkeys(("seats", "idle_seats", "idle_seat_nano", "unused_seats"), MeasuredRows.SEATS)
    | {"budget_nano": MeasuredRows.BUDGETS}
    | {"whole_weeks": MeasuredRows.PEOPLE, "whole_months": MeasuredRows.PEOPLE}
)


def rows_of(measure: str) -> MeasuredRows:
    """Which rows a measure is taken from; of one that looks at people one by one, from their usage."""
    return MeasuredRows.USAGE if looks_at_people(measure) else MEASURES[measure]
