"""Brings calls into the ledger, each once: its cost, and the sums by quarters of an hour, kept up by difference.

A batch is taken out of the sums as it was known, and put back as it is known now, so that no run adds up all calls.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from operator import attrgetter

from bot.sources import prices
from bot.sources.logs import ledger
from bot.sources.logs.calls import OUTPUT_ALONE, Call, CallStream, fuller

QUARTER_MS, DAY_MS, MINUTE_MS = 900_000, 86_400_000, 60_000
COLUMNS = (
    "key, rank, at, stream, input, cached, written, written_hour, output, reasoning, searches, requests, session, grade"
)
COST = f"""(
    SELECT call.input * rate.input + call.cached * rate.cached + call.written * rate.written
           + call.written_hour * rate.written_hour + call.output * rate.output + call.searches * rate.search
    FROM rate
    WHERE rate.stream = call.stream AND rate.since <= call.at / {DAY_MS} AND rate.before > call.at / {DAY_MS}
          AND rate.start <= call.at % {DAY_MS} / {MINUTE_MS} AND rate.until > call.at % {DAY_MS} / {MINUTE_MS}
          AND rate.over < (call.input + call.cached + call.written + call.written_hour) / max(call.requests, 1)
    ORDER BY rate.over DESC LIMIT 1
)"""
COUNTS = "(session IS NULL OR grade = (SELECT max(grade) FROM call AS other WHERE other.session = call.session))"
TOTAL = {
    "requests": "requests",
    "input": "input",
    "cached": "cached",
    "written": "written + written_hour",
    "output": "output",
    "reasoning": "reasoning",
    "cost": "ifnull(cost, 0)",
    "unpriced": "requests * (cost IS NULL)",
}
PUT = f"""
    INSERT INTO total
    SELECT at / {QUARTER_MS}, stream, {", ".join(f"{{sign}} sum({value})" for value in TOTAL.values())}
    FROM {{calls}} WHERE {COUNTS} GROUP BY at / {QUARTER_MS}, stream
    ON CONFLICT DO UPDATE SET {", ".join(f"{column} = {column} + excluded.{column}" for column in TOTAL)}"""
TOUCHED = "touched CROSS JOIN call USING (key)"


def merge(connection: sqlite3.Connection, calls: Collection[Call]) -> None:
    """Add calls that were read to those that are known; each of them has its own key."""
    streams = _numbered(connection, {call.stream for call in calls})
    connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS fresh ({COLUMNS}, cost)")
    _fill(connection, calls, streams)
    again = _known(connection, streams)
    if again:
        told = {call.key: call for call in calls}
        told.update({found: fuller(held, told[found]) for found, held in again.items()})
        connection.execute("DELETE FROM fresh")
        _fill(connection, told.values(), streams)
    _price(connection, "fresh")
    connection.execute(f"UPDATE fresh AS call SET cost = {COST}")
    if again or any(call.session for call in calls):
        _replace(connection)
    else:
        connection.execute("INSERT INTO call SELECT * FROM fresh")
        connection.execute(PUT.format(sign="", calls="fresh AS call"))
    connection.execute("DELETE FROM fresh")


def _replace(connection: sqlite3.Connection) -> None:
    """Put a batch in the place of what was known of its calls, and weigh the sessions that it tells of anew."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (key BLOB PRIMARY KEY) WITHOUT ROWID")
    connection.execute("INSERT INTO touched SELECT key FROM fresh")
    connection.execute(
        "INSERT OR IGNORE INTO touched "
        "SELECT call.key FROM fresh CROSS JOIN call USING (session) WHERE session IS NOT NULL"
    )
    connection.execute(PUT.format(sign="-", calls=TOUCHED))
    connection.execute("INSERT OR REPLACE INTO call SELECT * FROM fresh")
    connection.execute(PUT.format(sign="", calls=TOUCHED))
    connection.execute("DELETE FROM touched")


def price_anew(connection: sqlite3.Connection) -> None:
    """Price all calls by the table that is installed now, where it is not the one they were priced by."""
    table = prices.table()
    if ledger.note(connection, "prices") == table:
        return
    ledger.keep_note(connection, "prices", table)
    connection.execute("DELETE FROM rate")
    _price(connection, "call")
    connection.execute(f"UPDATE call SET cost = {COST}")
    connection.execute("DELETE FROM total")
    connection.execute(PUT.format(sign="", calls="call"))


def all_calls(connection: sqlite3.Connection) -> Iterator[tuple[Call, int | None]]:
    """Every call that counts, with its cost in pico-dollars."""
    streams = {row[0]: CallStream(*row[1:]) for row in connection.execute("SELECT * FROM stream")}
    for row in connection.execute(f"SELECT {COLUMNS}, cost FROM call WHERE {COUNTS} ORDER BY at, key"):
        yield Call._make((*row[:3], streams[row[3]], *row[4:-1])), row[-1]


def _fill(connection: sqlite3.Connection, calls: Collection[Call], streams: dict[CallStream, int]) -> None:
    rows = [(*call[:3], streams[call[3]], *call[4:]) for call in sorted(calls, key=attrgetter("key"))]
    connection.executemany(f"INSERT INTO fresh VALUES ({', '.join('?' * len(Call._fields))}, NULL)", rows)


def _known(connection: sqlite3.Connection, streams: dict[CallStream, int]) -> dict[bytes, Call]:
    """Those calls of the batch that were known before, as they were."""
    columns = ", ".join(f"call.{column}" for column in COLUMNS.split(", "))
    rows = connection.execute(f"SELECT {columns} FROM fresh CROSS JOIN call USING (key)").fetchall()
    if not rows:
        return {}
    by_number = {row[0]: CallStream(*row[1:]) for row in connection.execute("SELECT * FROM stream")}
    streams.update({stream: number for number, stream in by_number.items()})
    return {row[0]: Call._make((*row[:3], by_number[row[3]], *row[4:])) for row in rows}


def _numbered(connection: sqlite3.Connection, streams: Collection[CallStream]) -> dict[CallStream, int]:
    connection.executemany("INSERT OR IGNORE INTO stream VALUES (NULL, ?, ?, ?, ?)", streams)
    known = {CallStream(*row[1:]): row[0] for row in connection.execute("SELECT * FROM stream")}
    return {stream: known[stream] for stream in streams}


def _price(connection: sqlite3.Connection, calls: str) -> None:
    """Find the prices of what was not priced yet; a later day needs no second look."""
    missing = connection.execute(
        f"SELECT * FROM stream WHERE id IN (SELECT stream FROM {calls} EXCEPT SELECT stream FROM rate)"
    ).fetchall()
    for number, *said in missing:
        rows = [(number, *rate) for rate in _rates(CallStream(*said))]
        connection.executemany(f"INSERT INTO rate VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _rates(stream: CallStream) -> Collection[prices.TokenPrice]:
    if stream.terms == OUTPUT_ALONE:
        return prices.UNKNOWN
    return prices.rates(stream.provider, stream.model, dict(stream.agreed))
