"""Who belongs to an organisation: its teams, people and what sources call them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint

from storage.tables.base import Base, Owned
from storage.tables.declaring import Mapped, mapped_column


class Workspace(Base):
    """One organisation. `revision` grows with every write that can change an answer.

    `zone` is the time zone in which the days of its facts with an instant are cut; "" is before there is any.
    """

    __tablename__ = "workspace"
    id: Mapped[int] = mapped_column(primary_key=True)
    slack_team_id: Mapped[str | None] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    revision: Mapped[int] = mapped_column(default=0)
    zone: Mapped[str] = mapped_column(String(64), default="", server_default="")


class Team(Owned, Base):
    """A node of the team tree.

    `origin` is who entered it: file, slack, or sync (a roster source named it); gone is a team that its file no longer
    has and old rows still refer to.
    """

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    channel: Mapped[str] = mapped_column(String(200), default="")
    origin: Mapped[str] = mapped_column(String(16), default="file")


class TeamAlias(Owned, Base):
    """Another word for a team."""

    __tablename__ = "team_alias"
    __table_args__ = (UniqueConstraint("workspace_id", "team_id", "alias"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"))
    alias: Mapped[str] = mapped_column(String(200))
    origin: Mapped[str] = mapped_column(String(16), default="file")


class Person(Owned, Base):
    """Somebody (or an agent) of the roster, known by e-mail in lower case."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("workspace_id", "email"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(200))


class Spell(Owned, Base):
    """One person in one team for a span of days, both ends included; spells of a person never overlap.

    `origin` is who says so: file, slack (somebody there) or sync (a roster source).
    """

    __tablename__ = "spell"
    __table_args__ = (Index(None, "workspace_id", "person_id", "start_day"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    title: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(16))
    location: Mapped[str] = mapped_column(String(200), default="")
    manager_email: Mapped[str] = mapped_column(String(320), default="")
    start_day: Mapped[date]
    end_day: Mapped[date]
    origin: Mapped[str] = mapped_column(String(16), default="file")


class Identity(Owned, Base):
    """What a source calls somebody (a vendor's user id, another e-mail, "@domain") from a day to a day -> the e-mail.

    `source` is "" where any source means the same by it. `origin` says who knows: a source, the file, a link made by
    hand, a rule; `apart` is a link that somebody undid, so that no rule makes it again. Of two that hold on a day the
    one by hand comes before the file's, and that before a source's and a rule's.
    """

    __tablename__ = "identity"
    __table_args__ = (Index(None, "workspace_id", "subject"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(64), default="")
    subject: Mapped[str] = mapped_column(String(320))
    email: Mapped[str] = mapped_column(String(320))
    start_day: Mapped[date]
    end_day: Mapped[date]
    origin: Mapped[str] = mapped_column(String(16))


class Alias(Owned, Base):
    """Another word for a tool, provider, model, workflow or metric; both are kept as somebody wrote them."""

    __tablename__ = "alias"
    __table_args__ = (UniqueConstraint("workspace_id", "kind", "alias"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    alias: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    origin: Mapped[str] = mapped_column(String(16), default="file")


class ProposedAlias(Owned, Base):
    """Another word that somebody who is no admin proposed; an admin makes it an alias or drops it."""

    __tablename__ = "proposed_alias"
    __table_args__ = (UniqueConstraint("workspace_id", "kind", "alias"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    alias: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    by: Mapped[str] = mapped_column(String(320))
    at: Mapped[datetime]
