"""What every source is doing, for `fulcrum sources` and `/leverage sources`: state, days, gaps, errors, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.figures import plural
from bot.sources.base import Report, VendorSource
from bot.sources.catalogue import settings_of
from bot.sources.syncing.planning import gaps
from bot.sources.syncing.snapshots import RATES, names_of
from storage.load.rates import rates_held
from storage.load.snapshots import newest
from storage.load.source_states import LastPass, delivered, holding, last_passes
from storage.records import DayState

SHOWN_SPANS = 3
WAITING = "nothing received yet"
OFF, NEW, WELL, FAILING, LACKING = "off", "not read yet", "well", "failing", "days missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportState:
    """What the store has of one report, and how the last pass over it went.

    `elsewhere` are those of its rows whose use another source tells too, where it counts.
    """

    name: str
    rows: int
    newest: date | None
    provisional_since: date | None
    gaps: tuple[date, ...]
    last: datetime | None
    error: str
    elsewhere: int = 0

    def to_json(self) -> dict[str, Any]:
        """As data."""
        return {
            "name": self.name,
            "rows": self.rows,
            "rows_counted_elsewhere": self.elsewhere,
            "newest_day": _iso(self.newest),
            "provisional_since": _iso(self.provisional_since),
            "gaps": [day.isoformat() for day in self.gaps],
            "last_sync": _iso(self.last),
            "error": self.error or None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOverview:
    """A source as somebody who runs it sees it; `todo` is one sentence, "" where there is nothing to do."""

    name: str
    label: str
    state: str
    last: datetime | None
    errors: tuple[str, ...]
    todo: str
    reports: tuple[ReportState, ...]

    @property
    def rows(self) -> int:
        """Facts of all its reports, the people of its roster and its seats."""
        return sum(report.rows for report in self.reports)

    @property
    def elsewhere(self) -> int:
        """Those of its rows that count where another source tells the same use."""
        return sum(report.elsewhere for report in self.reports)

    @property
    def newest(self) -> date | None:
        """The newest day that it has anything for."""
        return max((report.newest for report in self.reports if report.newest), default=None)

    @property
    def gaps(self) -> tuple[date, ...]:
        """The days that some report of it lacks."""
        return tuple(sorted({day for report in self.reports for day in report.gaps}))

    def to_json(self) -> dict[str, Any]:
        """As data."""
        return {
            "name": self.name,
            "label": self.label,
            "state": self.state,
            "last_sync": _iso(self.last),
            "rows": self.rows,
            "newest_day": _iso(self.newest),
            "gaps": [day.isoformat() for day in self.gaps],
            "errors": [*self.errors],
            "what_to_do": self.todo or None,
            "reports": [report.to_json() for report in self.reports],
        }


@dataclass(frozen=True, slots=True)
class Receiver:
    """What is sent to the web process, as long as the setting has a token; `source` is what its facts are of.

    `by_command`: the command line brings the same, so that it does well without the token too.
    """

    name: str
    label: str
    setting: str
    source: str
    by_command: bool = False


RECEIVERS = (
    Receiver("otlp", "OpenTelemetry", "FULCRUM_OTLP_TOKEN", "otlp"),
    Receiver("files", "import files", "FULCRUM_INGEST_TOKEN", "files", by_command=True),
)


def received(connection: Connection, workspace_id: int, tokens: Mapping[str, str]) -> Iterator[SourceOverview]:
    """What comes by itself, as it stands; `tokens` by the names of their settings."""
    for receiver in RECEIVERS:
        held = delivered(connection, workspace_id, receiver.source)
        is_on = bool(tokens.get(receiver.setting))
        report = ReportState(
            name="",
            rows=held.rows,
            newest=held.newest,
            provisional_since=None,
            gaps=(),
            last=held.last,
            error="",
            elsewhere=held.elsewhere,
        )
        yield SourceOverview(
            name=receiver.name,
            label=receiver.label,
            state=WELL if held.last and (is_on or receiver.by_command) else WAITING if is_on else OFF,
            last=held.last,
            errors=(),
            todo=""
            if is_on or (held.last and receiver.by_command)
            else f"set {receiver.setting} to receive {receiver.label}",
            reports=(report,),
        )


def overviews(
    connection: Connection,
    workspace_id: int,
    sources: Sequence[VendorSource],
    settings: Mapping[str, str],
    now: datetime,
) -> Iterator[SourceOverview]:
    """Each source as it stands."""
    today = now.astimezone(UTC).date()
    for source in sources:
        own = settings_of(source, settings)
        passes = last_passes(connection, workspace_id, source.name)
        told = (
            _report(connection, workspace_id, source, report, own, passes.get(report.name), today)
            for report in source.reports
        )
        today_only = (_snapshot(connection, workspace_id, source, name, passes.get(name)) for name in names_of(source))
        reports = (*today_only, *told)
        errors = tuple(_errors(passes))
        times = [last.succeeded_at for last in passes.values() if last.succeeded_at]
        lacks = any(report.gaps for report in reports)
        state = _state(source, own, passes, errors, lacks)
        yield SourceOverview(
            name=source.name,
            label=source.label,
            state=state,
            last=max(times, default=None),
            errors=errors if state != OFF else (),
            todo=_todo(source, own, state, reports),
            reports=reports,
        )


def _report(
    connection: Connection,
    workspace_id: int,
    source: VendorSource,
    report: Report,
    settings: Mapping[str, str],
    last: LastPass | None,
    today: date,
) -> ReportState:
    held = holding(connection, workspace_id, source.name, report.feed_name(settings))
    there = [day for day, state in held.days.items() if state is not DayState.MISSING]
    moving = [day for day, state in held.days.items() if state is DayState.PROVISIONAL]
    return ReportState(
        name=report.name,
        rows=held.rows,
        newest=max(there, default=None),
        provisional_since=min(moving, default=None),
        gaps=tuple(gaps(held.days, today, report)),
        last=last.succeeded_at if last else None,
        error=last.error if last else "",
        elsewhere=held.elsewhere,
    )


def _snapshot(
    connection: Connection, workspace_id: int, source: VendorSource, name: str, last: LastPass | None
) -> ReportState:
    held = rates_held if name == RATES else partial(newest, kind=name)
    rows, day = held(connection, workspace_id, source.name)
    return ReportState(
        name=name,
        rows=rows,
        newest=day,
        provisional_since=None,
        gaps=(),
        last=last.succeeded_at if last else None,
        error=last.error if last else "",
    )


def _state(
    source: VendorSource,
    settings: Mapping[str, str],
    passes: Mapping[str, LastPass],
    errors: Sequence[str],
    lacks_days: bool,
) -> str:
    if not source.is_on(settings):
        return OFF
    if not passes:
        return NEW
    return FAILING if errors else LACKING if lacks_days else WELL


def _todo(source: VendorSource, settings: Mapping[str, str], state: str, reports: Sequence[ReportState]) -> str:
    if state == OFF:
        return f"set {source.how_to_set(settings)} to read {source.label}"
    if state == NEW:
        return f"run `fulcrum sync {source.name}`, or let `fulcrum worker` run"
    lacking = sorted({day for report in reports for day in report.gaps})
    if state == LACKING:
        return f"run `fulcrum sync {source.name} --since {lacking[0]}` to read the days that are missing"
    return ""


def _iso_span(first: date, last: date) -> str:
    return f"{first} to {last}" if last > first else str(first)


def summary(states: Sequence[tuple[str, str]]) -> str:
    """How many sources that are on are well, and which are not, by what they are; each a label and a state."""
    others: dict[str, list[str]] = {}
    for label, state in states:
        if state != WELL:
            others.setdefault(state, []).append(label)
    well = sum(state == WELL for _, state in states)
    told = f"{well} of {plural(len(states), 'source')} {'is' if well == 1 else 'are'} well."
    return " ".join([told, *(f"{state.capitalize()}: {', '.join(labels)}." for state, labels in others.items())])


def told_days(days: Sequence[date], as_written: Callable[[date, date], str] = _iso_span) -> str:
    """Days in order as a reader takes them in: those in a row from the first to the last, of many the first few."""
    spans: list[list[date]] = []
    for day in days:
        if spans and day - spans[-1][-1] == timedelta(days=1):
            spans[-1].append(day)
        else:
            spans.append([day])
    told = [as_written(span[0], span[-1]) for span in spans[:SHOWN_SPANS]]
    more = sum(map(len, spans[SHOWN_SPANS:]))
    return ", ".join(told) + (f" and {more:,} more" if more else "")


def _errors(passes: Mapping[str, LastPass]) -> Iterator[str]:
    """Each error with the reports that have it; alone where all of them do, or where it is of the source itself."""
    by_error: dict[str, list[str]] = {}
    for name, last in passes.items():
        if last.error:
            by_error.setdefault(last.error, []).append(name)
    for error, names in by_error.items():
        alone = "" in names or len(names) == len(passes)
        yield error if alone else f"{', '.join(names)}: {error}"


def _iso(when: date | datetime | None) -> str | None:
    return when.isoformat() if when else None
