"""From rows to staged tuples: rows of one key come together in memory, who and what become numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from operator import add
from typing import Generic, TypeVar

from sqlalchemy import DateTime

from storage.load.staging import STREAM, Row, Stage, streams, subjects, usage_in, work_in
from storage.records import UsageRecord, WorkRecord
from storage.tables import EPOCH, MS_PER_MINUTE, NANO

PENDING_KEYS = 10_000  # so many keys wait in memory before they are written
KNOWN_WORDS = 100_000  # so many people and streams are remembered by their number

# Where things are in a usage row: natural_key, day, at, subject, stream, eight sums, and what is below.
USAGE_SUM, COST, KIND, UNPRICED_TOKENS = 5, 13, 14, 15
WORK_SUM = 4


T = TypeVar("T")


class Repeats(Enum):
    """What rows of the same key in one load mean."""

    ADD = "they add up"
    NEWEST = "the last one counts"


def usage_row(record: UsageRecord) -> Row:
    """A record as the plain tuple that is staged; days and money become whole numbers."""
    stream = (record.tool, record.provider, record.model, record.mode, record.workflow, record.ledger.value)
    split = (record.input_tokens, record.cached_input_tokens, record.cache_write_tokens, record.output_tokens)
    unpriced = record.cost_usd is None
    return (
        record.natural_key,
        record.day.toordinal() - EPOCH,
        record.at,
        subject_of(record.subject),
        stream,
        *split,
        record.reasoning_tokens,
        record.requests,
        record.suggested,
        record.accepted,
        None if record.cost_usd is None else nano(record.cost_usd),
        record.cost_kind.value if record.cost_kind else None,
        sum(split) if unpriced else 0,
        int(unpriced),
        1,
    )


def work_row(record: WorkRecord) -> Row:
    """A record as the plain tuple that is staged; minutes become whole milliseconds."""
    return (
        record.natural_key,
        record.day.toordinal() - EPOCH,
        record.workflow,
        record.mode.value,
        record.items,
        round(record.human_minutes * MS_PER_MINUTE),
        record.accepted,
        record.reworked,
        record.failed,
        1,
    )


def subject_of(subject: str) -> str:
    """Who, as it is compared: vendors write one e-mail in several ways, also from page to page; ids are exact."""
    return subject.strip().lower() if "@" in subject else subject


def nano(cost_usd: Decimal) -> int:
    """Dollars in whole nano-dollars."""
    return round(cost_usd * NANO)


def fill_usage(stage: Stage, rows: Iterable[Row], repeats: Repeats) -> None:
    """Stage usage rows, however many."""
    people, what = _Numbers[str](), _Numbers[tuple[str, ...]]()
    keep_time = _time_keeper(stage)
    columns = [column.name for column in usage_in.columns]
    flushed = 0

    def flush(pending: dict[str, Row]) -> None:
        nonlocal flushed
        flushed += 1
        staged = [
            (row[0], row[1], keep_time(row[2]), people.number(row[3]), what.number(row[4]), *row[5:], flushed)
            for row in pending.values()
        ]
        stage.insert(usage_in, columns, staged)
        stage.insert(subjects, ("no", "subject"), people.new())
        stage.insert(streams, ("no", *STREAM), [(no, *stream) for no, stream in what.new()])

    _gather(rows, _add_usage if repeats is Repeats.ADD else _newer, flush)


def fill_work(stage: Stage, rows: Iterable[Row], repeats: Repeats) -> None:
    """Stage work rows, however many."""
    columns = [column.name for column in work_in.columns]
    flushed = 0

    def flush(pending: dict[str, Row]) -> None:
        nonlocal flushed
        flushed += 1
        stage.insert(work_in, columns, [(*row, flushed) for row in pending.values()])

    _gather(rows, _add_work if repeats is Repeats.ADD else _newer, flush)


def _gather(rows: Iterable[Row], join: Callable[[Row, Row], Row], flush: Callable[[dict[str, Row]], None]) -> None:
    pending: dict[str, Row] = {}
    for row in rows:
        key = row[0]
        if key in pending:
            pending[key] = join(pending[key], row)
        else:
            pending[key] = row
            if len(pending) >= PENDING_KEYS:
                flush(pending)
                pending.clear()
    flush(pending)


def _add_usage(held: Row, row: Row) -> Row:
    cost = row[COST] if held[COST] is None else held[COST] if row[COST] is None else held[COST] + row[COST]
    return (
        *held[:USAGE_SUM],
        *map(add, held[USAGE_SUM:COST], row[USAGE_SUM:COST]),
        cost,
        held[KIND] or row[KIND],
        *map(add, held[UNPRICED_TOKENS:], row[UNPRICED_TOKENS:]),
    )


def _add_work(held: Row, row: Row) -> Row:
    return (*held[:WORK_SUM], *map(add, held[WORK_SUM:], row[WORK_SUM:]))


def _newer(held: Row, row: Row) -> Row:
    return (*row[:-1], held[-1] + row[-1])


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


def _time_keeper(stage: Stage) -> Callable[[datetime | None], object]:
    # Staged tuples go to the driver as they are, so that the column's own conversion is done here.
    to_driver = DateTime().dialect_impl(stage.connection.dialect).bind_processor(stage.connection.dialect)

    def keep(at: datetime | None) -> object:
        if at is None:
            return None
        utc = at.astimezone(UTC)
        return to_driver(utc) if to_driver else utc

    return keep
