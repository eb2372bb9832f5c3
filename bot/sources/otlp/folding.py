"""Folds what was received into facts: one process at a time, and nothing leaves the inbox before it is a fact.

First the facts are saved, as they are by all that is known of their series; then, in one transaction, what is known is
kept and the inbox let go. Whoever dies in between does the same again.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import structs
from sqlalchemy import Connection, Engine

from bot.sources.otlp import facts, observations, series
from bot.sources.otlp.facts import Ranks
from bot.sources.otlp.observations import Event, Group, Point, Use
from bot.sources.otlp.series import State, Sums
from storage.load import telemetry
from storage.load.exclusive import alone
from storage.load.filling import key_of
from storage.load.forgotten import Forgotten, read_forgotten
from storage.load.telemetry import Series, Waiting
from storage.load.writes import LoadOf, save_usage
from storage.load.zones import own_zone
from storage.records import Restate, UsageRecord

log = logging.getLogger(__name__)

SOURCE = "otlp"
PRECEDENCE = 8  # above session logs, which are read now and then; below the vendors' own reports
AT_ONCE = 100_000  # points that are folded together
SERIES_KEPT = timedelta(days=35)
SIGNALS_KEPT = timedelta(days=400)


@dataclass(slots=True)
class Folded:
    """What a pass did: points taken from the inbox, facts written or removed, points that came too late."""

    points: int = 0
    facts: int = 0
    removed: int = 0
    late: int = 0


def fold_all(reading: Engine, writing: Engine, zone: ZoneInfo, now: datetime) -> Folded:
    """Fold what waits, in every workspace. Another process that is at it does what is left."""
    done = Folded()
    with reading.connect() as connection:
        waiting = telemetry.workspaces_waiting(connection)
    for workspace_id in waiting:
        with alone(writing, f"telemetry-{workspace_id}") as ours:
            own = own_zone(reading, workspace_id, zone)
            while ours and _fold_some(reading, writing, workspace_id, own, now, done):
                pass
    if done.late:
        log.warning("%d data points came too late to be counted or were counted before", done.late)
    return done


def forget_old(engine: Engine, now: datetime) -> None:
    """Drop what is known of series that ended long ago."""
    with engine.begin() as connection:
        telemetry.forget(connection, now - SERIES_KEPT, now - SIGNALS_KEPT)


def _fold_some(
    reading: Engine, writing: Engine, workspace_id: int, zone: ZoneInfo, now: datetime, done: Folded
) -> bool:
    with reading.connect() as connection:
        waiting = telemetry.oldest(connection, workspace_id, AT_ONCE)
        if not waiting:
            return False
        pass_ = _InboxPass(connection, workspace_id, zone, now, read_forgotten(connection, workspace_id))
        pass_.take(waiting)
    load = LoadOf(
        workspace_id=workspace_id,
        source=SOURCE,
        what=f"OpenTelemetry, received on {now.astimezone(zone).date()}",
        now=now,
        rule=Restate.NEWEST,
        precedence=PRECEDENCE,
        stream=True,
        gone=pass_.gone,
        states={},
    )
    if pass_.records or pass_.gone:
        saved = save_usage(writing, load, pass_.records)
        done.facts += saved.new + saved.changed
        done.removed += saved.removed
    with writing.begin() as connection:
        telemetry.save_state(connection, workspace_id, pass_.series, pass_.signals, waiting, now)
    done.points += pass_.points
    done.late += pass_.late
    return True


@dataclass(slots=True)
class _InboxPass:
    """What one pass over a part of the inbox comes to: records to save, facts that go, what is known after it."""

    connection: Connection
    workspace_id: int
    zone: ZoneInfo
    now: datetime
    forgotten: Forgotten
    records: list[UsageRecord] = field(default_factory=list)
    gone: set[bytes] = field(default_factory=set)
    series: list[Series] = field(default_factory=list)
    signals: dict[bytes, int] = field(default_factory=dict)
    outdone: set[bytes] = field(default_factory=set)
    points: int = 0
    late: int = 0

    def take(self, waiting: Sequence[Waiting]) -> None:
        """Work it out."""
        groups: dict[Group, list[Point]] = {}
        events: dict[str, Event] = {}
        for request in waiting:
            batch = observations.unpack(request.body)
            self.points += batch.size
            for group, points in batch.groups:
                groups.setdefault(group, []).extend(points)
            for told in batch.events:
                event = structs.replace(told, use=self._without_name(told.use))
                twin = events.get(event.key)
                if twin is None or event.fullness > twin.fullness:
                    events[event.key] = event
        held = telemetry.read_series(self.connection, self.workspace_id, {facts.group_key(group) for group in groups})
        states = self._states(groups, held)
        for group, points in groups.items():
            self.late += states[facts.group_key(group)].add(points)
        self._of_states(states, held, self._signals(states, events))
        self._of_events(events)

    def _states(self, groups: dict[Group, list[Point]], held: dict[bytes, bytes]) -> dict[bytes, State]:
        states = {key: series.unpack(body) for key, body in held.items()}
        new = {key: group for group in groups if (key := facts.group_key(group)) not in states}
        fresh = {key: State(group, {}) for key, group in new.items()}
        self._settle_counted(fresh, groups)
        # The key stays that of what was received, so that its next points find it.
        for key, group in new.items():
            fresh[key].group = structs.replace(group, use=self._without_name(group.use))
        return states | fresh

    def _without_name(self, use: Use) -> Use:
        """Under the pseudonym where it is of somebody who was erased: nothing that is kept says their name again."""
        pseudonym = self.forgotten.of([use.subject]) if use.subject else None
        return structs.replace(use, subject=pseudonym) if pseudonym else use

    def _settle_counted(self, fresh: dict[bytes, State], groups: dict[Group, list[Point]]) -> None:
        """A group that was forgotten left its facts: what lies in their quarters was counted."""
        quarters = {
            facts.fact_key(key, quarter): (key, quarter)
            for key, state in fresh.items()
            for quarter in {point.time // series.QUARTER_MS for point in groups[state.group]}
        }
        counted = telemetry.known_facts(
            self.connection, self.workspace_id, SOURCE, quarters, before=self.now - SERIES_KEPT
        )
        for name in counted:
            key, quarter = quarters[name]
            fresh[key].settled = max(fresh[key].settled, quarter + 1)

    def _signals(self, states: dict[bytes, State], events: dict[str, Event]) -> tuple[Ranks, Ranks]:
        """The best ranks before and after this pass, of all scopes that it is about."""
        seen = facts.seen_by_events(events.values())
        for state in states.values():
            for scope, told in facts.seen_by_series(state).items():
                seen[scope] = min(told, seen.get(scope, told))
        scopes = {scope for state in states.values() for scope in facts.scopes_of(state)}
        held = telemetry.read_signals(self.connection, self.workspace_id, scopes | seen.keys())
        better = {scope: told for scope, told in seen.items() if scope not in held or told[0] < held[scope]}
        self.signals = {scope: rank for scope, (rank, _) in better.items()}
        self.outdone = {scope for _, scope in better.values()}
        return held, held | self.signals

    def _of_states(self, states: dict[bytes, State], held: dict[bytes, bytes], known: tuple[Ranks, Ranks]) -> None:
        earlier, later = known
        for key, state in states.items():
            before = facts.counted(series.unpack(held[key]), earlier) if key in held else {}
            self._compare(key, before, state, later)
            state.settle()
            self.series.append(Series(key, facts.scope_of(state.group)[0], series.pack(state)))
        for told in telemetry.series_of_scopes(self.connection, self.workspace_id, self.outdone):
            if told.key in states:
                continue
            # Nothing new of this one, but a better signal of the same use.
            state = series.unpack(told.body)
            scopes = facts.scopes_of(state)
            ranks = telemetry.read_signals(self.connection, self.workspace_id, scopes)
            after = ranks | {scope: self.signals[scope] for scope in scopes & self.signals.keys()}
            self._compare(told.key, facts.counted(state, ranks), state, after)

    def _compare(self, key: bytes, before: dict[int, Sums], state: State, best: Ranks) -> None:
        """Save the quarters that come to something else now."""
        after = facts.counted(state, best)
        for quarter in before.keys() | after.keys():
            if before.get(quarter) == after.get(quarter):
                continue
            record = facts.of_series(key, state.group, quarter, after.get(quarter, {}), self.zone)
            if record is not None:
                self.records.append(record)
            elif quarter in before:
                self.gone.add(facts.fact_key(key, quarter))

    def _of_events(self, events: dict[str, Event]) -> None:
        """One that tells less of a call than a fact that is there changes nothing."""
        weak = {key_of(key) for key, event in events.items() if not event.use.subject or not event.tells_use}
        known = telemetry.known_facts(self.connection, self.workspace_id, SOURCE, weak)
        self.records += [facts.of_event(event, self.zone) for key, event in events.items() if key_of(key) not in known]
