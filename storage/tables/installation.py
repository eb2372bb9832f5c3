"""Slack workspaces that installed the app."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint

from storage.tables.base import Base, Owned
from storage.tables.declaring import Mapped, mapped_column


class SlackInstallation(Owned, Base):
    """The bot of one Slack workspace, or of a whole organisation (`team_id` is then ""); its token is sealed."""

    __tablename__ = "slack_installation"
    __table_args__ = (UniqueConstraint("enterprise_id", "team_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[str] = mapped_column(String(32), default="")
    team_id: Mapped[str] = mapped_column(String(32), default="")
    team_name: Mapped[str] = mapped_column(String(200), default="")
    app_id: Mapped[str] = mapped_column(String(32), default="")
    bot_id: Mapped[str] = mapped_column(String(32))
    bot_user_id: Mapped[str] = mapped_column(String(32))
    scopes: Mapped[str] = mapped_column(Text, default="")
    sealed_token: Mapped[str] = mapped_column(Text)
    installed_at: Mapped[datetime]
