"""Writes what the logs of a machine say into the store, as use by the person whom the machine belongs to.

A call is one fact, under its own identity: saving again, or more of it later, replaces it.
"""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.sources import prices
from bot.sources.logs.calls import OUTPUT_ALONE, Call, CallStream
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
    for call, cost in all_calls(connection):
        # Output alone is what a session tells until it ends, under other identities than its counters will have.
        if call.stream.terms != OUTPUT_ALONE:
            yield _record(call, cost, email, zone)


def _record(call: Call, cost: int | None, email: str, zone: ZoneInfo) -> UsageRecord:
    at = EPOCH + call.at * MILLISECOND
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
        pricing=_pricing_of(call, cost is not None, at.date()),
        cost=None if cost is None else Decimal(cost) / prices.PICO,
        cost_kind=None if cost is None else CostKind.ESTIMATED,
    )


def _pricing_of(call: Call, is_priced: bool, day: date) -> PricingRecord | None:
    """What its price rests on, by the prices of its size; of a plan no prices by class, and nothing without a price."""
    if not is_priced:
        plan = PricingRecord(service_tier=OF_A_PLAN, rule=prices.table(), price_day=day)
        return plan if call.stream.terms == OF_A_PLAN else None
    size = call.input + call.cached + call.written + call.written_hour
    overs = (over for over in _steps(call.stream) if over < size)
    return _priced(call.stream, max(overs, default=-1) + 1, day)


@lru_cache(maxsize=4096)
def _priced(stream: CallStream, size: int, day: date) -> PricingRecord:
    by_class = prices.class_prices(stream.provider, stream.model, day, stream.agreed, size)
    return PricingRecord(service_tier=stream.terms[:LONGEST_TIER], rule=prices.table(), price_day=day, **by_class)


@lru_cache(maxsize=256)
def _steps(stream: CallStream) -> tuple[int, ...]:
    """Above which sizes of a call its prices change."""
    return tuple({rate.over for rate in prices.rates(stream.provider, stream.model, dict(stream.agreed))})
