"""Where facts come from: sources, what they have for each day, and the loads."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Owned


class Source(Owned, Base):
    """A feed of facts: the import files, a vendor."""

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))


class SyncDay(Owned, Base):
    """What a source has for a day: complete, partial, missing or provisional."""

    __tablename__ = "sync_day"
    __table_args__ = (UniqueConstraint("workspace_id", "source_id", "day"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    day: Mapped[date]
    state: Mapped[str] = mapped_column(String(16))


class Load(Owned, Base):
    """One load of one file or one pass of a source, with its report."""

    __tablename__ = "load"
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    finished_at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(400))
    report: Mapped[dict[str, Any]]
