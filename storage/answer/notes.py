"""What must be said beside the figures, worked out from the sums that the query brought along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storage.answer.fetch import Sums
from storage.answer.result import Note, NoteKind, ResultRow
from storage.answer.windows import FEW_PEOPLE, rounded
from storage.catalogue import Metric
from storage.query import Query

KINDS = {"billed_facts": "billed", "list_facts": "list price", "estimated_facts": "estimated"}


def notes_of(
    query: Query, metrics: Sequence[Metric], found: Sequence[Sums], rows: Sequence[ResultRow], rough: bool = False
) -> Iterator[Note]:
    """Product inference, unpriced use, mixed kinds of cost, rows that are hidden or rounded.

    `rough`: how much is unpriced, or product inference, is said in two digits, since it can be the use of few people.
    """
    if any(one.both_ledgers for one in metrics) and not query.filter_on("ledger"):
        product = _sum(found, "product_tokens")
        if product:
            yield Note(NoteKind.PRODUCT, {"tokens": rounded(product) if rough else product})
    if any(measure in ("cost_nano", "w_cost_nano") for one in metrics for measure in one.measures):
        unpriced = _sum(found, "unpriced_facts")
        if unpriced:
            said = {"rows": unpriced, "tokens": _sum(found, "unpriced_tokens")}
            yield Note(NoteKind.UNPRICED, {name: rounded(count) if rough else count for name, count in said.items()})
        kinds = [name for measure, name in KINDS.items() if _sum(found, measure)]
        if len(kinds) > 1:
            yield Note(NoteKind.COST_KINDS, {"kinds": kinds})
    if any(row.rounded for row in rows):
        yield Note(NoteKind.ROUNDED, {"people": FEW_PEOPLE})
    hidden = [", ".join(row.labels.values()) for row in rows if row.hidden]
    if hidden:
        yield Note(NoteKind.SUPPRESSED, {"names": list(dict.fromkeys(hidden))})


def unbooked(rows: Sequence[Sequence[str]]) -> Iterator[Note]:
    """Rows of work, by their names, that no usage is booked to."""
    if rows:
        yield Note(NoteKind.UNBOOKED, {"names": [", ".join(names) for names in rows if names]})


def _sum(found: Sequence[Sums], measure: str) -> int:
    return sum(int(sums.get(measure) or 0) for sums in found)
