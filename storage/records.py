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


class Kind(StrEnum):
    """What a roster row is; employees and contractors are people, an agent is not."""

    EMPLOYEE = "employee"
    CONTRACTOR = "contractor"
    AGENT = "agent"


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
    """Where a cost figure comes from; a seat-covered use costs 0."""

    BILLED = "billed"
    LIST = "list"
    ESTIMATED = "estimated"
    SEAT = "seat"


class DayState(StrEnum):
    """What a source has for one day."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    MISSING = "missing"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageRecord:
    """One usage fact on its way in, at its source's finest grain.

    Identity: (source, natural_key). `natural_key` is the source's own: for a daily aggregate the dimensions that
    make it one row, for an event its id. The token counts are disjoint; `reasoning_tokens` is a part of output.
    `subject` is the source's word for who (an e-mail, a vendor id), resolved through identities.
    `cost_usd` is None where unpriced, never 0 for unknown; `cost_kind` is None exactly then.
    """

    natural_key: str
    day: date
    at: datetime | None = None
    subject: str = ""
    tool: str
    provider: str = ""
    model: str = ""
    mode: str = ""
    workflow: str = ""
    ledger: Ledger = Ledger.WORKFORCE
    input_tokens: int = 0
    cached_input_tokens: int = 0
    cache_write_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    requests: int = 0
    suggested: int = 0
    accepted: int = 0
    cost_usd: Decimal | None = None
    cost_kind: CostKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRecord:
    """Items of a workflow done on a day in one mode; identity (source, natural_key)."""

    natural_key: str
    day: date
    workflow: str
    mode: WorkMode
    items: int
    human_minutes: Decimal
    accepted: int = 0
    reworked: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRecord:
    """A team of the tree; `parent` is "" at the top."""

    name: str
    parent: str = ""
    aliases: tuple[str, ...] = ()
    channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellRecord:
    """One person in one team from `start` to `end`, both included; `end` None is still running."""

    email: str
    name: str
    team: str
    title: str = ""
    manager_email: str = ""
    kind: Kind = Kind.EMPLOYEE
    location: str = ""
    start: date
    end: date | None = None


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
