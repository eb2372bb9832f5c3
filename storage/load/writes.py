"""Saves facts: stage them, plan, then one transaction with facts, rollups, sync states, the load and the revision."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, select

from storage.load.collecting import rarely
from storage.load.counting import count
from storage.load.dictionaries import Target, add_missing, resolve
from storage.load.fact_tables import USAGE, USAGE_ONCE, WORK, FactTable
from storage.load.filling import subject_of, usage_row, work_row
from storage.load.first_release import drop_sums
from storage.load.freshness import days_said, save_days
from storage.load.gathering import Feeds, Repeats, fill_usage, fill_work, repeats_of
from storage.load.keys import masked
from storage.load.known_days import NOTHING_KNOWN, KnownDays
from storage.load.leftovers import clean, one_at_a_time
from storage.load.load_log import begun, close_load, feed_id, find_source, source_id, start_load
from storage.load.locking import lock_revision
from storage.load.merging import Whole, make_plan, mark_days, remove_named, remove_vanished, write_facts
from storage.load.naming import add_canonical
from storage.load.overlaps import weigh
from storage.load.repeated_keys import any_twice
from storage.load.replaced_facts import drop_old_past
from storage.load.rollups import rebuild_usage, rebuild_work
from storage.load.shifting import ROLLUPS, bring_along, changes_little, leaving
from storage.load.spells import begin, change_facts, finish, highest, is_large, publish, roll_up
from storage.load.staging import Row, Stage, days, feeds, open_stage
from storage.records import DayState, Period, Restate, UsageRecord, WorkRecord
from storage.tables import ActiveDays, Feed, Load, Stream, UsageFact
from storage.workspaces import bump_revision, read_revision

STREAM = "stream"  # the rule of loads that the log has for a stream
MANY = 10_000  # new rows after which the database counts its facts anew


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
    the feed whose keys are in `gone` go. Of a file `known` days were left out. With `dry_run` nothing is written; a
    `quiet` load that changes no fact leaves no entry in the log of loads.
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
    known: KnownDays = NOTHING_KNOWN
    dry_run: bool = False
    quiet: bool = False

    @property
    def feeds(self) -> Feeds:
        """The feeds of its source."""
        return Feeds(self.workspace_id, self.source, self.feed)


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
        many = fill_usage(stage, rows, load.repeats or repeats_of(load.rule), load.feeds)
        facts = USAGE if many and any_twice(stage.connection, USAGE) else USAGE_ONCE
        return _merge(stage, facts, load, utc_days())


def save_work_rows(engine: Engine, load: LoadOf, rows: Iterable[Row]) -> Saved:
    """Save work rows likewise."""
    with open_stage(engine) as stage, rarely():
        fill_work(stage, rows, load.repeats or repeats_of(load.rule), load.feed)
        return _merge(stage, WORK, load, False)


def _merge(stage: Stage, facts: FactTable, load: LoadOf, utc_days: bool) -> Saved:
    beside = stage.connection
    planned = read_revision(beside, load.workspace_id)
    known = Target(load.workspace_id, find_source(beside, load.workspace_id, load.source) or 0, load.source)
    _plan(stage, facts, known, load)
    stage.analyse()
    counted = count(beside, facts, load.known)
    if load.dry_run:
        return Saved(**counted)
    if is_large(stage, facts, counted) and not load.stream:
        return _merge_in_spells(stage, facts, load, planned, counted, utc_days)
    with stage.writing() as connection:
        moved = load.known.check(connection, lock_revision(connection, load.workspace_id)) != planned
        target = Target(load.workspace_id, source_id(connection, load.workspace_id, load.source), load.source)
        if moved:
            _plan(stage, facts, target, load)
            counted = count(connection, facts, load.known)
        counted["load_id"] = _load_id(connection, facts, target, load)
        counted["removed"] = _write(stage, facts, target, load, counted, utc_days)
        drop_old_past(connection, load.workspace_id, facts.before, load.now)
        if counted["new"] > MANY and facts.is_usage:
            stage.analyse_stored(*ROLLUPS, ActiveDays)
    return Saved(**counted)


def _merge_in_spells(
    stage: Stage, facts: FactTable, load: LoadOf, planned: int, counted: dict[str, Any], utc_days: bool
) -> Saved:
    connection, workspace_id = stage.connection, load.workspace_id
    connection.commit()
    with one_at_a_time(connection.engine):
        with stage.writing():
            moved = load.known.check(connection, lock_revision(connection, load.workspace_id)) != planned
            target = Target(workspace_id, source_id(connection, workspace_id, load.source), load.source)
            if moved:
                resolve(connection, target, usage=True)
            streams = highest(connection, Stream.id)
            own_feed = _own_feed(connection, facts, target, load)
            load_id = _load_id(connection, facts, target, load)
            begin(connection, workspace_id, load_id, streams)
        try:
            if moved:  # from here on nobody else writes
                _plan(stage, facts, target, load)
                counted = count(connection, facts, load.known)
            counted["load_id"] = load_id
            whole = _whole(load, utc_days)
            mark_days(connection, facts, whole, own_feed)
            leave = leaving(connection, facts, load_id, False)
            removed = change_facts(stage, facts, target, load_id, whole, own_feed, leave)
            with stage.writing():
                removed += drop_sums(connection, facts, target, leave)
            roll_up(stage, workspace_id)
            states = days_said(connection, facts, own_feed, load.states, load.lacking())
            with stage.writing():
                publish(connection, workspace_id)
                _settle(connection, facts, load, counted, removed, True, states)
        except BaseException:
            connection.rollback()
            clean(connection.engine)
            raise
        finish(connection)
        with stage.writing():
            drop_old_past(connection, workspace_id, facts.before, load.now)
    return Saved(**counted, removed=removed)


def _load_id(connection: Connection, facts: FactTable, target: Target, load: LoadOf) -> int:
    of, rule = (connection, load.workspace_id, target.source_id, load.what), load.rule.value
    goes_on = begun(*of) if load.stream else None
    return goes_on or start_load(*of, load.now, facts.kind, STREAM if load.stream else rule)


def _plan(stage: Stage, facts: FactTable, target: Target, load: LoadOf) -> None:
    resolve(stage.connection, target, usage=facts.is_usage)
    stage.analyse()  # with the ids, without which joins by them look empty
    make_plan(stage.connection, facts, load.repeats or repeats_of(load.rule), load.rule, load.whole)


def _write(
    stage: Stage, facts: FactTable, target: Target, load: LoadOf, counted: dict[str, Any], utc_days: bool
) -> int:
    connection = stage.connection
    own_feed = _own_feed(connection, facts, target, load)
    differs, removed = _change_facts(stage, facts, target, load, counted, own_feed, utc_days)
    states = days_said(connection, facts, own_feed, load.states, load.lacking())
    _settle(connection, facts, load, counted, removed, differs, states)
    return removed


def _settle(
    connection: Connection,
    facts: FactTable,
    load: LoadOf,
    counted: dict[str, Any],
    removed: int,
    differs: bool,
    states: Mapping[int, Mapping[date, DayState]],
) -> None:
    """Bring names and states of days to the facts, and keep in the log what the load did."""
    noted = facts.is_usage and add_canonical(connection, load.workspace_id)
    for feed, of_days in states.items():
        noted = save_days(connection, load.workspace_id, feed, of_days) or noted
    if noted or differs:
        bump_revision(connection, load.workspace_id)
    if load.quiet and not differs:
        connection.execute(delete(Load).where(Load.id == counted["load_id"]))
        return
    told = {*connection.scalars(select(feeds.c.feed_id).distinct()), *load.known.feeds(connection)}
    load.known.keep(connection, facts, counted["load_id"])
    close_load(connection, counted, removed, [*told], load.now, goes_on=load.stream)


def _own_feed(connection: Connection, facts: FactTable, target: Target, load: LoadOf) -> int:
    """The load's own feed, and all words that the store lacks; where it weighs more or less, its days are made anew."""
    known = connection.scalar(select(Feed.id).where(Feed.source_id == target.source_id, Feed.name == load.feed))
    add_missing(connection, target, usage=facts.is_usage)
    feed = feed_id(connection, load.workspace_id, load.source, load.feed)
    if weigh(connection, feed, load.precedence, {*map(subject_of, load.vendor_keys)}) and known is not None:
        of_feed = UsageFact.workspace_id == load.workspace_id, UsageFact.feed_id == feed
        told = connection.scalars(select(UsageFact.day).where(*of_feed).distinct())
        rebuild_usage(connection, load.workspace_id, [*told])
    return feed


def _whole(load: LoadOf, utc_days: bool) -> Whole | None:
    is_whole = load.whole or load.rule is Restate.WHOLE_DAYS
    return Whole(load.whole, utc_days, (*load.lacking(),)) if is_whole else None


def _change_facts(
    stage: Stage,
    facts: FactTable,
    target: Target,
    load: LoadOf,
    counted: dict[str, Any],
    own_feed: int,
    utc_days: bool,
) -> tuple[bool, int]:
    """Bring the facts and their rollups to what is staged; whether any differs, and how many went."""
    connection, load_id, removed = stage.connection, counted["load_id"], 0
    whole = _whole(load, utc_days)
    differs = mark_days(connection, facts, whole, own_feed)
    little = changes_little(connection, facts, load.workspace_id)
    leave = leaving(connection, facts, None if load.stream else load_id, little)
    if differs:
        removed = remove_vanished(connection, facts, whole, own_feed, leave)
        write_facts(connection, facts, target, load_id, leave)
        removed += drop_sums(connection, facts, target, leave) if facts.is_usage else 0
        if counted["new"] > MANY:
            stage.analyse_stored(facts.fact)
    if load.gone:
        gone = masked(load.gone, load.feeds.mask(load.feed)) if facts.is_usage else load.gone
        removed += remove_named(connection, facts, own_feed, gone, leave)
        differs = differs or removed > 0
    if differs and little:
        bring_along(connection, facts, load.workspace_id, stage.analyse)
    elif differs:
        rebuild = rebuild_usage if facts.is_usage else rebuild_work
        rebuild(connection, load.workspace_id, select(days.c.day))
    return differs, removed
