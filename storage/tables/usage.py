"""Usage: facts at their source's finest grain and the daily rollups that answer questions.

A fact is narrow, because there may be fifty million: whatever repeats is a number that a dictionary spells out.

when    `at` is the instant in UTC where the source gives one, `day` the local day. A day with an instant follows the
        workspace's zone, also when that changes; a day without one is as its source states it
who     `subject` is the source's word, and stays. `spell_id` is worked out of it, the identities and the roster, again
        whenever one of these changes
what    `stream` holds the names as the source spells them; its canonical stream is the one that answers name, worked
        out of the declared table and the workspace's aliases. No fact is rewritten when a name is folded
which   `key` is the identity: a hash of the source's id of an event, or of all that makes a row one, and of its feed
        (`storage.load.keys`)
counts  each is null where its source does not report it, which is not 0; those that mostly are 0 are null then too,
        and `marks` tells (`storage.catalogue.daily.count_of` reads them)
money   `cost_nano` is in the currency of its pricing and of one kind; `list_nano` is what the same use costs at list
        price, also where a seat covers it; `credits_nano` are a vendor's credits, which are no money
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import (
    BigInteger,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    TypeDecorator,
    UniqueConstraint,
)

from storage.tables.base import Base, BigId, Owned, ShortDay
from storage.tables.declaring import Mapped, mapped_column

BLOCK = 60  # days whose bits fit a whole number of every database
KEY_BYTES = 12  # 96 bits of a hash: as good as unique, and of one length whatever the names are
MOST_COUNTED = 2**31 - 1  # requests or suggestions in one fact: four bytes each
# What a kind of cost is in a fact, numbered from 1; where rows add up to one fact, the first of their kinds is its.
COST_KINDS = ("billed", "list", "estimated", "credit", "covered", "apart")
NUMBER_OF_KIND = {kind: number for number, kind in enumerate(COST_KINDS, 1)}


class KindOfCost(TypeDecorator[str]):
    """A kind of cost kept as its number."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> int | None:
        return None if value is None else NUMBER_OF_KIND[value]

    def process_result_value(self, value: int | None, dialect: Dialect) -> str | None:
        return None if value is None else COST_KINDS[value - 1]


class Stream(Owned, Base):
    """A distinct (tool, provider, model, mode, workflow, ledger); `canonical_id` is None where it is canonical."""

    __tablename__ = "stream"
    __table_args__ = (UniqueConstraint("workspace_id", "tool", "provider", "model", "mode", "workflow", "ledger"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    tool: Mapped[str] = mapped_column(String(200))
    provider: Mapped[str] = mapped_column(String(200))
    model: Mapped[str] = mapped_column(String(200))
    mode: Mapped[str] = mapped_column(String(16))
    workflow: Mapped[str] = mapped_column(String(200))
    ledger: Mapped[str] = mapped_column(String(16))
    canonical_id: Mapped[int | None] = mapped_column(ForeignKey("stream.id"))


class Subject(Owned, Base):
    """A source's word for who: an e-mail in lower case, or a vendor's id."""

    __tablename__ = "subject"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(320))


class Allocation(Owned, Base):
    """What use is booked to, as far as its source says: a project, a cost centre, a repository."""

    __tablename__ = "allocation"
    __table_args__ = (UniqueConstraint("workspace_id", "project", "cost_center", "repository"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    project: Mapped[str] = mapped_column(String(200))
    cost_center: Mapped[str] = mapped_column(String(200))
    repository: Mapped[str] = mapped_column(String(200))


class Pricing(Owned, Base):
    """How use is priced: tier, currency, list prices by class in nano-units for a million tokens, and whose they are.

    `rule` names the price table and its version where the cost is an estimate, `price_day` the day its prices are of.
    """

    __tablename__ = "pricing"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(KEY_BYTES))
    service_tier: Mapped[str] = mapped_column(String(64), default="")
    currency: Mapped[str] = mapped_column(String(3), default="USD")
    price_input: Mapped[int | None] = mapped_column(BigInteger)
    price_cached: Mapped[int | None] = mapped_column(BigInteger)
    price_cache_write: Mapped[int | None] = mapped_column(BigInteger)
    price_output: Mapped[int | None] = mapped_column(BigInteger)
    rule: Mapped[str] = mapped_column(String(64), default="")
    price_day: Mapped[date | None]


class Counts:
    """The sums a usage row carries; the token counts are disjoint, reasoning is a part of output.

    None is not reported; in the rollup it is that none of the row's facts reports it.
    """

    input_tokens: Mapped[int | None] = mapped_column(BigInteger)
    cached_input_tokens: Mapped[int | None] = mapped_column(BigInteger)
    cache_write_tokens: Mapped[int | None] = mapped_column(BigInteger)
    output_tokens: Mapped[int | None] = mapped_column(BigInteger)
    reasoning_tokens: Mapped[int | None] = mapped_column(BigInteger)
    requests: Mapped[int | None] = mapped_column(BigInteger)
    suggested: Mapped[int | None] = mapped_column(BigInteger)
    accepted: Mapped[int | None] = mapped_column(BigInteger)


class FactOfUse(Counts):
    """All that a usage fact says; alike in the facts and in what they were before a load changed them."""

    feed_id: Mapped[int] = mapped_column(ForeignKey("feed.id", ondelete="CASCADE"))
    key: Mapped[bytes] = mapped_column(LargeBinary(KEY_BYTES))
    day: Mapped[date] = mapped_column(ShortDay)
    at: Mapped[int | None] = mapped_column(BigInteger)  # milliseconds since 1970 in UTC
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    spell_id: Mapped[int | None]  # no foreign key: each spell deleted would search all facts for its use
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"))
    allocation_id: Mapped[int | None] = mapped_column(ForeignKey("allocation.id"))
    pricing_id: Mapped[int | None] = mapped_column(ForeignKey("pricing.id"))  # None: US dollars, nothing more known
    requests: Mapped[int | None] = mapped_column(Integer)
    suggested: Mapped[int | None] = mapped_column(Integer)
    accepted: Mapped[int | None] = mapped_column(Integer)
    cache_write_1h_tokens: Mapped[int | None] = mapped_column(BigInteger)  # the part of cache writes kept an hour
    cost_nano: Mapped[int | None] = mapped_column(BigInteger)
    cost_kind: Mapped[str | None] = mapped_column(KindOfCost)
    list_nano: Mapped[int | None] = mapped_column(BigInteger)
    credits_nano: Mapped[int | None] = mapped_column(BigInteger)
    # Rows of one key add up, and some of them may lack a price: these are their tokens. None is none of them.
    unpriced_tokens: Mapped[int | None] = mapped_column(BigInteger)
    load_id: Mapped[int]  # no foreign key: the log of loads may be thinned out
    # Bits: what a feed of higher precedence tells of it, and which of its counts are 0.
    marks: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")


class UsageFact(Owned, FactOfUse, Base):
    """Usage at its source's finest grain.

    The migrations lay its columns out from wide to narrow, which saves PostgreSQL the gaps between them. There may be
    fifty million: what a row takes is counted out in `tests/storage/tables/test_usage.py`.
    """

    __tablename__ = "usage_fact"
    __table_args__ = (PrimaryKeyConstraint("key"), Index(None, "workspace_id", "day"), Index(None, "subject_id"))


class UsageBefore(Owned, FactOfUse, Base):
    """What a fact was before the load `replaced_by` changed or removed it."""

    __tablename__ = "usage_before"
    __table_args__ = (UniqueConstraint("feed_id", "key", "replaced_by"), Index(None, "replaced_by"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    replaced_by: Mapped[int]


class UsageSums(Counts):
    """What a rollup sums up for a day, a currency and a kind of cost.

    `active_facts` are those that make a person active, `tokenless_facts` and `uncounted_facts` report no tokens and no
    requests. What a seat covers costs 0.
    """

    day: Mapped[date]
    currency: Mapped[str] = mapped_column(String(3), default="USD")
    cost_kind: Mapped[str | None] = mapped_column(String(16))
    cost_nano: Mapped[int] = mapped_column(BigInteger, default=0)
    list_nano: Mapped[int | None] = mapped_column(BigInteger)
    facts: Mapped[int] = mapped_column(default=0)
    active_facts: Mapped[int] = mapped_column(default=0)
    tokenless_facts: Mapped[int] = mapped_column(default=0)
    uncounted_facts: Mapped[int] = mapped_column(default=0)
    unpriced_facts: Mapped[int] = mapped_column(default=0)
    unpriced_tokens: Mapped[int] = mapped_column(BigInteger, default=0)


class UsageDaily(Owned, UsageSums, Base):
    """The finest rollup: by spell (None: unattributed) and canonical stream. What it does not know the facts do."""

    __tablename__ = "usage_daily"
    __table_args__ = (Index(None, "workspace_id", "day"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    spell_id: Mapped[int | None]
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"))


class UsageByStream(Owned, UsageSums, Base):
    """The sums of `UsageDaily` for all people of a kind (None: unattributed), by canonical stream."""

    __tablename__ = "usage_by_stream"
    __table_args__ = (Index(None, "workspace_id", "day"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"))
    kind: Mapped[str | None] = mapped_column(String(16))


class UsageByTeam(Owned, UsageSums, Base):
    """The sums of `UsageDaily` for all people of a team and kind (None: unattributed), of all streams alike in tool,
    mode and ledger."""

    __tablename__ = "usage_by_team"
    __table_args__ = (Index(None, "workspace_id", "day"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    team_id: Mapped[int | None]  # no foreign key: a team that is gone would be searched for in all days
    kind: Mapped[str | None] = mapped_column(String(16))
    tool: Mapped[str] = mapped_column(String(200))
    mode: Mapped[str] = mapped_column(String(16))
    ledger: Mapped[str] = mapped_column(String(16))


class UsageByRole(Owned, UsageSums, Base):
    """The sums of `UsageDaily` for all people of a title, location and kind (None: unattributed), of all streams alike
    in tool, mode and ledger."""

    __tablename__ = "usage_by_role"
    __table_args__ = (Index(None, "workspace_id", "day"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    title: Mapped[str | None] = mapped_column(String(200))
    location: Mapped[str | None] = mapped_column(String(200))
    kind: Mapped[str | None] = mapped_column(String(16))
    tool: Mapped[str] = mapped_column(String(200))
    mode: Mapped[str] = mapped_column(String(16))
    ledger: Mapped[str] = mapped_column(String(16))


class ActiveDays(Owned, Base):
    """The days of a block on which the person of a spell was active in their own work, a bit each.

    `block` is the day since 1970 ÷ BLOCK.
    """

    __tablename__ = "active_days"
    __table_args__ = (UniqueConstraint("workspace_id", "block", "spell_id"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    block: Mapped[int]
    spell_id: Mapped[int]  # no foreign key: the days of a spell that ends are marked again with its facts
    days: Mapped[int] = mapped_column(BigInteger)
