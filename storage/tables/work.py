"""Work: the catalogue of workflows, facts about their items, and the daily rollup."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Float, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, BigId, Owned


class Workflow(Owned, Base):
    """A catalogued workflow; facts name it by `name`, so usage may come before the catalogue."""

    __tablename__ = "workflow"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    activity: Mapped[str] = mapped_column(String(100), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    stage: Mapped[str] = mapped_column(String(16), default="manual")
    reversible: Mapped[str] = mapped_column(String(16), default="")
    verifiable: Mapped[str] = mapped_column(String(16), default="")
    data_ready: Mapped[str] = mapped_column(String(16), default="")
    owner_email: Mapped[str] = mapped_column(String(320), default="")
    error_class: Mapped[int | None]
    minutes_low: Mapped[float | None] = mapped_column(Float)
    minutes_mode: Mapped[float | None] = mapped_column(Float)
    minutes_high: Mapped[float | None] = mapped_column(Float)
    exposure: Mapped[str] = mapped_column(String(8), default="")
    origin: Mapped[str] = mapped_column(String(16), default="file")


class WorkCounts:
    """The sums a work row carries."""

    items: Mapped[int] = mapped_column(BigInteger, default=0)
    human_ms: Mapped[int] = mapped_column(BigInteger, default=0)
    accepted: Mapped[int] = mapped_column(BigInteger, default=0)
    reworked: Mapped[int] = mapped_column(BigInteger, default=0)
    failed: Mapped[int] = mapped_column(BigInteger, default=0)


class WorkFact(Owned, WorkCounts, Base):
    """Items of work as their source gave them."""

    __tablename__ = "work_fact"
    __table_args__ = (
        UniqueConstraint("workspace_id", "source_id", "natural_key"),
        Index(None, "workspace_id", "day"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    natural_key: Mapped[str] = mapped_column(String(200))
    day: Mapped[date]
    workflow: Mapped[str] = mapped_column(String(200))
    mode: Mapped[str] = mapped_column(String(16))
    observed_at: Mapped[datetime]
    load_id: Mapped[int]  # no foreign key: the log of loads may be thinned out


class WorkDaily(Owned, WorkCounts, Base):
    """The rollup of work facts: a day, a workflow, a mode."""

    __tablename__ = "work_daily"
    __table_args__ = (Index(None, "workspace_id", "day"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    day: Mapped[date]
    workflow: Mapped[str] = mapped_column(String(200))
    mode: Mapped[str] = mapped_column(String(16))
