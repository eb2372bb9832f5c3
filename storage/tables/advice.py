"""What the advice rests on: verified outcomes, the history of stages, what owners said, suggestions, experiments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Float, Index, String, Text, UniqueConstraint

from storage.tables.base import Base, BigId, Owned
from storage.tables.declaring import Mapped, mapped_column


class Outcome(Owned, Base):
    """One run of a workflow that somebody or something checked; `run_id` is its identity, the newest load wins."""

    __tablename__ = "outcome"
    __table_args__ = (UniqueConstraint("workspace_id", "run_id"), Index(None, "workspace_id", "workflow", "day"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    run_id: Mapped[str] = mapped_column(String(200))
    day: Mapped[date]
    workflow: Mapped[str] = mapped_column(String(200))
    checker: Mapped[str] = mapped_column(String(16))
    checked_by: Mapped[str] = mapped_column(String(320), default="")
    approval_seconds: Mapped[float | None] = mapped_column(Float)
    success: Mapped[bool]
    severity: Mapped[int]  # 1 is the worst, 0 none
    model: Mapped[str] = mapped_column(String(200), default="")
    # What a source may say beside; None (for the kind "") is not recorded, which is not none.
    request_type: Mapped[str] = mapped_column(String(200), default="", server_default="")
    edited: Mapped[float | None] = mapped_column(Float)  # the share that a person changed
    tool_errors: Mapped[int | None]
    escalated: Mapped[bool | None]
    retries: Mapped[int | None]


class StageChange(Owned, Base):
    """A workflow's move on the ladder, or (`from_stage` is `to_stage`) a word about it; the newest one is its stage.

    `cause` is a key: granted, declined, reviewed, severe, drop, expired, changed. `rate` is the share of successes
    that a promotion was granted on.
    """

    __tablename__ = "stage_change"
    __table_args__ = (Index(None, "workspace_id", "workflow", "day"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workflow: Mapped[str] = mapped_column(String(200))
    day: Mapped[date]
    at: Mapped[datetime]
    from_stage: Mapped[str] = mapped_column(String(16))
    to_stage: Mapped[str] = mapped_column(String(16))
    by: Mapped[str] = mapped_column(String(320))
    cause: Mapped[str] = mapped_column(String(16))
    why: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(Text, default="")
    expires: Mapped[date | None]
    rate: Mapped[float | None] = mapped_column(Float)


class OwnerInput(Owned, Base):
    """A true value that a person put in for a workflow; the newest one of a name counts, the others are its past."""

    __tablename__ = "owner_input"
    __table_args__ = (Index(None, "workspace_id", "workflow"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workflow: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(32))
    value: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(320))
    at: Mapped[datetime]
    origin: Mapped[str] = mapped_column(String(16), default="slack")


class Suggestion(Owned, Base):
    """What became of a suggestion: shown, accepted, later, dismissed; `worth` was its pessimistic tenth in hours."""

    __tablename__ = "suggestion"
    __table_args__ = (Index(None, "workspace_id", "workflow", "day"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workflow: Mapped[str] = mapped_column(String(200))
    day: Mapped[date]
    state: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(32), default="")
    by: Mapped[str] = mapped_column(String(320), default="")
    worth: Mapped[float] = mapped_column(Float)


class Experiment(Owned, Base):
    """An accepted suggestion on trial: what was predicted, what was usual before, and in the end the verdict."""

    __tablename__ = "experiment"
    __table_args__ = (Index(None, "workspace_id", "workflow"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workflow: Mapped[str] = mapped_column(String(200))
    started: Mapped[date]
    ends: Mapped[date]
    predicted: Mapped[dict[str, Any]]
    baseline: Mapped[dict[str, Any]]
    closed: Mapped[date | None]
    verdict: Mapped[dict[str, Any] | None]
