"""From records to the plain tuples that are staged: days, instants and money become whole numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b, sha256

from storage.errors import StorageError
from storage.load.keys import of_credit
from storage.load.staging import Row
from storage.records import CostKind, Ledger, PricingRecord, UsageRecord, WorkRecord
from storage.tables import EPOCH, KEY_BYTES, MOST_COUNTED, MS_PER_MINUTE, NANO, NUMBER_OF_KIND

MILLISECOND = timedelta(milliseconds=1)
WORKFORCE = Ledger.WORKFORCE.value


def key_of(natural_key: str) -> bytes:
    """A source's own identity of a row as it is stored; migrations know this function by its result."""
    return sha256(natural_key.encode()).digest()[:KEY_BYTES]


def usage_row(record: UsageRecord) -> Row:
    """A record as the plain tuple that is staged; days, instants and money become whole numbers."""
    split = (record.input_tokens, record.cached_input_tokens, record.cache_write_tokens, record.output_tokens)
    unpriced = record.cost is None and record.cost_kind is not CostKind.APART
    at_list = record.cost_kind is CostKind.LIST or record.cost_kind is CostKind.ESTIMATED
    listed = record.cost if record.list_cost is None and at_list else record.list_cost
    booked = (record.project, record.cost_center, record.repository)
    key = key_of(record.natural_key)
    return (
        of_credit(key) if record.cost_kind is CostKind.CREDIT else key,
        0,
        record.feed,
        record.day.toordinal() - EPOCH,
        None if record.at is None else instant(record.at),
        subject_of(record.subject),
        (record.tool, record.provider, record.model, record.mode, record.workflow, _ledger(record.ledger)),
        booked if any(booked) else None,
        pricing_of(record.pricing) if record.pricing else None,
        NUMBER_OF_KIND[record.cost_kind] if record.cost_kind else None,
        *split,
        record.reasoning_tokens,
        *_counted(record.requests, record.suggested, record.accepted),
        record.cache_write_1h_tokens,
        nano(record.cost),
        nano(listed),
        nano(record.credits),
        sum(count or 0 for count in split) or None if unpriced else None,
        int(unpriced),
        1,
    )


def _ledger(ledger: Ledger) -> str:
    return WORKFORCE if ledger is Ledger.WORKFORCE else ledger.value  # asking an enum for its value takes long


def _counted(*events: int | None) -> tuple[int | None, ...]:
    for count in events:
        if count is not None and count > MOST_COUNTED:
            raise StorageError(
                f"a row tells {count:,} requests or suggestions of one day, which cannot be; it is not saved"
            )
    return events


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
    """A time as whole milliseconds since 1970 in UTC, cut off: the last one of a day is not the next day's first."""
    return (at - _BEGINNING) // MILLISECOND


def nano(amount: Decimal | None) -> int | None:
    """Money, a price or credits in whole billionths."""
    return None if amount is None else round(amount * NANO) if amount else 0


_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
