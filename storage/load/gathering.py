"""Stages rows: those of one key come together in memory, who and what become numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice, repeat
from typing import TypeVar

from storage.load.keys import mask_of, masked
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
from storage.records import Restate

PENDING_KEYS = 10_000  # so many keys wait in memory before they are written
KNOWN_WORDS = 100_000  # so many people and streams are remembered by their number
PIECE = 1_000  # rows whose keys are compared at once

# Where things are in a usage row: key, once, feed, day, at, subject, stream, allocation, pricing, cost_kind, the sums.
KEY, ONCE, FEED, SUBJECT, STREAM_AT, ALLOCATION_AT, PRICING_AT, KIND, USAGE_SUM = 0, 1, 2, 5, 6, 7, 8, 9, 10
REQUESTS, COST = USAGE_SUM + USAGE_SUMS.index("requests"), USAGE_SUM + USAGE_SUMS.index("cost_nano")
OUTPUT = USAGE_SUM + USAGE_SUMS.index("output_tokens")
WORK_SUM = 6

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Feeds:
    """The feeds of a source, by their names; `own` is that of rows that name none."""

    workspace_id: int
    source: str
    own: str = ""

    def seal(self, keys: Sequence[bytes], feeds: Sequence[str]) -> tuple[list[bytes], list[str]]:
        """Rows' hashes as keys of facts, and the feed of each."""
        names = [name or self.own for name in feeds]
        if names.count(names[0]) == len(names):
            return masked(keys, self.mask(names[0])), names
        return [masked((key,), self.mask(name))[0] for key, name in zip(keys, names, strict=True)], names

    def mask(self, feed: str) -> int:
        """What the keys of a feed are masked by."""
        return mask_of(self.workspace_id, self.source, feed)


class Repeats(Enum):
    """What rows of the same key in one load mean."""

    ADD = "they add up"
    NEWEST = "the last one counts"
    FULLEST = "the one with most output counts"


def fill_usage(stage: Stage, rows: Iterable[Row], repeats: Repeats, of: Feeds) -> bool:
    """Stage usage rows, however many. Gives whether keys may be there twice, since memory does not hold all."""
    names, people = _Numbers[str](), _Numbers[str]()
    what, booked, priced = (_Numbers[tuple[object, ...]]() for _ in range(3))
    columns = [column.name for column in usage_in.columns]
    flushed = 0

    def flush(pending: Collection[Row]) -> None:
        nonlocal flushed
        flushed += 1
        told: list[Sequence[object]] = [*zip(*pending, strict=True)]
        told[KEY], told[FEED] = of.seal(told[KEY], told[FEED])  # type: ignore[arg-type]  # each has its own type
        for place, numbers in ((FEED, names), (SUBJECT, people), (STREAM_AT, what)):
            told[place] = [*map(numbers.__getitem__, told[place])]  # type: ignore[arg-type]  # each has its own type
        for place, numbers in ((ALLOCATION_AT, booked), (PRICING_AT, priced)):
            if told[place].count(None) < len(pending):
                told[place] = [None if word is None else numbers[word] for word in told[place]]  # type: ignore[index]
        # A null costs a row as much time as a value, and half of the columns are null in all rows of most sources.
        said = {name: of for name, of in zip(columns, told, strict=False) if of.count(None) < len(pending)}
        stage.insert(usage_in, [*said, "flush"], [*zip(*said.values(), repeat(flushed))])
        stage.insert(feeds, ("no", "name"), names.new())
        stage.insert(subjects, ("no", "name"), people.new())
        stage.insert(streams, ("no", *STREAM), [(no, *stream) for no, stream in what.new()])
        stage.insert(allocations, ("no", *ALLOCATION), [(no, *names) for no, names in booked.new()])
        stage.insert(pricings, ("no", "key", *PRICING), [(no, *values) for no, values in priced.new()])

    join = {Repeats.ADD: _add_usage, Repeats.NEWEST: _newer, Repeats.FULLEST: _fuller}[repeats]
    _gather(rows, join, flush, of.own)
    return flushed > 1


def fill_work(stage: Stage, rows: Iterable[Row], repeats: Repeats, own_feed: str) -> None:
    """Stage work rows, however many."""
    names = _Numbers[str]()
    columns = [column.name for column in work_in.columns]
    flushed = 0

    def flush(pending: Collection[Row]) -> None:
        nonlocal flushed
        flushed += 1
        staged = [(*row[:FEED], names[row[FEED] or own_feed], *row[FEED + 1 :], flushed) for row in pending]
        stage.insert(work_in, columns, staged)
        stage.insert(feeds, ("no", "name"), names.new())

    _gather(rows, _add_work if repeats is Repeats.ADD else _newer, flush, own_feed)


def repeats_of(rule: Restate) -> Repeats:
    """How rows of one key meet inside a load, by the rule of its source."""
    return Repeats.FULLEST if rule is Restate.FULLEST else Repeats.NEWEST


def _gather(
    rows: Iterable[Row], join: Callable[[Row, Row], Row], flush: Callable[[Collection[Row]], None], own_feed: str
) -> None:
    pending: dict[bytes, Row] = {}
    here = ("", own_feed)  # whoever names the feed of all others means that one
    coming = iter(rows)
    while piece := [*islice(coming, PIECE)]:
        keys = [row[0] if row[FEED] in here else row[0] + row[FEED].encode() for row in piece]
        fresh = dict(zip(keys, piece, strict=True))
        if len(fresh) == len(piece) and pending.keys().isdisjoint(fresh):
            pending |= fresh
        else:
            for key, row in zip(keys, piece, strict=True):
                held = pending.get(key)
                pending[key] = row if held is None else join(held, row)
        if len(pending) >= PENDING_KEYS:
            flush(pending.values())
            pending.clear()
    if pending:
        flush(pending.values())


def _add_usage(held: Row, row: Row) -> Row:
    if row[ONCE]:
        return _newer(held, row)
    sums = [*map(_added, held[USAGE_SUM:], row[USAGE_SUM:])]
    if not sums[REQUESTS - USAGE_SUM] and (held[REQUESTS] is None or row[REQUESTS] is None):
        sums[REQUESTS - USAGE_SUM] = None  # active, and nobody counted how often
    return (*held[:PRICING_AT], held[PRICING_AT] or row[PRICING_AT], _stronger(held[KIND], row[KIND]), *sums)


def _stronger(one: int | None, other: int | None) -> int | None:
    """The kind of a sum: what was paid before what is only an estimate or covered."""
    return min((kind for kind in (one, other) if kind), default=None)


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


class _Numbers(dict[T, int]):
    """Gives each word a number; one that it forgot gets another, which the store resolves alike."""

    def __init__(self) -> None:
        super().__init__()
        self._new: list[tuple[int, T]] = []
        self._last = 0

    def __missing__(self, word: T) -> int:
        self._last += 1
        self[word] = self._last
        self._new.append((self._last, word))
        return self._last

    def new(self) -> list[tuple[int, T]]:
        """The words numbered since the last call."""
        new, self._new = self._new, []
        if len(self) > KNOWN_WORDS:
            self.clear()
        return new
