"""What a ledger comes to: calls, tokens and list cost by day, client and model, in the days of a time zone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.sources import prices
from bot.sources.logs import ledger
from bot.sources.logs.calls import ASSUMED, OUTPUT_ALONE

QUARTER_SECONDS = 900
ROWS = """
    SELECT day.date, stream.tool, stream.model, sum(requests), sum(input), sum(cached), sum(written), sum(output),
           sum(reasoning), iif(sum(unpriced), NULL, sum(cost))
    FROM total JOIN day ON quarter >= day.start AND quarter < day.until JOIN stream ON stream.id = total.stream
    GROUP BY day.date, stream.tool, stream.model
    HAVING sum(requests + input + cached + written + output)
    ORDER BY day.date, stream.tool, stream.model"""
CALLS_OF = """
    SELECT {name}, sum({calls}) FROM total JOIN stream ON stream.id = total.stream
    WHERE {condition} GROUP BY {name} HAVING sum({calls}) ORDER BY {name}"""


@dataclass(frozen=True, slots=True)
class DayTotal:
    """A day's use of a model in a client. Cost is None where a part of it has no price."""

    date: str
    tool: str
    model: str
    requests: int
    input_tokens: int
    cached_input_tokens: int
    cache_write_tokens: int
    output_tokens: int
    reasoning_tokens: int
    cost_usd: float | None


@dataclass(frozen=True, slots=True)
class Totals:
    """What the logs below a folder came to; the counts beside the rows are of calls, by model or client."""

    files: int
    skipped: list[tuple[str, int, str]]
    rows: list[DayTotal]
    zone: str
    cost: str
    unpriced: dict[str, int] = field(default_factory=dict)
    assumed_model: dict[str, int] = field(default_factory=dict)
    output_alone: dict[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain values, alike from one version to the next."""
        return {
            "files": self.files,
            "skipped": [{"file": file, "line": line, "reason": reason} for file, line, reason in self.skipped],
            "rows": [asdict(row) for row in self.rows],
            "zone": self.zone,
            "cost": self.cost,
            "unpriced": self.unpriced,
            "assumed_model": self.assumed_model,
            "output_alone": self.output_alone,
        }


def totals(connection: sqlite3.Connection, files: int, zone: ZoneInfo) -> Totals:
    """The sums of all that was read."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS day (start INTEGER PRIMARY KEY, until INTEGER, date TEXT)")
    connection.execute("DELETE FROM day")
    connection.executemany("INSERT INTO day VALUES (?, ?, ?)", _days(connection, zone))
    rows = [DayTotal(*[*row, None if cost is None else cost / prices.PICO]) for *row, cost in connection.execute(ROWS)]
    return Totals(
        files=files,
        skipped=ledger.bad_lines(connection),
        rows=rows,
        zone=zone.key,
        cost=f"estimated by list prices of {prices.table()}, each call at its own size and time",
        unpriced=_calls_of(connection, "model", "unpriced", f"terms <> '{OUTPUT_ALONE}'"),
        assumed_model=_calls_of(connection, "model", "requests", f"terms = '{ASSUMED}'"),
        output_alone=_calls_of(connection, "tool", "requests", f"terms = '{OUTPUT_ALONE}'"),
    )


def _calls_of(connection: sqlite3.Connection, name: str, calls: str, condition: str) -> dict[str, int]:
    return dict(connection.execute(CALLS_OF.format(name=name, calls=calls, condition=condition)).fetchall())


def _days(connection: sqlite3.Connection, zone: ZoneInfo) -> Iterator[tuple[int, int, str]]:
    """The days of a zone on which anything was used, from one quarter of an hour to another."""
    first, last = connection.execute("SELECT min(quarter), max(quarter) FROM total").fetchone()
    if first is None:
        return
    day, start = _local(first, zone), 0
    while (start := _quarter(day, zone)) <= last:
        yield start, _quarter(day + timedelta(days=1), zone), day.isoformat()
        day += timedelta(days=1)


def _local(quarter: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(quarter * QUARTER_SECONDS, UTC).astimezone(zone).date()


def _quarter(day: date, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, time(), zone).timestamp()) // QUARTER_SECONDS
