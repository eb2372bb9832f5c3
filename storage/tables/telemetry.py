"""Telemetry on its way to facts: what was accepted and waits, what is known of each series, which signals were seen.

inbox   what a client was told is safe, in the order it came; it goes once its facts are saved
series  the points of one person's session (or of one service), as far back as a late one may still come: what is
        cumulative becomes differences, and what comes twice is told
signal  the best signal that told of a session or of a day: the same use comes as events, as spans and as metrics, and
        counts once
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint

from storage.tables.base import Base, BigId, Owned
from storage.tables.declaring import Mapped, mapped_column
from storage.tables.usage import KEY_BYTES


class TelemetryInbox(Owned, Base):
    """One request that was accepted: its observations, packed; no text of anybody's work is in them."""

    __tablename__ = "telemetry_inbox"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    received_at: Mapped[datetime]
    points: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class TelemetrySeries(Owned, Base):
    """The points of a group of series, packed; `scope` is what its better signals would tell of too."""

    __tablename__ = "telemetry_series"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index(None, "workspace_id", "scope"),
        Index(None, "touched_at"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(KEY_BYTES))
    scope: Mapped[bytes] = mapped_column(LargeBinary(KEY_BYTES))
    touched_at: Mapped[datetime]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class TelemetrySignal(Owned, Base):
    """The best rank of signal (1 is the best) seen in a session, or on a UTC day of somebody or something."""

    __tablename__ = "telemetry_signal"
    __table_args__ = (UniqueConstraint("workspace_id", "scope"), Index(None, "seen_at"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    scope: Mapped[bytes] = mapped_column(LargeBinary(KEY_BYTES))
    rank: Mapped[int]
    seen_at: Mapped[datetime]
