"""The schema; read this first. Every row belongs to a workspace; days are local days of that workspace."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

EPOCH = date(1970, 1, 1).toordinal()
OPEN_END = date(9999, 12, 31)  # a spell that is still running ends here, so that overlaps are plain arithmetic
NANO = 1_000_000_000  # costs are whole nano-dollars, so that sums are exact on every database
MS_PER_MINUTE = 60_000  # human time is whole milliseconds for the same reason

# SQLite gives ids only to a column declared INTEGER.
BigId = BigInteger().with_variant(Integer(), "sqlite")


class Day(TypeDecorator[date]):
    """A date kept as days since 1970-01-01: subtracting two of them counts days, alike on every database."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | int | None, dialect: Dialect) -> int | None:
        return value.toordinal() - EPOCH if isinstance(value, date) else value

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromordinal(value + EPOCH)


class Base(DeclarativeBase):
    """Names constraints alike on every database, so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {date: Day(), datetime: DateTime(timezone=True), dict[str, Any]: JSON()}


class Owned:
    """A row of one workspace."""

    @declared_attr
    def workspace_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("workspace.id", ondelete="CASCADE"))


class Workspace(Base):
    """One organisation. `revision` grows with every write that can change an answer."""

    __tablename__ = "workspace"
    id: Mapped[int] = mapped_column(primary_key=True)
    slack_team_id: Mapped[str | None] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    revision: Mapped[int] = mapped_column(default=0)


class Team(Owned, Base):
    """A node of the team tree.

    `origin` is who entered it: file or slack; gone is a team that its file no longer has and old rows still refer to.
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
    """One person in one team for a span of days, both ends included; spells of a person never overlap."""

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
    """What a source calls somebody (a vendor's user id, another e-mail) -> the person."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("workspace_id", "source", "subject"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(320))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))


class Source(Owned, Base):
    """A feed of facts: the import files, a vendor."""

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))


class SyncDay(Owned, Base):
    """What a source has for a day: complete, partial, missing or provisional."""

    __tablename__ = "sync_day"
    __table_args__ = (UniqueConstraint("workspace_id", "source_id", "day"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    day: Mapped[date]
    state: Mapped[str] = mapped_column(String(16))


class Load(Owned, Base):
    """One load of one file or one pass of a source, with its report."""

    __tablename__ = "load"
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    finished_at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(400))
    report: Mapped[dict[str, Any]]


class Stream(Owned, Base):
    """A distinct (tool, provider, model, mode, workflow, ledger), so that facts and rollups stay narrow."""

    __tablename__ = "stream"
    __table_args__ = (UniqueConstraint("workspace_id", "tool", "provider", "model", "mode", "workflow", "ledger"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    tool: Mapped[str] = mapped_column(String(200))
    provider: Mapped[str] = mapped_column(String(200))
    model: Mapped[str] = mapped_column(String(200))
    mode: Mapped[str] = mapped_column(String(16))
    workflow: Mapped[str] = mapped_column(String(200))
    ledger: Mapped[str] = mapped_column(String(16))


class Counts:
    """The sums a usage row carries; the token counts are disjoint, reasoning is a part of output."""

    input_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    cached_input_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    cache_write_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    output_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    reasoning_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    requests: Mapped[int] = mapped_column(BigInteger, default=0)
    suggested: Mapped[int] = mapped_column(BigInteger, default=0)
    accepted: Mapped[int] = mapped_column(BigInteger, default=0)


class UsageFact(Owned, Counts, Base):
    """Usage at its source's finest grain; (source, natural_key) is its identity, the newest observation wins."""

    __tablename__ = "usage_fact"
    __table_args__ = (
        UniqueConstraint("workspace_id", "source_id", "natural_key"),
        Index(None, "workspace_id", "day"),
        Index(None, "workspace_id", "subject", "day"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    natural_key: Mapped[str] = mapped_column(String(200))
    day: Mapped[date]
    at: Mapped[datetime | None]
    subject: Mapped[str] = mapped_column(String(320), default="")
    spell_id: Mapped[int | None]  # no foreign key: each spell deleted would search all facts for its use
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"))
    cost_nano: Mapped[int | None] = mapped_column(BigInteger)
    cost_kind: Mapped[str | None] = mapped_column(String(16))
    # Rows of one key add up, and some of them may lack a price: these are their tokens.
    unpriced_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    observed_at: Mapped[datetime]
    load_id: Mapped[int] = mapped_column(ForeignKey("load.id"))


class UsageDaily(Owned, Counts, Base):
    """The rollup that answers questions: a day, a spell (None: unattributed), a stream, and the sums of its facts."""

    __tablename__ = "usage_daily"
    __table_args__ = (Index(None, "workspace_id", "day"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    day: Mapped[date]
    spell_id: Mapped[int | None]
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"))
    cost_nano: Mapped[int] = mapped_column(BigInteger, default=0)
    billed_facts: Mapped[int] = mapped_column(default=0)
    list_facts: Mapped[int] = mapped_column(default=0)
    estimated_facts: Mapped[int] = mapped_column(default=0)
    seat_facts: Mapped[int] = mapped_column(default=0)
    unpriced_facts: Mapped[int] = mapped_column(default=0)
    unpriced_tokens: Mapped[int] = mapped_column(BigInteger, default=0)


class Workflow(Owned, Base):
    """A catalogued workflow; facts name it by `name`, so usage may come before the catalogue."""

    __tablename__ = "workflow"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    activity: Mapped[str] = mapped_column(String(100), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    stage: Mapped[str] = mapped_column(String(16), default="manual")
    reversible: Mapped[str] = mapped_column(String(16), default="")
    verifiable: Mapped[str] = mapped_column(String(16), default="")
    data_ready: Mapped[str] = mapped_column(String(16), default="")
    owner_email: Mapped[str] = mapped_column(String(320), default="")
    error_class: Mapped[int | None]
    minutes_low: Mapped[float | None] = mapped_column(Float)
    minutes_mode: Mapped[float | None] = mapped_column(Float)
    minutes_high: Mapped[float | None] = mapped_column(Float)
    exposure: Mapped[str] = mapped_column(String(8), default="")
    origin: Mapped[str] = mapped_column(String(16), default="file")


class WorkCounts:
    """The sums a work row carries."""

    items: Mapped[int] = mapped_column(BigInteger, default=0)
    human_ms: Mapped[int] = mapped_column(BigInteger, default=0)
    accepted: Mapped[int] = mapped_column(BigInteger, default=0)
    reworked: Mapped[int] = mapped_column(BigInteger, default=0)
    failed: Mapped[int] = mapped_column(BigInteger, default=0)


class WorkFact(Owned, WorkCounts, Base):
    """Items of work as their source gave them."""

    __tablename__ = "work_fact"
    __table_args__ = (
        UniqueConstraint("workspace_id", "source_id", "natural_key"),
        Index(None, "workspace_id", "day"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    natural_key: Mapped[str] = mapped_column(String(200))
    day: Mapped[date]
    workflow: Mapped[str] = mapped_column(String(200))
    mode: Mapped[str] = mapped_column(String(16))
    observed_at: Mapped[datetime]
    load_id: Mapped[int] = mapped_column(ForeignKey("load.id"))


class WorkDaily(Owned, WorkCounts, Base):
    """The rollup of work facts: a day, a workflow, a mode."""

    __tablename__ = "work_daily"
    __table_args__ = (Index(None, "workspace_id", "day"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    day: Mapped[date]
    workflow: Mapped[str] = mapped_column(String(200))
    mode: Mapped[str] = mapped_column(String(16))


class Question(Owned, Base):
    """The audit log: who asked what, where, which query ran and how long it took. It holds no figures."""

    __tablename__ = "question"
    __table_args__ = (Index(None, "workspace_id", "asked_at"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    asked_at: Mapped[datetime]
    asker: Mapped[str] = mapped_column(String(320))
    place: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    engine: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    query: Mapped[dict[str, Any] | None]
    elapsed_ms: Mapped[float] = mapped_column(Float)


class Thread(Owned, Base):
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
