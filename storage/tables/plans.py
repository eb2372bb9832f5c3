"""Budgets, targets and dated events, the watches that people set on a figure, and the questions they saved."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Float, Index, String, Text, UniqueConstraint

from storage.tables.base import Base, BigId, Owned
from storage.tables.declaring import Mapped, mapped_column


class Budget(Owned, Base):
    """An amount for a month (its first day), from the file (`set_at` None) or set by somebody.

    Rows that somebody set stay as history: the newest of a scope, name and month counts, before the file; one without
    an amount takes back what was set.
    """

    __tablename__ = "budget"
    __table_args__ = (Index(None, "workspace_id", "month"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    scope: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(200), default="")
    month: Mapped[date]
    amount_nano: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    set_by: Mapped[str] = mapped_column(String(320), default="")
    set_at: Mapped[datetime | None]


class MetricTarget(Owned, Base):
    """A value that a metric is to reach by a day; files and history as of budgets."""

    __tablename__ = "target"
    __table_args__ = (Index(None, "workspace_id", "by"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    scope: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(200), default="")
    metric: Mapped[str] = mapped_column(String(64))
    value: Mapped[float | None] = mapped_column(Float)
    by: Mapped[date]
    set_by: Mapped[str] = mapped_column(String(320), default="")
    set_at: Mapped[datetime | None]


class DatedEvent(Owned, Base):
    """Something that happened on a day, to a team or ("") the whole organisation."""

    __tablename__ = "dated_event"
    __table_args__ = (Index(None, "workspace_id", "day"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    day: Mapped[date]
    name: Mapped[str] = mapped_column(String(200))
    team: Mapped[str] = mapped_column(String(200), default="")


class Watch(Owned, Base):
    """A figure that a person wants to be told about, and when.

    `kind` is range (it leaves its usual range), budget (so much of the budget is used), above or below (a level);
    `level` is that part or level. `key` says what is watched in one text, so that the same wish is one watch.
    """

    __tablename__ = "watch"
    __table_args__ = (UniqueConstraint("workspace_id", "email", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    key: Mapped[str] = mapped_column(String(500))
    kind: Mapped[str] = mapped_column(String(16))
    query: Mapped[dict[str, Any]]
    level: Mapped[float | None] = mapped_column(Float)
    title: Mapped[str] = mapped_column(String(500))
    state: Mapped[str] = mapped_column(String(16), default="active")
    since: Mapped[datetime]
    told_at: Mapped[datetime | None]


class SavedQuestion(Owned, Base):
    """A question that a person keeps in its own words, so that "last month" moves, and where it is posted each week.

    `weekday` is 1 (Monday) to 7; `minute` is of the local day in `zone`; nothing is due at or before `since`, when it
    began, or `done_at`, the last time that was seen to. `state` is active, failing (its owner knows) or ended.
    """

    __tablename__ = "saved_question"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    text: Mapped[str] = mapped_column(Text)
    slack_team: Mapped[str] = mapped_column(String(32))
    owner: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(32))
    weekday: Mapped[int]
    minute: Mapped[int]
    zone: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16), default="active")
    since: Mapped[datetime]
    done_at: Mapped[datetime | None]
