"""usage.csv: tokens, requests, suggestions and cost of a day, by who, with what, for what.

Grain: one row a key (date, email, tool, provider, model, mode, workflow, ledger); rows of one key add up
Cost:  what the organisation says it paid, so it counts as billed; an empty field is unpriced, never 0
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from bot.sources.files import values
from bot.sources.files.problems import BadRow
from bot.sources.files.reading import Columns, CsvFile
from storage.load.staging import Row
from storage.records import CostKind, Ledger, Mode

WHAT = ("tool", "provider", "model", "mode", "workflow", "ledger")
SUMS = (
    "input_tokens",
    "cached_input_tokens",
    "cache_write_tokens",
    "output_tokens",
    "reasoning_tokens",
    "requests",
    "suggested",
    "accepted",
)
ORDER = ("date", "timestamp", "email", *WHAT, *SUMS, "cost_usd")
COLUMNS = Columns(
    known=tuple(column for column in ORDER if column != "ledger"),
    needed=("email", "tool", "model", "input_tokens", "output_tokens", "requests"),
    optional=("ledger",),
    either=(("date", "timestamp"),),
)
PLAIN_COUNTS = re.compile(r"[0-9]{1,15}(?:,[0-9]{1,15}){7}").fullmatch
PLAIN_COST = re.compile(r"([0-9]{1,6})\.([0-9]{1,9})").fullmatch
REMEMBERED = 65_536  # different days, people and streams that are checked once and then known
BILLED = str(CostKind.BILLED)


def rows(file: CsvFile, zone: ZoneInfo) -> Iterator[Row]:
    """The file's sound rows as the tuples that are staged; the others go into its problems."""
    read = _row_reader(zone)
    for line, fields in file.rows(ORDER):
        try:
            row = read(fields)
        except BadRow as bad:
            file.problems.reject(line, str(bad))
        else:
            yield row


def _row_reader(zone: ZoneInfo) -> Callable[[list[str]], Row]:
    # This runs once a row of files that may hold fifty millions: what repeats is looked up, the rest is checked
    # by one expression and only taken apart where that says no.
    stream_of, who, on_day = (lru_cache(REMEMBERED)(read) for read in (_stream, _who, _day))

    def read(fields: list[str]) -> Row:
        date, timestamp, address, tool, provider, model, mode, workflow, ledger, *counts, cost = fields
        day, day_key = on_day(date) if date else _moment(timestamp, zone)
        subject, subject_key = who(address)
        stream, stream_key = stream_of(tool, provider, model, mode, workflow, ledger)
        sums = tuple(map(int, counts)) if PLAIN_COUNTS(",".join(counts)) else _sums(counts)
        if sums[4] > sums[3]:
            raise BadRow(f"reasoning_tokens ({sums[4]}) is more than output_tokens ({sums[3]}), of which it is a part")
        key = day_key + subject_key + stream_key
        plain = PLAIN_COST(cost)
        nano = int(plain[1] + plain[2].ljust(9, "0")) if plain else values.cost_nano(cost)
        if nano is None:
            return (key, day, None, subject, stream, *sums, None, None, sum(sums[:4]), 1, 1)
        return (key, day, None, subject, stream, *sums, nano, BILLED, 0, 0, 1)

    return read


def _day(text: str) -> tuple[int, str]:
    day = values.fact_day(text)
    return day, f"{day:05d}"


def _moment(text: str, zone: ZoneInfo) -> tuple[int, str]:
    if not text.strip():
        raise BadRow("it has neither date nor timestamp")
    day = values.local_day(text, zone)
    return day, f"{day:05d}"


def _who(text: str) -> tuple[str, str]:
    subject = values.email(text, "email")
    return subject, _token(subject)


def _stream(tool: str, provider: str, model: str, mode: str, workflow: str, ledger: str) -> tuple[Any, str]:
    stream = (
        values.name(tool, "tool", needed=True),
        values.name(provider, "provider"),
        values.name(model, "model"),
        values.word(mode, "mode", [*Mode]),
        values.name(workflow, "workflow"),
        values.word(ledger, "ledger", [*Ledger], Ledger.WORKFORCE),
    )
    return stream, _token("\0".join(stream))


def _sums(texts: list[str]) -> tuple[int, ...]:
    return tuple(values.count(text, column) for text, column in zip(texts, SUMS, strict=True))


def _token(text: str) -> str:
    # Short and as good as unique: 96 bits, so that a key has one length whatever the names are.
    return urlsafe_b64encode(blake2b(text.encode(), digest_size=12).digest()).decode()
