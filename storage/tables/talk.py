"""Conversations: questions asked, what threads are about, once-only claims, what is being answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Float, Index, String, Text, UniqueConstraint

from storage.tables.base import Base, BigId, Owned
from storage.tables.declaring import Mapped, mapped_column


class Question(Owned, Base):
    """The audit log: who asked what, where, which query ran and how long it took. It holds no figures.

    `thread` keeps the turns of a conversation together; `vote` is the asker's thumb, "up", "down" or "", and
    `complaint` what they say was wrong. `shown` is of
    which people, usage and days exact figures were shown; `channel` is who read along, "" for the asker alone.
    """

    __tablename__ = "question"
    __table_args__ = (
        Index(None, "workspace_id", "asked_at"),
        Index("ix_question_asker_asked_at", "workspace_id", "asker", "asked_at"),
        Index("ix_question_channel_asked_at", "workspace_id", "channel", "asked_at"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    asked_at: Mapped[datetime]
    asker: Mapped[str] = mapped_column(String(320))
    place: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    engine: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    query: Mapped[dict[str, Any] | None]
    elapsed_ms: Mapped[float] = mapped_column(Float)
    thread: Mapped[str] = mapped_column(String(200), default="", server_default="")
    vote: Mapped[str] = mapped_column(String(8), default="", server_default="")
    complaint: Mapped[str] = mapped_column(Text, default="", server_default="")
    channel: Mapped[str] = mapped_column(String(200), default="", server_default="")
    shown: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))


class ThreadState(Owned, Base):
    """What a conversation is about: the last query of a thread, patched by the next question."""

    __tablename__ = "thread"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(200))
    context: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]


class Claim(Owned, Base):
    """Work that is done once, whoever comes first: an event of Slack, a press of a button."""

    __tablename__ = "claim"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(200))
    claimed_at: Mapped[datetime]


class OpenTurn(Owned, Base):
    """A question that was claimed and is not answered yet: whoever answers it holds it until `held_until`.

    `turn` is what was said, as the app needs it to answer; the row goes with the answer. A row whose time is over is of
    a process that died.
    """

    __tablename__ = "open_turn"
    __table_args__ = (UniqueConstraint("workspace_id", "key"), Index(None, "held_until"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(200))
    turn: Mapped[dict[str, Any]]
    taken_at: Mapped[datetime]
    held_until: Mapped[datetime]
    attempts: Mapped[int]
