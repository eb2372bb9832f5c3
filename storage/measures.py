"""The measures: the sums and counts that a SELECT brings back, each one SQL expression over the rollups."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, case, cast, distinct, func, or_

from storage.records import Kind, Ledger, Mode, WorkMode
from storage.tables import Spell, Stream, UsageDaily, WorkDaily

Sql = ColumnElement[Any]


class Base(StrEnum):
    """Which rows a measure is taken from."""

    USAGE = "usage"
    PEOPLE = "people"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Measure:
    """A named sum. `sql` is None for what the compiler builds itself (headcount, members, the top decile, hours)."""

    name: str
    base: Base
    sql: Sql | None = None


workforce = Stream.ledger == Ledger.WORKFORCE.value
is_person = Spell.kind != Kind.AGENT.value
by_agent = or_(Stream.mode == Mode.AGENT.value, and_(Spell.id.is_not(None), Spell.kind == Kind.AGENT.value))
all_tokens = (
    UsageDaily.input_tokens + UsageDaily.cached_input_tokens + UsageDaily.cache_write_tokens + UsageDaily.output_tokens
)
has_use = or_(all_tokens > 0, UsageDaily.requests > 0, UsageDaily.suggested > 0, UsageDaily.cost_nano > 0)

# A person and a day in one number: persons × 2^20 + day, so that distinct pairs can be counted everywhere.
person_day = cast(Spell.person_id, BigInteger) * 1_048_576 + cast(UsageDaily.day, BigInteger)


def total(column: Any) -> Sql:
    """The sum over all rows, both ledgers; no rows make 0."""
    return func.coalesce(func.sum(column), 0)


def work_total(column: Any, *conditions: Sql) -> Sql:
    """The sum over work rows that meet the conditions."""
    return func.coalesce(func.sum(case((and_(*conditions), column), else_=0) if conditions else column), 0)


def of_workforce(column: Any, *conditions: Sql) -> Sql:
    """The sum over rows of the workforce ledger that meet the conditions."""
    return func.coalesce(func.sum(case((and_(workforce, *conditions), column), else_=0)), 0)


def distinct_people(what: Any, *conditions: Sql) -> Sql:
    """How many different people (not agents) have a row that meets the conditions."""
    return func.count(distinct(case((and_(is_person, *conditions), what))))


def _usage() -> list[Measure]:
    u = UsageDaily
    columns = {
        "input": u.input_tokens,
        "cached": u.cached_input_tokens,
        "cache_write": u.cache_write_tokens,
        "output": u.output_tokens,
        "reasoning": u.reasoning_tokens,
        "requests": u.requests,
        "cost_nano": u.cost_nano,
    }
    both = {name: total(column) for name, column in columns.items()}
    work = {f"w_{name}": of_workforce(column) for name, column in columns.items()}
    others: dict[str, Sql] = {
        "suggested": of_workforce(u.suggested),
        "accepted": of_workforce(u.accepted),
        "people_tokens": of_workforce(all_tokens, is_person),
        "agentic_tokens": of_workforce(all_tokens, by_agent),
        "active_people": distinct_people(Spell.person_id, workforce, u.requests > 0),
        "active_days": distinct_people(person_day, workforce, u.requests > 0),
        "users": distinct_people(Spell.person_id, has_use),
        "unpriced_facts": total(u.unpriced_facts),
        "unpriced_tokens": total(u.unpriced_tokens),
        "priced_facts": total(u.billed_facts + u.list_facts + u.estimated_facts + u.seat_facts),
        "w_unpriced_facts": of_workforce(u.unpriced_facts),
        "w_priced_facts": of_workforce(u.billed_facts + u.list_facts + u.estimated_facts + u.seat_facts),
        "billed_facts": total(u.billed_facts),
        "list_facts": total(u.list_facts),
        "estimated_facts": total(u.estimated_facts),
        "product_tokens": func.coalesce(func.sum(case((~workforce, all_tokens), else_=0)), 0),
    }
    return [Measure(name, Base.USAGE, sql) for name, sql in (both | work | others).items()]


def _work() -> list[Measure]:
    w = WorkDaily
    by_ai = WorkDaily.mode != WorkMode.HUMAN.value
    columns: dict[str, Sql] = {
        "items": work_total(w.items),
        "human_ms": work_total(w.human_ms),
        "ai_items": work_total(w.items, by_ai),
        "agent_items": work_total(w.items, w.mode == WorkMode.AGENT.value),
        "by_hand_ms": work_total(w.human_ms, w.mode == WorkMode.HUMAN.value),
        "work_accepted": work_total(w.accepted),
        "work_reworked": work_total(w.reworked),
        "work_failed": work_total(w.failed),
    }
    return [Measure(name, Base.WORK, sql) for name, sql in columns.items()]


_BUILT = [
    Measure("headcount_days", Base.PEOPLE),
    Measure("days", Base.PEOPLE),
    Measure("members", Base.PEOPLE),
    Measure("decile_tokens", Base.USAGE),
    Measure("offloaded_ms", Base.WORK),
]

MEASURES: dict[str, Measure] = {one.name: one for one in [*_usage(), *_work(), *_BUILT]}
