"""The plain values that cross the border between sources, questions and the store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Period:
    """Whole local days, `start` and `end` both included; `label` is what people read ("October 2026")."""

    start: date
    end: date
    label: str = ""

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end before it starts: {self.start} to {self.end}")

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.end - self.start).days + 1

    def each_day(self) -> Iterator[date]:
        """Its days in order."""
        return (self.start + timedelta(days=n) for n in range(self.days))

    def to_json(self) -> dict[str, str]:
        """The contract's shape."""
        return {"start": self.start.isoformat(), "end": self.end.isoformat(), "label": self.label}


class Mode(StrEnum):
    """How a model was used."""

    CHAT = "chat"
    COMPLETION = "completion"
    AGENT = "agent"


class WorkMode(StrEnum):
    """Who did an item of work."""

    HUMAN = "human"
    ASSISTED = "assisted"
    AGENT = "agent"


class Ledger(StrEnum):
    """Whose tokens: of people at work, or of inference that serves customers."""

    WORKFORCE = "workforce"
    PRODUCT = "product"


class CostKind(StrEnum):
    """Where a cost figure comes from; use that a seat covers costs 0, a credit is money that comes back.

    Use that is billed apart has its cost in facts of the vendor's bill, which carry no use: it has no cost of its own.
    """

    BILLED = "billed"
    LIST = "list"
    ESTIMATED = "estimated"
    COVERED = "covered"
    CREDIT = "credit"
    APART = "apart"


class Restate(StrEnum):
    """How a source says something again: the one rule that all its facts follow.

    NEWEST      the newest observation of a key counts, also where it is lower
    FULLEST     the one with most output counts: the source streams, and an early line can be read late
    WHOLE_DAYS  the source gives whole days: what a day no longer has is gone
    """

    NEWEST = "newest"
    FULLEST = "fullest"
    WHOLE_DAYS = "whole days"


class DayState(StrEnum):
    """What a source has for one day."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    MISSING = "missing"
    PROVISIONAL = "provisional"


OF_A_PLAN = "plan=chatgpt"  # the service tier of what a login's plan pays: no API and no gateway tells of it


@dataclass(frozen=True, slots=True, kw_only=True)
class PricingRecord:
    """How a row is priced; the prices are of a million tokens, in `currency`."""

    service_tier: str = ""
    currency: str = "USD"
    price_input: Decimal | None = None
    price_cached: Decimal | None = None
    price_cache_write: Decimal | None = None
    price_output: Decimal | None = None
    rule: str = ""
    price_day: date | None = None


# Not frozen: millions are made, and that takes five times as long.
@dataclass(slots=True, kw_only=True, unsafe_hash=True)
class UsageRecord:
    """One usage fact on its way in, at its source's finest grain.

    Identity: (source, feed, natural_key). `natural_key` is the source's own: for a daily aggregate the dimensions that
    make it one row, for an event its id. The token counts are disjoint; `reasoning_tokens` is a part of output. A count
    is None where the source does not report it, never 0 for unknown.
    `subject` is the source's word for who (an e-mail, a vendor id), resolved through identities.
    `cost` is None where unpriced, never 0 for unknown; `cost_kind` is None exactly then, or says that it is billed
    apart. `list_cost` is what the use
    costs at list price, `credits` are a vendor's credits, which are no money.
    """

    natural_key: str
    feed: str = ""
    day: date
    at: datetime | None = None
    subject: str = ""
    tool: str
    provider: str = ""
    model: str = ""
    mode: str = ""
    workflow: str = ""
    ledger: Ledger = Ledger.WORKFORCE
    project: str = ""
    cost_center: str = ""
    repository: str = ""
    pricing: PricingRecord | None = None
    input_tokens: int | None = None
    cached_input_tokens: int | None = None
    cache_write_tokens: int | None = None
    cache_write_1h_tokens: int | None = None
    output_tokens: int | None = None
    reasoning_tokens: int | None = None
    requests: int | None = None
    suggested: int | None = None
    accepted: int | None = None
    cost: Decimal | None = None
    cost_kind: CostKind | None = None
    list_cost: Decimal | None = None
    credits: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRecord:
    """Items of a workflow done on a day in one mode; identity (source, feed, natural_key).

    `human_minutes` are those of the `timed_items` (None: of all items), None where they are not recorded.
    Without a `workflow` it says that the fact of this key is none (any more): the item is open again or deleted, say.
    """

    natural_key: str
    feed: str = ""
    day: date
    workflow: str
    mode: WorkMode
    items: int
    human_minutes: Decimal | None
    timed_items: int | None = None
    accepted: int = 0
    reworked: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatRecord:
    """A seat of a tool that somebody holds from `start` to `end`, both included; `end` None is still held.

    `subject` is an e-mail or a vendor's id. `start` None is not known: in a file it was held ever since, in a vendor's
    snapshot it counts from the day it was first seen. `monthly_price` is in `currency`, None where nobody knows it.
    """

    subject: str
    tool: str
    plan: str = ""
    start: date | None = None
    end: date | None = None
    monthly_price: Decimal | None = None
    currency: str = "USD"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowRecord:
    """A catalogued workflow; the optional inputs of the advice are None where nobody gave them."""

    name: str
    team: str
    activity: str = ""
    description: str = ""
    stage: str = "manual"
    reversible: str = ""
    verifiable: str = ""
    data_ready: str = ""
    owner_email: str = ""
    error_class: int | None = None
    minutes_low: float | None = None
    minutes_mode: float | None = None
    minutes_high: float | None = None
    exposure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRecord:
    """What somebody is called outside (another e-mail, a vendor's id, "@domain") and the e-mail it stands for."""

    outside_id: str
    email: str
    start: date | None = None
    end: date | None = None
    origin: str = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasRecord:
    """Another word for a name; `kind` is team, tool, provider, model, workflow or metric."""

    kind: str
    name: str
    alias: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRuleRecord:
    """Which workflow an item of a source is of: one whose `field` fits `pattern` (`*` and `?` stand for others).

    `item` is the kind of item ("": the source's own), `field` "" any. Without a `workflow` it says the mode alone.
    """

    source: str
    item: str = ""
    field: str = ""
    pattern: str
    workflow: str = ""
    mode: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRecord:
    """What one unit of a currency was worth in US dollars on a day."""

    day: date
    currency: str
    usd: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRecord:
    """A line of a vendor's invoice: what it bills for a month (its first day), negative where money comes back."""

    month: date
    provider: str
    amount: Decimal
    currency: str = "USD"
    line: str = ""
