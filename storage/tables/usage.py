"""Usage: facts at their source's finest grain and the daily rollup that answers questions."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, BigId, Owned


class Stream(Owned, Base):
    """A distinct (tool, provider, model, mode, workflow, ledger), so that facts and rollups stay narrow."""

    __tablename__ = "stream"
    __table_args__ = (UniqueConstraint("workspace_id", "tool", "provider", "model", "mode", "workflow", "ledger"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    tool: Mapped[str] = mapped_column(String(200))
    provider: Mapped[str] = mapped_column(String(200))
    model: Mapped[str] = mapped_column(String(200))
    mode: Mapped[str] = mapped_column(String(16))
    workflow: Mapped[str] = mapped_column(String(200))
    ledger: Mapped[str] = mapped_column(String(16))


class Counts:
    """The sums a usage row carries; the token counts are disjoint, reasoning is a part of output."""

    input_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    cached_input_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    cache_write_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    output_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    reasoning_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    requests: Mapped[int] = mapped_column(BigInteger, default=0)
    suggested: Mapped[int] = mapped_column(BigInteger, default=0)
    accepted: Mapped[int] = mapped_column(BigInteger, default=0)


class UsageFact(Owned, Counts, Base):
    """Usage at its source's finest grain; (source, natural_key) is its identity, the newest observation wins."""

    __tablename__ = "usage_fact"
    __table_args__ = (
        UniqueConstraint("workspace_id", "source_id", "natural_key"),
        Index(None, "workspace_id", "day"),
        Index(None, "workspace_id", "subject", "day"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    natural_key: Mapped[str] = mapped_column(String(200))
    day: Mapped[date]
    at: Mapped[datetime | None]
    subject: Mapped[str] = mapped_column(String(320), default="")
    spell_id: Mapped[int | None]  # no foreign key: each spell deleted would search all facts for its use
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"))
    cost_nano: Mapped[int | None] = mapped_column(BigInteger)
    cost_kind: Mapped[str | None] = mapped_column(String(16))
    # Rows of one key add up, and some of them may lack a price: these are their tokens.
    unpriced_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    observed_at: Mapped[datetime]
    load_id: Mapped[int]  # no foreign key: the log of loads may be thinned out


class UsageDaily(Owned, Counts, Base):
    """The rollup that answers questions: a day, a spell (None: unattributed), a stream, and the sums of its facts."""

    __tablename__ = "usage_daily"
    __table_args__ = (Index(None, "workspace_id", "day"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    day: Mapped[date]
    spell_id: Mapped[int | None]
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"))
    cost_nano: Mapped[int] = mapped_column(BigInteger, default=0)
    billed_facts: Mapped[int] = mapped_column(default=0)
    list_facts: Mapped[int] = mapped_column(default=0)
    estimated_facts: Mapped[int] = mapped_column(default=0)
    seat_facts: Mapped[int] = mapped_column(default=0)
    unpriced_facts: Mapped[int] = mapped_column(default=0)
    unpriced_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
