"""Digests: who gets one when, which were made with which figures, the messages on their way, what readers pressed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint

from storage.tables.base import Base, BigId, Owned
from storage.tables.declaring import Mapped, mapped_column

# The states of a message that is on its way to Slack.
WAITING, SENDING, SENT = "waiting", "sending", "sent"
UNCLEAR, FAILED, EXPIRED, DROPPED = "unclear", "failed", "expired", "dropped"
OPEN_STATES = (WAITING, SENDING)


class Subscription(Owned, Base):
    """A weekly digest of a team ("": the whole organisation) for a channel or, by a user's id, for one person.

    `every` is 1 for each week, 2 for every second one.
    `minute` is of the local day in `zone`; `since` is when it began or was taken up again: nothing is due before.
    """

    __tablename__ = "digest_subscription"
    __table_args__ = (UniqueConstraint("workspace_id", "slack_team", "channel", "team"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    slack_team: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(32))
    team: Mapped[str] = mapped_column(String(200), default="")
    owner: Mapped[str] = mapped_column(String(32))
    email: Mapped[str] = mapped_column(String(320), default="")
    weekday: Mapped[int]
    minute: Mapped[int]
    zone: Mapped[str] = mapped_column(String(64))
    every: Mapped[int] = mapped_column(default=1, server_default="1")
    parts: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(16), default="active")
    reason: Mapped[str] = mapped_column(String(64), default="")
    since: Mapped[datetime]


class DigestIssue(Owned, Base):
    """The digest of one subscription and ISO week, made or skipped, once; its figures are kept for corrections."""

    __tablename__ = "digest_issue"
    __table_args__ = (UniqueConstraint("subscription_id", "week"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    subscription_id: Mapped[int] = mapped_column(ForeignKey("digest_subscription.id", ondelete="CASCADE"))
    week: Mapped[str] = mapped_column(String(8))
    due_at: Mapped[datetime]
    made_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(16))
    figures: Mapped[dict[str, Any]]  # as last told, by metric
    value: Mapped[dict[str, Any]]  # the digest as data


class OutboxMessage(Owned, Base):
    """A message on its way to Slack; written before anything is sent, so that no crash loses or doubles it.

    `parent` is the key of the message whose thread it belongs into; `attempts` counts who took it, and fences off
    whoever took it before.
    """

    __tablename__ = "outbox"
    __table_args__ = (UniqueConstraint("workspace_id", "key"), Index(None, "state", "next_at"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(200))
    slack_team: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(32))
    parent: Mapped[str] = mapped_column(String(200), default="")
    subscription_id: Mapped[int | None] = mapped_column(ForeignKey("digest_subscription.id", ondelete="CASCADE"))
    message: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    next_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    held_until: Mapped[datetime | None]
    tried_at: Mapped[datetime | None]
    posted_in: Mapped[str] = mapped_column(String(32), default="")
    ts: Mapped[str] = mapped_column(String(32), default="")
    error: Mapped[str] = mapped_column(String(64), default="")


class Feedback(Owned, Base):
    """What a reader pressed under the one action of a digest; the last press counts."""

    __tablename__ = "digest_feedback"
    __table_args__ = (UniqueConstraint("workspace_id", "week", "workflow", "person"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    week: Mapped[str] = mapped_column(String(8))
    workflow: Mapped[str] = mapped_column(String(200))
    person: Mapped[str] = mapped_column(String(32))
    choice: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
