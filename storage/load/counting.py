"""Counts what a planned load will do: rows by verdict, its days, people that nobody knows, models without a price."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, case, func, select

from storage.load.fact_tables import FactTable
from storage.load.known_days import NOTHING_KNOWN, KnownDays
from storage.load.merging import with_spells
from storage.load.staging import CHANGED, GONE, NEW, UNCHANGED, spans, streams, subjects

LISTED = 20  # names a report lists; the counts beside them are exact


def count(connection: Connection, facts: FactTable, known: KnownDays = NOTHING_KNOWN) -> dict[str, Any]:
    """What `Saved` says of a planned load before it is written, with the days that are `known` and were left out."""
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
        found |= _count_people(connection, facts.staged, known) | _count_unpriced(connection, facts.staged, known)
    return known.counted(found)


def _count_people(connection: Connection, usage: Table, known: KnownDays) -> dict[str, Any]:
    unknown = subjects.c.known == 0
    rows = (
        select(subjects.c.name, unknown, func.sum(usage.c.row_count))
        .select_from(with_spells(usage).join(subjects, subjects.c.no == usage.c.subject_no))
        .where(spans.c.spell_id.is_(None))
        .group_by(subjects.c.name, unknown)
    )
    counts = known.nobodys_rows(connection)
    for subject, is_unknown, count in connection.execute(rows):
        counts[subject, bool(is_unknown)] += int(count)
    found: dict[str, Any] = dict.fromkeys(("unmatched_people", "unmatched_rows", "outside_people", "outside_rows"), 0)
    listed: list[str] = []
    for (subject, is_unknown), count in sorted(counts.items()):
        kind = "unmatched" if is_unknown else "outside"
        found[f"{kind}_people"] += 1
        found[f"{kind}_rows"] += count
        if is_unknown and len(listed) < LISTED:
            listed.append(subject)
    return found | {"unmatched": tuple(listed)}


def _count_unpriced(connection: Connection, usage: Table, known: KnownDays) -> dict[str, Any]:
    rows = (
        select(streams.c.model, func.sum(usage.c.unpriced_rows))
        .join_from(usage, streams, streams.c.no == usage.c.stream_no)
        .where(usage.c.unpriced_rows > 0)
        .group_by(streams.c.model)
    )
    counts = known.unpriced_rows(connection)
    for model, count in connection.execute(rows):
        counts[model] += int(count)
    models = dict(sorted(counts.items(), key=lambda counted: (-counted[1], counted[0])))
    return {"unpriced_rows": sum(models.values()), "unpriced_models": models}
