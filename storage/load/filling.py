"""From rows to staged tuples: rows of one key come together in memory, who and what become numbers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from hashlib import blake2b, sha256
from typing import Generic, TypeVar

from storage.load.staging import (
    ALLOCATION,
    PRICING,
    STREAM,
    USAGE_SUMS,
    Row,
    Stage,
    allocations,
    feeds,
    pricings,
    streams,
    subjects,
    usage_in,
    work_in,
)
from storage.records import CostKind, PricingRecord, Restate, UsageRecord, WorkRecord
from storage.tables import EPOCH, KEY_BYTES, MS_PER_MINUTE, NANO

PENDING_KEYS = 10_000  # so many keys wait in memory before they are written
KNOWN_WORDS = 100_000  # so many people and streams are remembered by their number

# Where things are in a usage row: key, once, feed, day, at, subject, stream, allocation, pricing, cost_kind, the sums.
ONCE, FEED, AT, SUBJECT, STREAM_AT, ALLOCATION_AT, PRICING_AT, KIND, USAGE_SUM = 1, 2, 4, 5, 6, 7, 8, 9, 10
REQUESTS, COST = USAGE_SUM + USAGE_SUMS.index("requests"), USAGE_SUM + USAGE_SUMS.index("cost_nano")
OUTPUT = USAGE_SUM + USAGE_SUMS.index("output_tokens")
WORK_SUM = 6

T = TypeVar("T", bound=Hashable)


class Repeats(Enum):
    """What rows of the same key in one load mean."""

    ADD = "they add up"
    NEWEST = "the last one counts"
    FULLEST = "the one with most output counts"


def key_of(natural_key: str) -> bytes:
    """A source's own identity of a row as it is stored; migrations know this function by its result."""
    return sha256(natural_key.encode()).digest()[:KEY_BYTES]


def usage_row(record: UsageRecord) -> Row:
    """A record as the plain tuple that is staged; days, instants and money become whole numbers."""
    split = (record.input_tokens, record.cached_input_tokens, record.cache_write_tokens, record.output_tokens)
    unpriced = record.cost is None and record.cost_kind is not CostKind.APART
    at_list = record.cost_kind in (CostKind.LIST, CostKind.ESTIMATED)
    listed = record.cost if record.list_cost is None and at_list else record.list_cost
    booked = (record.project, record.cost_center, record.repository)
    return (
        key_of(record.natural_key),
        0,
        record.feed,
        record.day.toordinal() - EPOCH,
        None if record.at is None else instant(record.at),
        subject_of(record.subject),
        (record.tool, record.provider, record.model, record.mode, record.workflow, record.ledger.value),
        booked if any(booked) else None,
        pricing_of(record.pricing) if record.pricing else None,
        record.cost_kind.value if record.cost_kind else None,
        *split,
        record.reasoning_tokens,
        record.requests,
        record.suggested,
        record.accepted,
        record.cache_write_1h_tokens,
        nano(record.cost),
        nano(listed),
        nano(record.credits),
        sum(count or 0 for count in split) if unpriced else 0,
        int(unpriced),
        1,
    )


def work_row(record: WorkRecord) -> Row:
    """A record as the plain tuple that is staged; minutes become whole milliseconds."""
    timed = record.items if record.timed_items is None else record.timed_items
    minutes = record.human_minutes
    return (
        key_of(record.natural_key),
        0,
        record.feed,
        record.day.toordinal() - EPOCH,
        record.workflow,
        record.mode.value,
        record.items,
        None if minutes is None else round(minutes * MS_PER_MINUTE),
        0 if minutes is None else timed,
        record.accepted,
        record.reworked,
        record.failed,
        1,
    )


@lru_cache(maxsize=1000)  # a source prices most of its rows alike
def pricing_of(pricing: PricingRecord) -> tuple[object, ...]:
    """How a row is priced as a plain tuple: its key, then its columns."""
    prices = (pricing.price_input, pricing.price_cached, pricing.price_cache_write, pricing.price_output)
    day = None if pricing.price_day is None else pricing.price_day.toordinal() - EPOCH
    columns = (pricing.service_tier, pricing.currency, *map(nano, prices), pricing.rule, day)
    return (blake2b(repr(columns).encode(), digest_size=KEY_BYTES).digest(), *columns)


def subject_of(subject: str) -> str:
    """Who, as it is compared: vendors write one e-mail in several ways, also from page to page; ids are exact."""
    return subject.strip().lower() if "@" in subject else subject


def instant(at: datetime) -> int:
    """A time as milliseconds since 1970 in UTC."""
    return round((at.astimezone(UTC) - _BEGINNING).total_seconds() * 1000)


def nano(amount: Decimal | None) -> int | None:
    """Money, a price or credits in whole billionths."""
    return None if amount is None else round(amount * NANO)


def fill_usage(stage: Stage, rows: Iterable[Row], repeats: Repeats) -> None:
    """Stage usage rows, however many."""
    names, people = _Numbers[str](), _Numbers[str]()
    what, booked, priced = (_Numbers[tuple[object, ...]]() for _ in range(3))
    columns = [column.name for column in usage_in.columns]
    flushed = 0

    def flush(pending: dict[bytes, Row]) -> None:
        nonlocal flushed
        flushed += 1
        staged = [
            (
                row[0],
                row[ONCE],
                names.number(row[FEED]),
                row[3],
                row[AT],
                people.number(row[SUBJECT]),
                what.number(row[STREAM_AT]),
                None if row[ALLOCATION_AT] is None else booked.number(row[ALLOCATION_AT]),
                None if row[PRICING_AT] is None else priced.number(row[PRICING_AT]),
                *row[KIND:],
                flushed,
            )
            for row in pending.values()
        ]
        stage.insert(usage_in, columns, staged)
        stage.insert(feeds, ("no", "name"), names.new())
        stage.insert(subjects, ("no", "name"), people.new())
        stage.insert(streams, ("no", *STREAM), [(no, *stream) for no, stream in what.new()])
        stage.insert(allocations, ("no", *ALLOCATION), [(no, *names) for no, names in booked.new()])
        stage.insert(pricings, ("no", "key", *PRICING), [(no, *values) for no, values in priced.new()])

    _gather(rows, {Repeats.ADD: _add_usage, Repeats.NEWEST: _newer, Repeats.FULLEST: _fuller}[repeats], flush)


def fill_work(stage: Stage, rows: Iterable[Row], repeats: Repeats) -> None:
    """Stage work rows, however many."""
    names = _Numbers[str]()
    columns = [column.name for column in work_in.columns]
    flushed = 0

    def flush(pending: dict[bytes, Row]) -> None:
        nonlocal flushed
        flushed += 1
        staged = [(*row[:FEED], names.number(row[FEED]), *row[FEED + 1 :], flushed) for row in pending.values()]
        stage.insert(work_in, columns, staged)
        stage.insert(feeds, ("no", "name"), names.new())

    _gather(rows, _add_work if repeats is Repeats.ADD else _newer, flush)


def repeats_of(rule: Restate) -> Repeats:
    """How rows of one key meet inside a load, by the rule of its source."""
    return Repeats.FULLEST if rule is Restate.FULLEST else Repeats.NEWEST


def _gather(rows: Iterable[Row], join: Callable[[Row, Row], Row], flush: Callable[[dict[bytes, Row]], None]) -> None:
    pending: dict[bytes, Row] = {}
    for row in rows:
        key = row[0] + row[FEED].encode() if row[FEED] else row[0]
        if key in pending:
            pending[key] = join(pending[key], row)
        else:
            pending[key] = row
            if len(pending) >= PENDING_KEYS:
                flush(pending)
                pending.clear()
    flush(pending)


def _add_usage(held: Row, row: Row) -> Row:
    if row[ONCE]:
        return _newer(held, row)
    sums = [*map(_added, held[USAGE_SUM:], row[USAGE_SUM:])]
    if not sums[REQUESTS - USAGE_SUM] and (held[REQUESTS] is None or row[REQUESTS] is None):
        sums[REQUESTS - USAGE_SUM] = None  # active, and nobody counted how often
    return (*held[:PRICING_AT], held[PRICING_AT] or row[PRICING_AT], _stronger(held[KIND], row[KIND]), *sums)


def _stronger(one: str | None, other: str | None) -> str | None:
    """The kind of a sum: what was paid before what is only an estimate or covered."""
    return min((kind for kind in (one, other) if kind), key=KINDS.index, default=None)


def _added(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other


def _add_work(held: Row, row: Row) -> Row:
    return (*held[:WORK_SUM], *map(_added, held[WORK_SUM:], row[WORK_SUM:]))


def _newer(held: Row, row: Row) -> Row:
    return (*row[:-1], held[-1] + row[-1])


def _fuller(held: Row, row: Row) -> Row:
    fullest = max(held, row, key=_fullness) if _fullness(held) != _fullness(row) else row
    return (*fullest[:-1], held[-1] + row[-1])


def _fullness(row: Row) -> tuple[int, int]:
    return row[OUTPUT] or 0, sum(count or 0 for count in row[USAGE_SUM : OUTPUT + 1])


class _Numbers(Generic[T]):
    """Gives each word a number; one that it forgot gets another, which the store resolves alike."""

    def __init__(self) -> None:
        self._known: dict[T, int] = {}
        self._new: list[tuple[int, T]] = []
        self._last = 0

    def number(self, word: T) -> int:
        found = self._known.get(word)
        if found is None:
            self._last += 1
            found = self._known[word] = self._last
            self._new.append((found, word))
        return found

    def new(self) -> list[tuple[int, T]]:
        """The words numbered since the last call."""
        new, self._new = self._new, []
        if len(self._known) > KNOWN_WORDS:
            self._known.clear()
        return new


KINDS = ("billed", "list", "estimated", "credit", "covered", "apart")
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
