"""Where facts come from: sources, their feeds, what a feed has for each day, and the loads that can be taken back.

source  a vendor, or the import files; it declares one rule of restatement (`storage.records.Restate`) for all its facts
feed    one account or device of a source: two machines, two GitHub organisations or two API keys of one person add up,
        while a second pull of the same feed replaces. The feed "" is the one that nobody named
load    one file, or one pass of a source. A load that changed or removed facts keeps what they were (`usage_before`,
        `work_before`), and one that replaced a whole truth (teams, roster, seats, workflows, aliases, identities,
        rates) keeps that truth (`Truth`), so that it can be taken back exactly
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    case,
    literal_column,
)

from storage.tables.base import Base, BigId, Owned
from storage.tables.declaring import Mapped, mapped_column

RATES_FILE = "file"  # the origin of the rates in rates.csv


class Source(Owned, Base):
    """The import files, or a vendor."""

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))


class Feed(Owned, Base):
    """An account or a device of a source; facts of two feeds never replace each other.

    `precedence` says which feed counts where two tell the same use (`storage.load.overlaps`), 0 where none does. Of a
    gateway `vendor_keys` are the subjects, a line each, under which vendors tell of what went through it.
    """

    __tablename__ = "feed"
    __table_args__ = (UniqueConstraint("workspace_id", "source_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200), default="")
    precedence: Mapped[int] = mapped_column(default=0, server_default="0")
    vendor_keys: Mapped[str] = mapped_column(Text, default="", server_default="")


def feed_label() -> ColumnElement[str]:
    """What a feed is called beside a figure: its source, and which of the source's where it has a name."""
    # Written out, since PostgreSQL takes two bound texts in SELECT and GROUP BY for different ones.
    empty, before, after = (literal_column(f"'{text}'", String) for text in ("", " (", ")"))
    return case((Feed.name == empty, Source.name), else_=Source.name.concat(before).concat(Feed.name).concat(after))


class SyncDay(Owned, Base):
    """What a feed has for a day: complete, partial, missing or provisional."""

    __tablename__ = "sync_day"
    __table_args__ = (UniqueConstraint("workspace_id", "feed_id", "day"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feed.id", ondelete="CASCADE"))
    day: Mapped[date]
    state: Mapped[str] = mapped_column(String(16))


class SourceState(Owned, Base):
    """How the last pass over one report of a source went; "" is the source itself, its people above all.

    `error` is one sentence that says what to do, "" where it went well.
    """

    __tablename__ = "source_state"
    __table_args__ = (UniqueConstraint("workspace_id", "source", "report"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(64))
    report: Mapped[str] = mapped_column(String(64))
    tried_at: Mapped[datetime]
    succeeded_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(String(1000), default="", server_default="")


class Load(Owned, Base):
    """One load of one file or one pass of a source, with its report.

    `kind` is what it brought: usage, work, or the name of a whole truth. `rule` is how it met facts that were there.
    `told` is what a file said of each day (`storage.load.known_days`), kept with the last load of it.
    """

    __tablename__ = "load"
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    finished_at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(400))
    kind: Mapped[str] = mapped_column(String(16), default="", server_default="")
    rule: Mapped[str] = mapped_column(String(16), default="", server_default="")
    feeds: Mapped[list[int] | None]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    undone_at: Mapped[datetime | None]
    report: Mapped[dict[str, Any]]
    told: Mapped[dict[str, Any] | None]


class UnfinishedLoad(Owned, Base):
    """The load of use that is being written part by part on SQLite, one at a time (`storage.unfinished`).

    Of the tables in `above` it writes rows with ids above these alone. Once it is `published` these count, and the
    older rollups of its `days` (since 1970) are on their way out.
    """

    __tablename__ = "unfinished_load"
    id: Mapped[int] = mapped_column(primary_key=True)
    load_id: Mapped[int]
    published: Mapped[int] = mapped_column(default=0, server_default="0")
    above: Mapped[dict[str, Any]]
    days: Mapped[list[int]]


class Truth(Owned, Base):
    """What files say of a whole truth (teams, roster, …) after a load: its records as compressed JSON.

    The newest one that was not taken back counts; what the store makes of it (people who are one, say) is derived.
    """

    __tablename__ = "truth"
    __table_args__ = (Index(None, "workspace_id", "kind", "load_id"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    load_id: Mapped[int | None]  # None: from before loads could be taken back
    records: Mapped[bytes] = mapped_column(LargeBinary)


class Rate(Owned, Base):
    """What one unit of a currency was worth in US dollars on a day, in nano-dollars; `origin` is a file or a source."""

    __tablename__ = "rate"
    __table_args__ = (UniqueConstraint("workspace_id", "currency", "day", "origin"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    currency: Mapped[str] = mapped_column(String(3))
    day: Mapped[date]
    usd_nano: Mapped[int] = mapped_column(BigInteger)
    origin: Mapped[str] = mapped_column(String(20), server_default=RATES_FILE)


class InvoiceLine(Owned, Base):
    """A line of a vendor's invoice for a month, which is its first day; it is compared with what use cost."""

    __tablename__ = "invoice_line"
    __table_args__ = (Index(None, "workspace_id", "month"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    month: Mapped[date]
    provider: Mapped[str] = mapped_column(String(200))
    amount_nano: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    line: Mapped[str] = mapped_column(String(200), default="")
