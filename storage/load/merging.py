"""Joins staged facts to the store: a plan made beside it, then statements that touch only what is new or changed.

The plan finds the fact that each staged key has and whether it differs. It is made without holding the store's lock;
where the store has moved on by the time the lock is held, it is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from storage.catalogue.daily import ZERO
from storage.load.dictionaries import Target
from storage.load.fact_tables import USAGE_ROW, WORK, FactTable
from storage.load.gathering import Repeats
from storage.load.repeated_keys import bring_together
from storage.load.rollups import chunks
from storage.load.staging import (
    CHANGED,
    GONE,
    NEW,
    UNCHANGED,
    allocations,
    days,
    feeds,
    pricings,
    spans,
    streams,
    subjects,
)
from storage.records import Period, Restate
from storage.tables import EPOCH, Feed

DAY_MS = 86_400_000
ZEROS = sum(ZERO.values())
ONE_DAY = timedelta(days=1)
Sql = ColumnElement[Any]
Leave = Callable[[Sql], None]  # told which facts are about to change or go
WORDS = {"subject_id": subjects, "stream_id": streams, "allocation_id": allocations, "pricing_id": pricings}


@dataclass(frozen=True, slots=True)
class Whole:
    """Days that a load has all of: what else its feeds have of them goes.

    `given` are days named by the load itself, of its own feed, but for those `without`; else they are the days of its
    rows. With `utc` an instant counts on its day in UTC, as vendors cut their days.
    """

    given: Period | None = None
    utc: bool = False
    without: Sequence[date] = ()


def make_plan(
    connection: Connection, facts: FactTable, repeats: Repeats, rule: Restate, whole: Period | None = None
) -> None:
    """One staged row a key, each with the fact it has in the store and its verdict.

    Of work outside the `whole` days of a load only what is there already is restated.
    """
    if facts.staged is facts.incoming:
        nothing = {"fact_id": None, "old_day": None, "verdict": NEW}
        connection.execute(update(facts.staged).where(facts.staged.c.verdict != NEW).values(nothing))
    else:
        bring_together(connection, facts, repeats)
    known = select(feeds.c.feed_id).where(feeds.c.feed_id.is_not(None))
    if connection.execute(known.limit(1)).first() is not None:
        _find_facts(connection, facts, rule)
    if not facts.is_usage:
        _leave_out(connection, whole)


def _find_facts(connection: Connection, facts: FactTable, rule: Restate) -> None:
    """Note the fact that each staged key has, and whether that differs."""
    fact, staged = facts.fact, facts.staged
    values = _values(facts, staged)
    held = {name: getattr(fact, name) for name in values}
    if facts.is_usage:
        held["marks"] = fact.marks.bitwise_and(literal(ZEROS))
    differs = or_(*(held[name].is_distinct_from(value) for name, value in values.items()))
    if facts.is_usage:  # words that the store has no number for yet are not those of a fact without any
        for number, name in ((staged.c.allocation_no, "allocation_id"), (staged.c.pricing_no, "pricing_id")):
            differs = or_(differs, and_(number.is_not(None), values[name].is_(None)))
    if rule is Restate.FULLEST and facts.is_usage:
        differs = and_(differs, ~_less_full(staged, fact))
    none = [] if facts.is_usage else [(staged.c.workflow == "", GONE)]
    found: dict[str, Any] = {"old_day": fact.day, "verdict": case(*none, (differs, CHANGED), else_=UNCHANGED)}
    if (row := _number(connection, facts)) is not None:
        found["fact_id"] = row
    same: list[Sql] = [fact.key == staged.c.key]
    if not facts.is_usage:
        same += [feeds.c.no == staged.c.feed_no, fact.feed_id == feeds.c.feed_id]
    connection.execute(update(staged).values(found).where(*same))


def mark_days(connection: Connection, facts: FactTable, whole: Whole | None, feed_id: int) -> bool:
    """Note the days whose facts will differ; False where there is none."""
    staged = facts.staged
    connection.execute(delete(days))
    changing = [
        select(staged.c.day).where(staged.c.verdict.in_((NEW, CHANGED))),
        select(staged.c.old_day).where(staged.c.verdict.in_((CHANGED, GONE))),
    ]
    if whole:
        changing.append(select(facts.fact.day).where(*_vanished(facts, whole, feed_id)))
    marked = changing[0].union(*changing[1:]).subquery()
    connection.execute(insert(days).from_select(["day"], select(marked.c[0])))
    return connection.scalar(select(exists().where(days.c.day.is_not(None)))) is True


def write_facts(
    connection: Connection, facts: FactTable, target: Target, load_id: int, leave: Leave, *part: Sql
) -> None:
    """Bring the new and the changed facts in, or only those of a part of the stage; mark the days first."""
    staged, fact = facts.staged, facts.fact
    values: dict[str, Any] = _values(facts, staged) | {"load_id": literal(load_id)}
    rows: FromClause = staged
    if facts.is_usage:
        values["spell_id"], rows = spans.c.spell_id, with_spells(staged)
    changing = and_(staged.c.verdict == CHANGED, *part)
    if connection.scalar(select(exists().where(changing))) is True:
        of_feed = feeds.c.no == staged.c.feed_no
        leave(changed_facts(connection, facts, *part))
        named = (value.label(name) for name, value in values.items())
        of_fact = staged.c.fact_id, staged.c.key
        told = select(*of_fact, *named).select_from(rows.join(feeds, of_feed)).where(changing).subquery("told")
        number = _number(connection, facts)
        same = fact.key == told.c.key if number is None else number == told.c.fact_id
        if number is not None and facts.is_usage:
            # SQLite writes an index again with each column that is set, also where it stays as it was.
            indexed = {name: values.pop(name) for name in ("day", "subject_id")}
            moved = or_(*(getattr(fact, name) != told.c[name] for name in indexed))
            connection.execute(update(fact).values({name: told.c[name] for name in indexed}).where(same, moved))
            connection.execute(update(fact).values({name: told.c[name] for name in values}).where(same))
            values |= indexed
        else:
            connection.execute(update(fact).values({name: told.c[name] for name in values}).where(same))
    values |= {"workspace_id": literal(target.workspace_id), "feed_id": feeds.c.feed_id, "key": staged.c.key}
    from_ = rows.join(feeds, feeds.c.no == staged.c.feed_no)
    fresh = select(*values.values()).select_from(from_).where(staged.c.verdict == NEW, *part)
    connection.execute(insert(fact).from_select([*values], fresh, include_defaults=False))


def changed_facts(connection: Connection, facts: FactTable, *part: Sql) -> Sql:
    """Which facts in the store are those that a load changes, or a part of the stage."""
    number, changed = _number(connection, facts), and_(facts.staged.c.verdict == CHANGED, *part)
    if number is None:
        return _is_staged(facts, changed)
    return number.in_(select(facts.staged.c.fact_id).where(changed))


def new_facts(facts: FactTable) -> Sql:
    """Which facts in the store are those that a load has brought anew."""
    return _is_staged(facts, facts.staged.c.verdict == NEW)


def remove_vanished(connection: Connection, facts: FactTable, whole: Whole | None, feed_id: int, leave: Leave) -> int:
    """Delete the facts that are said to be none, and those of whole days that their feeds no longer have; how many."""
    gone: list[Sql] = [and_(*_vanished(facts, whole, feed_id))] if whole else []
    if not facts.is_usage:
        gone.append(facts.fact.id.in_(select(facts.staged.c.fact_id).where(facts.staged.c.verdict == GONE)))
    if not gone:
        return 0
    leave(or_(*gone))
    return connection.execute(delete(facts.fact).where(or_(*gone))).rowcount


def remove_named(connection: Connection, facts: FactTable, feed_id: int, keys: Collection[bytes], leave: Leave) -> int:
    """Delete the facts of these keys, whose days are marked with those that differ; gives how many."""
    fact, removed = facts.fact, 0
    for chosen in chunks(keys):
        gone = (fact.feed_id == feed_id, fact.key.in_(chosen))
        unmarked = select(fact.day).where(*gone, fact.day.not_in(select(days.c.day))).distinct()
        connection.execute(insert(days).from_select(["day"], unmarked))
        leave(and_(*gone))
        removed += connection.execute(delete(fact).where(*gone)).rowcount
    return removed


def keep_before(connection: Connection, facts: FactTable, load_id: int, which: Sql) -> None:
    """Keep what facts are before this load changes or removes them."""
    fact = facts.fact
    names = columns_of_fact(facts)
    said = {name: getattr(fact, name) for name in names}
    if facts.is_usage:  # what another feed tells is worked out again
        said["marks"] = fact.marks.bitwise_and(literal(ZEROS))
    rows = select(*said.values(), literal(load_id)).where(which)
    connection.execute(insert(facts.before).from_select([*names, "replaced_by"], rows, include_defaults=False))


def columns_of_fact(facts: FactTable) -> list[str]:
    """All that a fact says, as it is kept too of what it was before."""
    return [told.name for told in facts.before.__table__.columns if told.name not in ("id", "replaced_by")]


def _number(connection: Connection, facts: FactTable) -> Sql | None:
    """The number by which a fact is found fastest, where others of its day lie; on PostgreSQL usage has none."""
    if not facts.is_usage:
        number: Sql = facts.fact.id
        return number
    return USAGE_ROW if connection.dialect.name == "sqlite" else None


def _is_staged(facts: FactTable, which: Sql) -> Sql:
    """Whether a fact is that of a staged row that is such."""
    fact, staged = facts.fact, facts.staged
    if facts.is_usage:
        found: Sql = fact.key.in_(select(staged.c.key).where(which))
        return found
    of_feed = select(feeds.c.feed_id, staged.c.key).join(feeds, feeds.c.no == staged.c.feed_no)
    return tuple_(fact.feed_id, fact.key).in_(of_feed.where(which))


def _leave_out(connection: Connection, whole: Period | None) -> None:
    """Drop the staged work that makes no fact: what is none and was none, and new items of days not asked for."""
    staged = WORK.staged
    none = staged.c.workflow == ""
    if whole:
        none = or_(none, staged.c.day < whole.start, staged.c.day > whole.end)
    connection.execute(delete(staged).where(staged.c.verdict == NEW, none))


def _vanished(facts: FactTable, whole: Whole, feed_id: int) -> Sequence[ColumnElement[bool]]:
    fact, staged = facts.fact, facts.staged
    kept = ~_is_staged(facts, staged.c.old_day.is_not(None))  # as the plan found them

    def day(rows: Any) -> Sql:
        if not whole.utc or not facts.is_usage:
            return cast(rows.day, BigInteger)
        return func.coalesce(rows.at // DAY_MS, cast(rows.day, BigInteger))

    if whole.given:
        first, last = whole.given.start, whole.given.end
        within = and_(
            day(fact).between(first.toordinal() - EPOCH, last.toordinal() - EPOCH),
            day(fact).not_in([lacked.toordinal() - EPOCH for lacked in whole.without]),
        )
        # There is an index on a workspace's days, and the local day of an instant is at most one off.
        workspace = select(Feed.workspace_id).where(Feed.id == feed_id).scalar_subquery()
        near = fact.workspace_id == workspace, fact.day.between(first - ONE_DAY, last + ONE_DAY)
        return *near, fact.feed_id == feed_id, within, kept

    named = select(feeds.c.feed_id, day(staged.c)).join(feeds, feeds.c.no == staged.c.feed_no).distinct()
    return tuple_(fact.feed_id, day(fact)).in_(named), kept


def _less_full(other: Any, fact: Any) -> Sql:
    def tokens(rows: Any) -> Sql:
        names = ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens")
        counts: list[Sql] = [func.coalesce(getattr(rows, name), 0) for name in names]
        return counts[0] + counts[1] + counts[2] + counts[3]

    mine, held = func.coalesce(other.c.output_tokens, 0), func.coalesce(fact.output_tokens, 0)
    return or_(mine < held, and_(mine == held, tokens(other.c) < tokens(fact)))


def _values(facts: FactTable, rows: Any) -> dict[str, Any]:
    values: dict[str, Any] = {name: rows.c[name] for name in (*facts.plain, *facts.sums)}
    if facts.is_usage:
        zeros: list[Sql] = []
        for name, bit in ZERO.items():
            values[name] = func.nullif(rows.c[name], 0)
            zeros.append(case((rows.c[name] == 0, bit), else_=0))
        values["marks"] = sum(zeros, start=literal(0))
        # Looked up by their number, a row that names none having none; a join of each would be searched for all rows.
        for name, words in WORDS.items():
            number = rows.c[f"{words.name.removesuffix('s')}_no"]
            values[name] = select(words.c[name]).where(words.c.no == number).scalar_subquery()
    return values


def with_spells(rows: Any) -> FromClause:
    """Staged usage, each row with the spell that its user was in on its day, if any."""
    now = and_(spans.c.no == rows.c.subject_no, rows.c.day.between(spans.c.start_day, spans.c.end_day))
    joined: FromClause = rows.outerjoin(spans, now)
    return joined
