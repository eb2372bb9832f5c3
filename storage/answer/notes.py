"""What must be said beside the figures, worked out from the sums that the query brought along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storage.answer.fetch import TIMED, Sums
from storage.answer.result import Note, NoteKind, ResultRow
from storage.catalogue import Metric
from storage.query import Query
from storage.tables import NANO

KINDS = {"billed": "billed", "list": "list price", "estimated": "estimated", "credit": "credits"}
MOSTLY = 0.9  # minutes of fewer items than this part are said to be so


def notes_of(
    query: Query, metrics: Sequence[Metric], found: Sequence[Sums], rows: Sequence[ResultRow]
) -> Iterator[Note]:
    """Product inference, unpriced use, mixed kinds of cost, covered use, minutes not recorded, rows that are hidden."""
    if any(one.both_ledgers for one in metrics) and not query.filter_on("ledger"):
        product = _sum(found, "product_tokens")
        if product:
            yield Note(NoteKind.PRODUCT, {"tokens": product})
    if any(measure in ("cost_nano", "w_cost_nano") for one in metrics for measure in one.measures):
        unpriced = _sum(found, "unpriced_facts")
        if unpriced:
            yield Note(NoteKind.UNPRICED, {"rows": unpriced, "tokens": _sum(found, "unpriced_tokens")})
        kinds = [
            (name, _sum(found, f"{kind}_cost") / NANO) for kind, name in KINDS.items() if _sum(found, f"{kind}_facts")
        ]
        if len(kinds) > 1:
            yield Note(NoteKind.COST_KINDS, {"kinds": kinds})
        if _sum(found, "covered_facts"):
            known = any(sums.get("covered_list_nano") is not None for sums in found)
            yield Note(NoteKind.COVERED, {"list": _sum(found, "covered_list_nano") / NANO if known else None})
    if any(measure in TIMED for one in metrics for measure in one.measures):
        items, timed = _sum(found, "items"), _sum(found, "timed_items")
        if timed < MOSTLY * items:
            yield Note(NoteKind.UNTIMED, {"items": items, "timed": timed})
    hidden = [", ".join(row.labels.values()) for row in rows if row.hidden]
    if hidden:
        yield Note(NoteKind.SUPPRESSED, {"names": list(dict.fromkeys(hidden))})


def _sum(found: Sequence[Sums], measure: str) -> int:
    return sum(int(sums.get(measure) or 0) for sums in found)
