"""Writes what the logs of a machine say into the store, as use by the person whom the machine belongs to.

A call is one fact, under its own identity: saving again, or more of it later, replaces it.
"""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from hashlib import blake2b
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.sources import prices
from bot.sources.logs.calls import OUTPUT_ALONE, Call
from bot.sources.logs.merging import all_calls
from bot.sources.logs.wire import EPOCH, MILLISECOND
from storage.load.writes import LoadOf, Saved, save_usage
from storage.records import OF_A_PLAN, CostKind, Mode, PricingRecord, Restate, UsageRecord

SOURCE = "logs"
PRECEDENCE = 5  # below telemetry and the vendors' own reports, which have all of somebody's machines
LONGEST_TIER = 64  # characters that the store keeps of a tier


def device() -> str:
    """A name for this machine that tells nobody which one it is."""
    return f"device-{blake2b(socket.gethostname().encode(), digest_size=6).hexdigest()}"


def save(
    connection: sqlite3.Connection,
    engine: Engine,
    workspace_id: int,
    *,
    email: str,
    feed: str,
    zone: ZoneInfo,
    clock: Callable[[], datetime],
) -> Saved:
    """Write all calls that are known; what the store has already stays as it is."""
    load = LoadOf(
        workspace_id=workspace_id,
        source=SOURCE,
        feed=feed,
        what="session logs",
        now=clock(),
        rule=Restate.FULLEST,
        states={},
        precedence=PRECEDENCE,
    )
    return save_usage(engine, load, _records(connection, email, zone))


def _records(connection: sqlite3.Connection, email: str, zone: ZoneInfo) -> Iterator[UsageRecord]:
    rule = prices.table()
    for call, cost in all_calls(connection):
        # Output alone is what a session tells until it ends, under other identities than its counters will have.
        if call.stream.terms != OUTPUT_ALONE:
            yield _record(call, cost, email, zone, rule)


def _record(call: Call, cost: int | None, email: str, zone: ZoneInfo, rule: str) -> UsageRecord:
    at = EPOCH + call.at * MILLISECOND
    priced = PricingRecord(service_tier=call.stream.terms[:LONGEST_TIER], rule=rule, price_day=at.date())
    return UsageRecord(
        natural_key=call.key.hex(),
        day=at.astimezone(zone).date(),
        at=at,
        subject=email,
        tool=call.stream.tool,
        provider=call.stream.provider,
        model=call.stream.model,
        mode=Mode.AGENT,
        input_tokens=call.input,
        cached_input_tokens=call.cached,
        cache_write_tokens=call.written + call.written_hour,
        cache_write_1h_tokens=call.written_hour,
        output_tokens=call.output,
        reasoning_tokens=call.reasoning,
        requests=call.requests,
        pricing=priced if cost is not None or call.stream.terms == OF_A_PLAN else None,
        cost=None if cost is None else Decimal(cost) / prices.PICO,
        cost_kind=None if cost is None else CostKind.ESTIMATED,
    )
