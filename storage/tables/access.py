"""Who may ask from outside Slack: the tokens of people's agents."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String, UniqueConstraint

from storage.tables.base import Base, Owned
from storage.tables.declaring import Mapped, mapped_column
from storage.tables.policy import DIGEST_BYTES


class AgentToken(Owned, Base):
    """A bearer token bound to a person; what is kept is its hash, and it is over once it is revoked."""

    __tablename__ = "agent_token"
    __table_args__ = (UniqueConstraint("digest"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES))
    email: Mapped[str] = mapped_column(String(320))
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
