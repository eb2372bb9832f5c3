"""Answers a typed query: clips it to what is recorded, runs it, and lets out only what the viewer may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from storage.answer.buckets import buckets_of
from storage.answer.compile import Compiler
from storage.answer.coverage import coverage, gaps
from storage.answer.fetch import fetch
from storage.answer.guard import Guard
from storage.answer.notes import notes_of
from storage.answer.privacy import Viewer
from storage.answer.result import Note, NoteKind, Result
from storage.answer.shape import Shaper, columns_of
from storage.answer.unreported import unreported
from storage.answer.validate import checked
from storage.catalogue import Metric
from storage.catalogue.measures import Base
from storage.errors import Denied, NoData
from storage.names import Directory
from storage.query import Query
from storage.records import Period


def run(connection: Connection, directory: Directory, query: Query, viewer: Viewer) -> Result:
    """The figures of a query, as this viewer may see them.

    Raises InvalidQuery, UnknownName, NoData (nothing recorded in the period), Denied (nothing of it may be shown).
    """
    metrics = checked(query)
    clipped, clips = clip(query, metrics, directory)
    compiler = Compiler(directory.workspace_id, directory, clipped, buckets_of(clipped))
    guard = Guard(connection, compiler, viewer)
    guard.check()
    found = fetch(connection, compiler, metrics, clipped.group_by, clipped.filters, guard.counts_users)
    known = all(note.kind is not NoteKind.NO_PREVIOUS for note in clips)
    whole = _whole(compiler)
    guard_of_totals = Guard(connection, whole, viewer)
    guard_of_totals.check()
    totals = (
        fetch(connection, whole, metrics, (), whole.query.filters, guard_of_totals.counts_users)
        if query.share
        else None
    )
    shaper = Shaper(compiler, metrics, guard, guard_of_totals, previous_known=known)
    rows = shaper.rows(found, totals)
    if rows and all(row.suppressed for row in rows):
        raise Denied("group")
    kept = shaper.kept(rows)
    return Result(
        query=query,
        period=clipped.period,
        previous=clipped.previous,
        columns=columns_of(clipped, metrics),
        rows=tuple(kept),
        notes=(
            *clips,
            *notes_of(clipped, metrics, shaper.visible(found, totals), rows),
            *unreported(connection, compiler, metrics, shaper.visible(found, totals), viewer),
            *gaps(connection, directory, clipped.period),
        ),
        newest=_newest(directory, metrics),
        coverage=coverage(connection, directory, clipped.period),
        statements=tuple(found.sql),
    )


def clip(query: Query, metrics: Iterable[Metric], directory: Directory) -> tuple[Query, list[Note]]:
    """The query over recorded days only, and what had to be left out. Raises NoData."""
    first, last = _recorded(metrics, directory)
    period, notes = query.period, []
    if period.start > last or period.end < first:
        raise NoData(f"nothing is recorded from {period.start} to {period.end}: the data run from {first} to {last}")
    if period.start < first:
        notes.append(Note(NoteKind.STARTS_LATE, {"day": first}))
    if period.end > last:
        notes.append(Note(NoteKind.ENDS_EARLY, {"day": last}))
    clipped = query.with_(period=Period(max(period.start, first), min(period.end, last), period.label))
    before = query.previous
    if before is None:
        return clipped, notes
    if before.end < first or before.start > last:
        notes.append(Note(NoteKind.NO_PREVIOUS, {"day": first}))
    else:
        if before.start < first:
            notes.append(Note(NoteKind.PREVIOUS_LATE, {"day": first}))
        recorded = Period(max(before.start, first), min(before.end, last), before.label)
        clipped = clipped.with_(previous=recorded)
    if query.running:
        notes.append(Note(NoteKind.RUNNING, {"previous": clipped.previous}))
    return clipped, notes


def _recorded(metrics: Iterable[Metric], directory: Directory) -> tuple[date, date]:
    """The first and last day that can be asked about; usage and work apart."""
    bases = {base for one in metrics for base in one.bases}
    span = directory.work if Base.WORK in bases else directory.usage
    if Base.WORK not in bases and Base.USAGE not in bases:
        # A roster runs on: only its beginning is cut, to the first day with any fact.
        return (directory.first_day or date.min), date.max
    if span is None:
        raise NoData("nothing is recorded yet")
    return span


def _whole(compiler: Compiler) -> Compiler:
    """The total that shares are of: the same query without its grouping, over the share's own filters."""
    query = compiler.query
    over = query.share.over if query.share else ()
    whole = query.with_(group_by=(), scopes=(), filters=over)
    return replace(compiler, query=whole, listed=query)


def _newest(directory: Directory, metrics: list[Metric]) -> str:
    span = directory.work if Base.WORK in metrics[0].bases else directory.usage
    return span[1].isoformat() if span else ""
