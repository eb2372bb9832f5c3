"""Plain pieces of usage.csv read a column at a time: what repeats is looked up, numbers are checked all at once.

A piece in which one row is of another kind (a price in euros, an id of an event, a number with a sign) is read row by
row instead; both ways give the same tuples.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import repeat
from operator import gt
from typing import Any, TypeVar

from bot.sources.files import values
from bot.sources.files.dates import DecimalMark
from bot.sources.files.pieces import Piece
from bot.sources.files.problems import BadRow
from bot.sources.files.reading import CsvFile
from storage.catalogue.daily import COUNTS
from storage.load.filling import key_of
from storage.load.keys import of_credit
from storage.load.staging import Row
from storage.records import CostKind
from storage.tables import NUMBER_OF_KIND

PLAIN_COSTS = re.compile(r"(?:[0-9]{1,6}\.[0-9]{1,9}\n)*+").fullmatch
PLAIN_DIGITS, PLAIN_DIGITS_OF_EVENTS = 15, 9  # so many at most are below the largest count
BILLED, CREDIT = (NUMBER_OF_KIND[kind] for kind in (CostKind.BILLED, CostKind.CREDIT))
REMEMBERED = 65_536  # different days, people and streams that are checked once and then known
DATE, TIMESTAMP, WHO, WHAT, FIRST_COUNT, COST, FIRST_MORE = 0, 1, 2, 3, 9, 17, 18  # places in `usage.ORDER`
OUTPUT, REASONING = COUNTS.index("output_tokens"), COUNTS.index("reasoning_tokens")

Said = TypeVar("Said", bound=Hashable)
Dated = tuple[int, str, int | None]  # day, what it adds to the key, instant
Paid = tuple[int | None, int | None, str]  # the number of its kind, nano-units, currency


class ReadOnce(dict[Said, Any]):
    """What a function made of each value; it forgets all where that is too much."""

    def __init__(self, make: Callable[[Said], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, said: Said) -> Any:
        if len(self) >= REMEMBERED:
            self.clear()
        made = self[said] = self._make(said)
        return made


class PlainPieces:
    """Reads pieces by the functions that read a single value, which raise BadRow."""

    def __init__(
        self,
        on_day: Callable[[str], Dated],
        moment: Callable[[str], Dated],
        who: Callable[[str], tuple[str, str]],
        stream: Callable[..., tuple[Any, str]],
        cost: Callable[[str], Paid],
        file: CsvFile,
    ) -> None:
        self._on_day, self._who = ReadOnce(on_day), ReadOnce(who)
        self._stream = ReadOnce[tuple[str, ...]](lambda fields: stream(*fields))
        self._moment, self._cost, self._file = moment, cost, file

    def read(self, piece: Piece) -> list[Row] | None:
        """The rows of a piece as they are staged; None where they must be read one by one."""
        columns = piece.columns()
        if columns is None or self._file.mark is DecimalMark.COMMA or any(map(any, columns[FIRST_MORE:])):
            return None
        try:
            return self._rows(columns)
        except BadRow:
            return None  # it is told of with its line

    def _rows(self, columns: Sequence[Sequence[str]]) -> list[Row] | None:
        times, nothing = columns[TIMESTAMP], repeat(None)
        if any(times):
            dated = [
                self._moment(time) if time else self._on_day[day]
                for day, time in zip(columns[DATE], times, strict=True)
            ]
        else:
            dated = [*map(self._on_day.__getitem__, columns[DATE])]
        days, day_keys, instants = zip(*dated, strict=True)
        subjects, subject_keys = zip(*map(self._who.__getitem__, columns[WHO]), strict=True)
        named = zip(*columns[WHAT:FIRST_COUNT], strict=True)
        streams, stream_keys = zip(*map(self._stream.__getitem__, named), strict=True)
        told = columns[FIRST_COUNT:COST]
        counts = [self._counts(texts, column) for texts, column in zip(told, COUNTS, strict=True)]
        if any(map(gt, _or_zero(counts[REASONING]), _or_zero(counts[OUTPUT]))):
            return None
        kinds, paid = self._costs(columns[COST])
        if kinds is None:
            return None
        unpriced, unpriced_rows = _unpriced(counts, paid)
        keys: Iterable[bytes] = map(key_of, map("".join, zip(day_keys, subject_keys, stream_keys, strict=True)))
        if CREDIT in kinds:
            keys = [of_credit(key) if kind == CREDIT else key for key, kind in zip(keys, kinds, strict=True)]
        # Key, once, feed, day, at, subject, stream, allocation, pricing, cost_kind, the sums, rows.
        rows = zip(
            keys, repeat(0), repeat(""), days, instants, subjects, streams, nothing, nothing, kinds,
            *counts, nothing, paid, nothing, nothing, unpriced, unpriced_rows, repeat(1),
        )  # fmt: skip
        return [*rows]

    def _counts(self, texts: Sequence[str], column: str) -> Sequence[int | None]:
        if not any(texts):
            return [None] * len(texts)
        digits, lengths = "".join(texts), [*map(len, texts)]
        most = PLAIN_DIGITS_OF_EVENTS if column in values.OF_EVENTS else PLAIN_DIGITS
        if digits.isascii() and digits.isdigit() and min(lengths) and max(lengths) <= most:
            return [*map(int, texts)]
        return [values.count(text, column, self._file.mark) for text in texts]

    def _costs(self, texts: Sequence[str]) -> tuple[Sequence[int | None] | None, Sequence[int | None]]:
        """The kinds and amounts; no kinds where one names a currency."""
        if PLAIN_COSTS("\n".join(texts) + "\n"):
            parts = (text.partition(".") for text in texts)
            return [BILLED] * len(texts), [int(whole + part.ljust(9, "0")) for whole, _, part in parts]
        found = [*map(self._cost, texts)]
        if any(currency for _, _, currency in found):
            return None, ()
        return [kind for kind, _, _ in found], [amount for _, amount, _ in found]


def _unpriced(
    counts: Sequence[Sequence[int | None]], paid: Sequence[int | None]
) -> tuple[Iterable[int | None], Iterable[int]]:
    """The tokens of each row without a price, and whether it is one."""
    if None not in paid:
        return repeat(None), repeat(0)
    rows = [int(amount is None) for amount in paid]
    tokens = map(sum, zip(*map(_or_zero, counts[:4]), strict=True))
    return [count * row or None for count, row in zip(tokens, rows, strict=True)], rows


def _or_zero(counts: Sequence[int | None]) -> Sequence[int]:
    return [count or 0 for count in counts]
