"""Saves facts: stage them, plan, then one transaction with facts, rollups, sync states, the load and the revision."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, case, delete, func, insert, or_, select, update

from storage.load.collecting import rarely
from storage.load.dictionaries import Target, add_missing, resolve
from storage.load.filling import subject_of, usage_row, work_row
from storage.load.first_release import drop_sums
from storage.load.freshness import save_days
from storage.load.gathering import Repeats, fill_usage, fill_work, repeats_of
from storage.load.merging import (
    USAGE,
    USAGE_ONCE,
    WORK,
    FactTable,
    Whole,
    any_twice,
    make_plan,
    mark_days,
    remove_named,
    remove_vanished,
    with_spells,
    write_facts,
)
from storage.load.naming import add_canonical
from storage.load.replaced_facts import drop_old_past
from storage.load.rollups import rebuild_usage, rebuild_work
from storage.load.staging import (
    CHANGED,
    GONE,
    NEW,
    UNCHANGED,
    Row,
    Stage,
    days,
    feeds,
    open_stage,
    spans,
    streams,
    subjects,
)
from storage.records import DayState, Period, Restate, UsageRecord, WorkRecord
from storage.tables import Feed, Load, Source, UsageFact
from storage.workspaces import bump_revision, lock_revision, read_revision

STREAM = "stream"  # the rule of loads that the log has for a stream
LISTED = 20  # names a report lists; the counts beside them are exact


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What one load did, counted in rows read; `removed` counts facts.

    `unmatched_rows` are of nobody in the roster, `outside_rows` of somebody on a day outside all their spells.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    unmatched_people: int = 0
    unmatched_rows: int = 0
    unmatched: tuple[str, ...] = ()
    outside_people: int = 0
    outside_rows: int = 0
    unpriced_rows: int = 0
    unpriced_models: Mapping[str, int] = field(default_factory=dict)
    first_day: date | None = None
    last_day: date | None = None
    days: int = 0
    load_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOf:
    """A load: for whom, from where, when, and by which rule it meets what is there.

    `feed` is that of rows that name none, `repeats` what rows of one key mean inside the load (by default as the rule
    has it). `precedence` is that of `feed` where another source tells the same use; of a gateway's feed `vendor_keys`
    are those under which vendors tell it too. `whole` are days of the feed whose facts are all in it: others of these
    days go, but for those that are `lacking` once the rows are read, with the state that each gets. A `stream` comes in
    many small loads: those of one `what` are one load of the log, and nothing is kept of what they replace; facts of
    the feed whose keys are in `gone` go. With `dry_run` nothing is written; a `quiet` load that changes no fact leaves
    no entry in the log of loads.
    """

    workspace_id: int
    source: str
    what: str
    now: datetime
    feed: str = ""
    rule: Restate = Restate.NEWEST
    repeats: Repeats | None = None
    whole: Period | None = None
    stream: bool = False
    gone: Collection[bytes] = ()
    states: Mapping[date, DayState] | None = None
    lacking: Callable[[], Mapping[date, DayState | None]] = dict
    precedence: int = 0
    vendor_keys: tuple[str, ...] = ()
    dry_run: bool = False
    quiet: bool = False


def save_usage(engine: Engine, load: LoadOf, records: Iterable[UsageRecord], utc_days: bool = False) -> Saved:
    """Save usage by the load's rule. Either all of it or nothing is saved.

    With `utc_days` whole days of instants are those of UTC.
    """
    return save_usage_rows(engine, load, map(usage_row, records), lambda: utc_days)


def save_work(engine: Engine, load: LoadOf, records: Iterable[WorkRecord]) -> Saved:
    """Save work likewise."""
    return save_work_rows(engine, load, map(work_row, records))


def save_usage_rows(
    engine: Engine, load: LoadOf, rows: Iterable[Row], utc_days: Callable[[], bool] = lambda: False
) -> Saved:
    """Save rows that are plain tuples of `storage.load.filling` already; what they raise leaves the store as it was.

    `utc_days` says, once the rows are read, whether whole days of instants are those of UTC.
    """
    with open_stage(engine) as stage, rarely():
        many = fill_usage(stage, rows, load.repeats or repeats_of(load.rule))
        facts = USAGE if many and any_twice(stage.connection, USAGE) else USAGE_ONCE
        return _merge(stage, facts, load, utc_days())


def save_work_rows(engine: Engine, load: LoadOf, rows: Iterable[Row]) -> Saved:
    """Save work rows likewise."""
    with open_stage(engine) as stage, rarely():
        fill_work(stage, rows, load.repeats or repeats_of(load.rule))
        return _merge(stage, WORK, load, False)


def source_id(connection: Connection, workspace_id: int, name: str) -> int:
    """The id of a source, which is made where it is new."""
    found = _find_source(connection, workspace_id, name)
    if found is not None:
        return found
    values = {"workspace_id": workspace_id, "name": name}
    return connection.execute(insert(Source).values(values).returning(Source.id)).scalar_one()


def feed_id(connection: Connection, workspace_id: int, source: str, name: str = "") -> int:
    """The id of a source's feed, which is made where it is new."""
    of_source = source_id(connection, workspace_id, source)
    found = connection.scalar(select(Feed.id).where(Feed.source_id == of_source, Feed.name == name))
    if found is not None:
        return found
    values = {"workspace_id": workspace_id, "source_id": of_source, "name": name}
    return connection.execute(insert(Feed).values(values).returning(Feed.id)).scalar_one()


def note_load(
    connection: Connection,
    workspace_id: int,
    source: str,
    what: str,
    now: datetime,
    report: Mapping[str, int],
    kind: str = "",
) -> int:
    """Keep what a load did that brought no facts; gives its number."""
    load_id = _start_load(connection, workspace_id, source_id(connection, workspace_id, source), what, now, kind)
    connection.execute(update(Load).where(Load.id == load_id).values(report=dict(report)))
    return load_id


def _start_load(
    connection: Connection, workspace_id: int, source: int, what: str, now: datetime, kind: str, rule: str = ""
) -> int:
    values = {
        "workspace_id": workspace_id,
        "source_id": source,
        "what": what[:400],
        "finished_at": now,
        "kind": kind,
        "rule": rule,
        "report": {},
    }
    return connection.execute(insert(Load).values(values).returning(Load.id)).scalar_one()


def _begun(connection: Connection, load: LoadOf, source: int) -> int | None:
    """The load that a stream goes on with."""
    if not load.stream:
        return None
    same = (Load.workspace_id == load.workspace_id, Load.source_id == source, Load.what == load.what[:400])
    return connection.scalar(select(func.max(Load.id)).where(*same, Load.undone_at.is_(None)))


def _with_earlier(
    connection: Connection, load_id: int, report: dict[str, int], first: date | None, last: date | None
) -> tuple[dict[str, int], date | None, date | None]:
    """What all that came of a stream did, its last part among it."""
    held = connection.execute(select(Load.report, Load.first_day, Load.last_day).where(Load.id == load_id)).one()
    for name in ("new", "changed", "unchanged", "removed"):
        report[name] += held.report.get(name, 0)
    starts, ends = [day for day in (held.first_day, first) if day], [day for day in (held.last_day, last) if day]
    return report, min(starts, default=None), max(ends, default=None)


def _find_source(connection: Connection, workspace_id: int, name: str) -> int | None:
    return connection.scalar(select(Source.id).where(Source.workspace_id == workspace_id, Source.name == name))


def _merge(stage: Stage, facts: FactTable, load: LoadOf, utc_days: bool) -> Saved:
    beside = stage.connection
    planned = read_revision(beside, load.workspace_id)
    known = Target(load.workspace_id, _find_source(beside, load.workspace_id, load.source) or 0, load.source)
    beside.execute(update(feeds).where(feeds.c.name == "").values(name=load.feed))
    stage.analyse()
    _plan(stage.connection, facts, known, load)
    stage.analyse()
    counted = _count(beside, facts)
    if load.dry_run:
        return Saved(**counted)
    with stage.writing() as connection:
        moved = lock_revision(connection, load.workspace_id) != planned
        target = Target(load.workspace_id, source_id(connection, load.workspace_id, load.source), load.source)
        if moved:
            _plan(connection, facts, target, load)
            counted = _count(connection, facts)
        counted["load_id"] = _begun(connection, load, target.source_id) or _start_load(
            connection,
            load.workspace_id,
            target.source_id,
            load.what,
            load.now,
            facts.kind,
            STREAM if load.stream else load.rule.value,
        )
        counted["removed"] = _write(connection, facts, target, load, counted, utc_days)
        drop_old_past(connection, load.workspace_id, facts.before, load.now)
    return Saved(**counted)


def _plan(connection: Connection, facts: FactTable, target: Target, load: LoadOf) -> None:
    resolve(connection, target, usage=facts.is_usage)
    make_plan(connection, facts, load.repeats or repeats_of(load.rule), load.rule, load.whole)


def _write(
    connection: Connection, facts: FactTable, target: Target, load: LoadOf, counted: dict[str, Any], utc_days: bool
) -> int:
    load_id, removed = counted["load_id"], 0
    add_missing(connection, target, usage=facts.is_usage)
    own_feed = feed_id(connection, load.workspace_id, load.source, load.feed)
    keys = "\n".join(sorted({*map(subject_of, load.vendor_keys)}))
    weighs = update(Feed).where(Feed.id == own_feed, or_(Feed.precedence != load.precedence, Feed.vendor_keys != keys))
    if connection.execute(weighs.values(precedence=load.precedence, vendor_keys=keys)).rowcount:
        told = connection.scalars(select(UsageFact.day).where(UsageFact.feed_id == own_feed).distinct())
        rebuild_usage(connection, load.workspace_id, [*told])
    whole = Whole(load.whole, utc_days, (*load.lacking(),)) if load.whole or load.rule is Restate.WHOLE_DAYS else None
    differs = mark_days(connection, facts, whole, own_feed)
    if differs:
        removed = remove_vanished(connection, facts, load_id, whole, own_feed)
        write_facts(connection, facts, target, load_id, kept=not load.stream)
        removed += drop_sums(connection, facts, target, load_id) if facts.is_usage else 0
    if load.gone:
        removed += remove_named(connection, facts, own_feed, load.gone)
        differs = differs or removed > 0
    if differs:
        rebuild = rebuild_usage if facts.is_usage else rebuild_work
        rebuild(connection, load.workspace_id, select(days.c.day))
    noted = facts.is_usage and add_canonical(connection, load.workspace_id)
    for feed, states in _states(connection, facts, load, own_feed).items():
        noted = save_days(connection, load.workspace_id, feed, states) or noted
    if noted or differs:
        bump_revision(connection, load.workspace_id)
    if load.quiet and not differs:
        connection.execute(delete(Load).where(Load.id == load_id))
        return removed
    report = {name: value for name, value in counted.items() if isinstance(value, int)} | {"removed": removed}
    first, last = counted["first_day"], counted["last_day"]
    if load.stream:
        report, first, last = _with_earlier(connection, load_id, report, first, last)
    values = {
        "report": report,
        "finished_at": load.now,
        "first_day": first,
        "last_day": last,
        "feeds": [*connection.scalars(select(feeds.c.feed_id).distinct())],
    }
    connection.execute(update(Load).where(Load.id == load_id).values(values))
    return removed


def _states(connection: Connection, facts: FactTable, load: LoadOf, own_feed: int) -> dict[int, dict[date, DayState]]:
    if load.states is not None:
        said = {**load.states, **load.lacking()}
        return {own_feed: {day: state for day, state in said.items() if state is not None}}
    found: dict[int, dict[date, DayState]] = {}
    rows = select(feeds.c.feed_id, facts.staged.c.day).join(feeds, feeds.c.no == facts.staged.c.feed_no)
    for feed, day in connection.execute(rows.where(facts.staged.c.verdict != GONE).distinct()):
        found.setdefault(feed, {})[day] = DayState.COMPLETE
    return found


def _count(connection: Connection, facts: FactTable) -> dict[str, Any]:
    staged = facts.staged.c
    by_verdict = {
        verdict: int(rows)
        for verdict, rows in connection.execute(
            select(staged.verdict, func.sum(staged.row_count)).group_by(staged.verdict)
        )
    }
    day = case((staged.verdict == GONE, staged.old_day), else_=staged.day)
    first, last, count = connection.execute(select(func.min(day), func.max(day), func.count(day.distinct()))).one()
    found: dict[str, Any] = {
        "new": by_verdict.get(NEW, 0),
        "changed": by_verdict.get(CHANGED, 0),
        "unchanged": by_verdict.get(UNCHANGED, 0),
        "first_day": first,
        "last_day": last,
        "days": count,
    }
    if facts.is_usage:
        found |= _count_people(connection, facts.staged) | _count_unpriced(connection, facts.staged)
    return found


def _count_people(connection: Connection, usage: Table) -> dict[str, Any]:
    unknown = subjects.c.known == 0
    rows = (
        select(subjects.c.name, unknown, func.sum(usage.c.row_count))
        .select_from(with_spells(usage).join(subjects, subjects.c.no == usage.c.subject_no))
        .where(spans.c.spell_id.is_(None))
        .group_by(subjects.c.name, unknown)
        .order_by(subjects.c.name)
    )
    found: dict[str, Any] = dict.fromkeys(("unmatched_people", "unmatched_rows", "outside_people", "outside_rows"), 0)
    listed: list[str] = []
    for subject, is_unknown, count in connection.execute(rows):
        kind = "unmatched" if is_unknown else "outside"
        found[f"{kind}_people"] += 1
        found[f"{kind}_rows"] += int(count)
        if is_unknown and len(listed) < LISTED:
            listed.append(subject)
    return found | {"unmatched": tuple(listed)}


def _count_unpriced(connection: Connection, usage: Table) -> dict[str, Any]:
    counted = func.sum(usage.c.unpriced_rows)
    rows = (
        select(streams.c.model, counted)
        .join_from(usage, streams, streams.c.no == usage.c.stream_no)
        .where(usage.c.unpriced_rows > 0)
        .group_by(streams.c.model)
        .order_by(counted.desc(), streams.c.model)
    )
    models = {model: int(count) for model, count in connection.execute(rows)}
    return {"unpriced_rows": sum(models.values()), "unpriced_models": models}
