"""What must be said beside the figures, worked out from the sums that the query brought along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storage.answer.compile import Compiler
from storage.answer.fetch import TIMED
from storage.answer.labelled_sums import Sums
from storage.answer.money import MONEY, USD
from storage.answer.result import Note, NoteKind, ResultRow
from storage.answer.unknown_sums import COSTS
from storage.answer.weekdays import WEEKDAY, days_of, kept
from storage.answer.windows import FEW_PEOPLE, rounded
from storage.catalogue import DIMENSIONS, Metric
from storage.catalogue.class_measures import LACKING
from storage.catalogue.formula import plain
from storage.query import Query
from storage.tables import NANO

KINDS = {"billed": "billed", "list": "list price", "estimated": "estimated", "credit": "credits"}
TOKENS = "tokens"
MOSTLY = 0.9  # minutes of fewer items than this part are said to be so


def notes_of(
    query: Query, metrics: Sequence[Metric], found: Sequence[Sums], rows: Sequence[ResultRow], rough: bool = False
) -> Iterator[Note]:
    """Unpriced use, mixed kinds of cost, covered use, minutes not recorded, rows hidden or rounded.

    `rough`: how much is unpriced or of which kind is said in two digits: it can be few people's.
    """
    if any(measure in COSTS for metric in metrics for measure in metric.measures):
        yield from _of_money(found, rough)
        yield from _of_bills(query, found, rough)
    lacking = max(
        (_sum(found, LACKING[name]) for metric in metrics for name in metric.measures & LACKING.keys()), default=0
    )
    if lacking:
        yield Note(NoteKind.NO_CLASS_PRICE, {"tokens": rounded(lacking) if rough else lacking})
    if any(measure in TIMED for metric in metrics for measure in metric.measures):
        items, timed = _sum(found, "items"), _sum(found, "timed_items")
        if timed < MOSTLY * items:
            yield Note(NoteKind.UNTIMED, {"items": items, "timed": timed})
    yield from _of_seats(metrics, found)
    if any(row.rounded for row in rows):
        yield Note(NoteKind.ROUNDED, {"people": FEW_PEOPLE})
    hidden = [row.labels for row in rows if row.hidden]
    if hidden:
        yield Note(NoteKind.SUPPRESSED, {"labels": hidden, "grain": query.grain})


def partial_points(query: Query, rows: Sequence[ResultRow]) -> Iterator[Note]:
    """The points of a series that are less than their whole grain, each with its days."""
    if query.grain:
        points = {row.labels[query.grain.value]: row for row in rows if row.partial}
        if points:
            shown = [points[first] for first in sorted(points)]
            yield Note(NoteKind.PARTIAL, {"grain": query.grain, "period": query.period, "points": shown})


def _of_seats(metrics: Sequence[Metric], found: Sequence[Sums]) -> Iterator[Note]:
    """Seats of which nobody can tell whether they are used, and idle ones that nobody knows the price of."""
    needed = {name for metric in metrics for name in metric.measures}
    unloaded, unpriced = _sum(found, "unloaded_seats"), _sum(found, "unpriced_seats")
    if unloaded and needed & {"idle_seats", "idle_seat_nano", "unused_seats"}:
        yield Note(NoteKind.UNLOADED, {"seats": unloaded, "of": _sum(found, "seats")})
    if unpriced and "idle_seat_nano" in needed:
        yield Note(NoteKind.UNPRICED_SEATS, {"seats": unpriced})


def weekday_counts(query: Query) -> Iterator[Note]:
    """How many of each weekday the period has, where the rows are of weekdays."""
    if WEEKDAY in query.group_by:
        yield Note(NoteKind.WEEKDAYS, {"days": {name: days_of(query.period, (name,)) for name in kept(query.filters)}})


def product_parts(
    metrics: Sequence[Metric], found: Sequence[Sums], currency: str, rough: bool = False
) -> Iterator[Note]:
    """How much of each sum is product inference, in its own unit, or its tokens where no figure is a sum; in two
    digits where it is `rough`."""
    parts = {}
    for metric in metrics:
        if metric.both_ledgers and metric.additive:
            known = [value for sums in found if (value := metric.formula.value(sums)) is not None]
            parts[metric.name] = plain(sum(known)) if known else None
    if not parts:
        parts[TOKENS] = _sum(found, "product_tokens")
    told = {name: rounded(value) if rough else value for name, value in parts.items() if value}
    if told:
        yield Note(NoteKind.PRODUCT, {"parts": told, "currency": currency})


def rates_of(compiler: Compiler, metrics: Sequence[Metric]) -> Iterator[Note]:
    """The days of the rates at which money was converted."""
    if not compiler.converts or not any(MONEY & metric.measures for metric in metrics):
        return
    lacking = [name for name in compiler.directory.currencies if name not in compiler.directory.rates]
    if lacking:
        yield Note(NoteKind.NO_RATE, {"currencies": lacking})
    if not compiler.steps or ({*compiler.directory.currencies} <= {*lacking} and compiler.currency == USD):
        return
    days = [step.of for step in compiler.steps]
    foreign = {step.currency for step in compiler.steps} == {USD}
    factors = {step.factor for step in compiler.steps}
    one = 1 / factors.pop() if foreign and len(factors) == 1 else None
    yield Note(NoteKind.RATES, {"currency": compiler.currency, "first": min(days), "last": max(days), "rate": one})


def unbooked(rows: Sequence[Sequence[str]]) -> Iterator[Note]:
    """Rows of work, by their names, that no usage is booked to."""
    if rows:
        yield Note(NoteKind.UNBOOKED, {"names": [", ".join(names) for names in rows if names]})


def _of_money(found: Sequence[Sums], rough: bool) -> Iterator[Note]:
    unpriced = _sum(found, "unpriced_facts")
    if unpriced:
        said = {"rows": unpriced, "tokens": _sum(found, "unpriced_tokens")}
        yield Note(NoteKind.UNPRICED, {name: rounded(count) if rough else count for name, count in said.items()})
    there = [kind for kind in KINDS if _sum(found, f"{kind}_facts")]
    kinds = [(KINDS[kind], None if rough else _sum(found, f"{kind}_cost") / NANO) for kind in there]
    if len(kinds) > 1:
        yield Note(NoteKind.COST_KINDS, {"kinds": kinds})
    if _sum(found, "covered_facts"):
        known = not rough and any(sums.get("covered_list_nano") is not None for sums in found)
        yield Note(NoteKind.COVERED, {"list": _sum(found, "covered_list_nano") / NANO if known else None})


def _of_bills(query: Query, found: Sequence[Sums], rough: bool) -> Iterator[Note]:
    """Use that is billed apart is all in the cost, unless it is asked for by people or the bill is not there."""
    asked = {*query.group_by, *(condition.dimension for condition in query.filters)}
    of_people = bool(query.scopes) or any(DIMENSIONS[name].people for name in asked if name in DIMENSIONS)
    left_out = [sums for sums in found if sums.get("apart_facts") and (of_people or not sums.get("priced_facts"))]
    if left_out:
        known = not rough and any(sums.get("apart_list_nano") is not None for sums in left_out)
        yield Note(NoteKind.APART, {"list": _sum(left_out, "apart_list_nano") / NANO if known else None})


def _sum(found: Sequence[Sums], measure: str) -> int:
    return sum(int(sums.get(measure) or 0) for sums in found)
