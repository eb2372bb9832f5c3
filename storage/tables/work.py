"""Work: the catalogue of workflows, facts about their items, and the daily rollup."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Float, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint

from storage.tables.base import Base, BigId, Owned
from storage.tables.declaring import Mapped, mapped_column
from storage.tables.usage import KEY_BYTES


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
    """The sums a work row carries; `human_ms` is of the `timed_items`, None where no item has its minutes recorded."""

    items: Mapped[int] = mapped_column(BigInteger, default=0)
    human_ms: Mapped[int | None] = mapped_column(BigInteger)
    timed_items: Mapped[int] = mapped_column(BigInteger, default=0)
    accepted: Mapped[int] = mapped_column(BigInteger, default=0)
    reworked: Mapped[int] = mapped_column(BigInteger, default=0)
    failed: Mapped[int] = mapped_column(BigInteger, default=0)


class FactOfWork(WorkCounts):
    """All that a work fact says; alike in the facts and in what they were before a load changed them."""

    feed_id: Mapped[int] = mapped_column(ForeignKey("feed.id", ondelete="CASCADE"))
    key: Mapped[bytes] = mapped_column(LargeBinary(KEY_BYTES))
    day: Mapped[date]
    workflow: Mapped[str] = mapped_column(String(200))
    mode: Mapped[str] = mapped_column(String(16))
    load_id: Mapped[int]  # no foreign key: the log of loads may be thinned out


class WorkFact(Owned, FactOfWork, Base):
    """Items of work as their source gave them."""

    __tablename__ = "work_fact"
    __table_args__ = (UniqueConstraint("feed_id", "key"), Index(None, "workspace_id", "day"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)


class WorkBefore(Owned, FactOfWork, Base):
    """What a fact was before the load `replaced_by` changed or removed it."""

    __tablename__ = "work_before"
    __table_args__ = (UniqueConstraint("feed_id", "key", "replaced_by"), Index(None, "replaced_by"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    replaced_by: Mapped[int]


class WorkDaily(Owned, WorkCounts, Base):
    """The rollup of work facts: a day, a workflow, a mode."""

    __tablename__ = "work_daily"
    __table_args__ = (Index(None, "workspace_id", "day"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    day: Mapped[date]
    workflow: Mapped[str] = mapped_column(String(200))
    mode: Mapped[str] = mapped_column(String(16))
