"""What sources have on a day: who is in which team, and who holds a seat of which tool; each change begins a row."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint

from storage.tables.base import Base, BigId, Owned
from storage.tables.declaring import Mapped, mapped_column


class Snapshot(Owned, Base):
    """The newest day for which a feed told all that it has of a kind (roster, seats)."""

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("workspace_id", "feed_id", "kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feed.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    day: Mapped[date]


class RosterEntry(Owned, Base):
    """Somebody as a roster source had them from a day to a day, both included; spells are made of it and of files.

    `opened_by` and `closed_by` are the loads that brought its first and its last day, so that it is known what a
    source saw before and after a file was loaded.
    """

    __tablename__ = "roster_entry"
    __table_args__ = (Index(None, "workspace_id", "source", "native_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(64))
    native_id: Mapped[str] = mapped_column(String(320))
    email: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(200))
    team: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(200), default="")
    manager_email: Mapped[str] = mapped_column(String(320), default="")
    kind: Mapped[str] = mapped_column(String(16))
    location: Mapped[str] = mapped_column(String(200), default="")
    start_day: Mapped[date]
    end_day: Mapped[date]
    opened_by: Mapped[int]
    closed_by: Mapped[int | None]


class Seat(Owned, Base):
    """A seat that somebody holds from a day to a day, both included.

    `source` is who says so (`files` is seats.csv), `subject` its word for who: it is resolved through identities, like
    that of use. `price_nano` is what it costs a month, in billionths of its currency; null where nobody knows it.
    """

    __tablename__ = "seat"
    __table_args__ = (Index(None, "workspace_id", "source", "feed"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    source: Mapped[str] = mapped_column(String(64))
    feed: Mapped[str] = mapped_column(String(200), default="")
    subject: Mapped[str] = mapped_column(String(320))
    tool: Mapped[str] = mapped_column(String(200))
    plan: Mapped[str] = mapped_column(String(200), default="")
    start_day: Mapped[date]
    end_day: Mapped[date]
    price_nano: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
