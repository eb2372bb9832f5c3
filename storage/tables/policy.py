"""What an organisation decides for itself in Slack: its settings with their log, and whom the store has forgotten."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import LargeBinary, String, Text, UniqueConstraint

from storage.tables.base import Base, BigId, Owned
from storage.tables.declaring import Mapped, mapped_column

DIGEST_BYTES = 32


class Setting(Owned, Base):
    """A setting made in Slack, as text; it comes before the environment's until its row is gone."""

    __tablename__ = "setting"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    value: Mapped[str] = mapped_column(Text)


class SettingChange(Owned, Base):
    """Who changed a setting when; None is that it was, or is now, the environment's."""

    __tablename__ = "setting_change"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(64))
    old: Mapped[str | None] = mapped_column(Text)
    new: Mapped[str | None] = mapped_column(Text)


class Erased(Owned, Base):
    """A word for somebody who was erased, as its keyed hash, and the pseudonym that stands in its place."""

    __tablename__ = "erased"
    __table_args__ = (UniqueConstraint("workspace_id", "digest"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES))
    pseudonym: Mapped[str] = mapped_column(String(320))
    at: Mapped[datetime]


class Anonymity(Owned, Base):
    """The key of a workspace's hashes, and the first day whose rows still say who; None where all days do."""

    __tablename__ = "anonymity"
    __table_args__ = (UniqueConstraint("workspace_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES))
    personal_from: Mapped[date | None]
