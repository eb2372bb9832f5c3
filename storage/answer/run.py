"""Answers a typed query: clips it to what is recorded, runs it, and lets out only what the viewer may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from storage.answer.buckets import buckets_of
from storage.answer.budgets import beside_budgets, of_budgets
from storage.answer.calendar import after, first_of
from storage.answer.columns import columns_of
from storage.answer.compile import Compiler
from storage.answer.coverage import coverage, gaps, incomplete
from storage.answer.fetch import Fetched, fetch
from storage.answer.guard import Guard
from storage.answer.labelled_sums import Sums
from storage.answer.notes import notes_of, partial_points, product_parts, rates_of, unbooked, weekday_counts
from storage.answer.privacy import Viewer
from storage.answer.ranking import Ranking
from storage.answer.reclaiming import narrowed
from storage.answer.result import Note, NoteKind, Result
from storage.answer.shape import Shaper
from storage.answer.unreported import unreported
from storage.answer.validate import checked
from storage.catalogue import Metric
from storage.catalogue.measures import MeasuredRows
from storage.errors import Denied, NoData
from storage.names import Directory
from storage.query import Filter, Grain, Query
from storage.records import Ledger, Period


def run(
    connection: Connection, directory: Directory, query: Query, viewer: Viewer, as_of: date | None = None
) -> Result:
    """The figures of a query, as this viewer may see them; `as_of` is today, whose points are not over yet.

    Raises InvalidQuery, UnknownName, NoData (nothing recorded in the period), Denied (nothing of it may be shown).
    """
    metrics, asked = checked(query), query.period
    query = narrowed(query, metrics, viewer, directory)
    beside: list[Note] = []
    if of_budgets(metrics):
        query, asked, beside = beside_budgets(connection, directory, query, as_of)
    clipped, clips = clip(query, metrics, directory)
    clips += beside
    if clipped.previous and not query.running and as_of and _is_running(query, as_of):
        clips.append(Note(NoteKind.RUNNING, {"previous": clipped.previous}))
    guard = _guard(connection, directory, clipped, viewer, as_of, asked)
    guard.check()
    if guard.is_too_fine(metrics):
        query, clipped = query.with_(grain=Grain.WEEK), clipped.with_(grain=Grain.WEEK)
        clips.append(Note(NoteKind.BY_WEEK))
        guard = _guard(connection, directory, clipped, viewer, as_of, asked)
    compiler = guard.compiler
    found = fetch(connection, compiler, metrics, clipped.group_by, clipped.filters)
    known = all(note.kind is not NoteKind.NO_PREVIOUS for note in clips)
    whole = _whole(compiler)
    guard_of_totals = guard.of_total(whole)
    guard_of_totals.check()
    totals = fetch(connection, whole, metrics, (), whole.query.filters) if query.share else None
    per_day = any(note.kind is NoteKind.PER_DAY for note in clips)
    shaper = Shaper(compiler, metrics, guard, guard_of_totals, previous_known=known, per_day=per_day)
    rows = shaper.rows(found, totals)
    columns = columns_of(clipped, metrics)
    kept = shaper.settled(Ranking(clipped, columns).kept(rows))
    if (rows and all(row.suppressed for row in rows)) or (kept and all(row.suppressed for row in kept)):
        raise Denied("difference" if guard.refused_difference or guard_of_totals.refused_difference else "group")
    exact = [*shaper.exact(kept)]
    rough, product = not guard.sees_all, _of_product(connection, shaper, found, totals)
    told = guard.told(metrics, exact)
    if totals:
        told += guard_of_totals.told(metrics, ((number, ()) for number, _ in exact))
    covered = coverage(connection, directory, clipped.period)
    return Result(
        query=query,
        period=clipped.period,
        previous=clipped.previous,
        columns=columns,
        rows=tuple(kept),
        notes=(
            *clips,
            *partial_points(clipped, kept),
            *weekday_counts(clipped),
            *notes_of(clipped, metrics, shaper.visible(found, totals), [*rows, *kept], rough=rough),
            *product_parts(metrics, product, query.currency, rough=rough),
            *rates_of(compiler, metrics),
            *unbooked(shaper.unbooked(found, totals)),
            *unreported(connection, compiler, metrics, shaper.visible(found, totals), viewer),
            *incomplete(metrics, covered),
            *gaps(connection, directory, clipped.period),
        ),
        newest=_newest(directory, metrics),
        coverage=covered,
        statements=tuple(found.sql),
        shown=told,
    )


def may_show(connection: Connection, directory: Directory, query: Query, viewer: Viewer) -> bool:
    """Whether this viewer may see all figures of a query without groups; nothing is worked out for that."""
    metrics = checked(query)
    clipped, _ = clip(query, metrics, directory)
    guard = _guard(connection, directory, clipped, viewer)
    guard.check()
    return all(guard.shows(metric, bucket.number, ()) for metric in metrics for bucket in guard.compiler.buckets)


def _is_running(query: Query, as_of: date) -> bool:
    """Whether two named periods are a unit that is not over and the same days of the one before it."""
    period, before = query.period, query.previous
    if before is None or period.end != as_of:
        return False
    return any(
        first_of(period.start, unit) == period.start
        and first_of(before.start, unit) == before.start
        and before.end < after(before.start, unit) - timedelta(days=1)
        and after(before.start, unit) == period.start
        for unit in (Grain.WEEK, Grain.MONTH, Grain.QUARTER)
    )


def _guard(
    connection: Connection,
    directory: Directory,
    query: Query,
    viewer: Viewer,
    as_of: date | None = None,
    asked: Period | None = None,
) -> Guard:
    compiler = Compiler(directory.workspace_id, directory, query, buckets_of(query, as_of), asked=asked)
    return Guard(connection, compiler, viewer, as_of)


def _of_product(connection: Connection, shaper: Shaper, found: Fetched, totals: Fetched | None) -> list[Sums]:
    """The sums of product inference alone, in the rows that may be shown; nothing where there is none of it."""
    compiler, query = shaper.compiler, shaper.query
    both = [metric for metric in shaper.metrics if metric.both_ledgers]
    there = any(sums.get("product_tokens") for sums in shaper.visible(found, totals))
    if not both or not there or query.filter_on("ledger"):
        return []
    product = (*query.filters, Filter("ledger", (Ledger.PRODUCT.value,)))
    alone = replace(compiler, query=query.with_(filters=product))
    return shaper.visible(fetch(connection, alone, both, query.group_by, product), totals)


def clip(query: Query, metrics: Iterable[Metric], directory: Directory) -> tuple[Query, list[Note]]:
    """The query over recorded days only, and what had to be left out. Raises NoData."""
    first, last = _recorded(metrics, directory)
    period, notes = query.period, []
    if period.start > last or period.end < first:
        text = f"nothing is recorded from {period.start} to {period.end}: the data run from {first} to {last}"
        raise NoData(text, (period.start, period.end), (first, last))
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
        if recorded.days < before.days or clipped.period.days < period.days:
            notes.append(Note(NoteKind.PER_DAY))
        clipped = clipped.with_(previous=recorded)
    if query.running:
        notes.append(Note(NoteKind.RUNNING, {"previous": clipped.previous}))
    return clipped, notes


def _recorded(metrics: Iterable[Metric], directory: Directory) -> tuple[date, date]:
    """The first and last day that can be asked about; usage and work apart."""
    spans = _spans(metrics, directory)
    if not spans:
        # A roster runs on: only its beginning is cut, to the first day with any fact.
        return (directory.first_day or date.min), date.max
    known = [span for span in spans if span is not None]
    if len(known) < len(spans):
        raise NoData("nothing is recorded yet")
    first, last = max(span[0] for span in known), min(span[1] for span in known)
    if first > last:
        raise NoData("usage and work are never recorded on the same days")
    return first, last


def _spans(metrics: Iterable[Metric], directory: Directory) -> list[tuple[date, date] | None]:
    """What is recorded of the kinds of rows that the metrics are taken from: work, usage or both."""
    bases = {base for metric in metrics for base in metric.bases}
    recorded = {
        MeasuredRows.WORK: directory.work,
        MeasuredRows.USAGE: directory.usage,
        MeasuredRows.SEATS: directory.usage,
    }
    return [span for base, span in recorded.items() if base in bases]


def _whole(compiler: Compiler) -> Compiler:
    """The total that shares are of: the same query without its grouping, over the share's own filters."""
    query = compiler.query
    over = query.share.over if query.share else ()
    whole = query.with_(group_by=(), scopes=(), filters=over)
    return replace(compiler, query=whole, listed=query)


def _newest(directory: Directory, metrics: list[Metric]) -> str:
    spans = _spans(metrics, directory) or [directory.usage]
    return min((span[1].isoformat() for span in spans if span), default="")
