"""Subscriptions to digests, and the digests made for them: each (subscription, week) once, its figures kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, literal, select, update

from storage.engine import insert_or_leave
from storage.tables import DigestIssue, OutboxMessage, Subscription

ACTIVE, PAUSED, ENDED = "active", "paused", "ended"
MADE, SKIPPED = "made", "skipped"
LOST = ("unclear", "failed", "expired")  # states of a message that may never have been read


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """A subscription as it stands; the meaning of its fields is the table's."""

    id: int = 0
    slack_team: str
    channel: str
    team: str = ""
    owner: str
    email: str = ""
    weekday: int
    minute: int
    zone: str
    every: int = 1
    parts: tuple[str, ...] = ()
    state: str = ACTIVE
    reason: str = ""
    since: datetime

    @property
    def direct(self) -> bool:
        """Whether it goes to one person: the channel is then a user's id."""
        return self.channel[:1] in ("U", "W")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A digest that was made or skipped; `message_state` is that of its message in the outbox, "" where it has none."""

    id: int
    week: str
    outcome: str
    figures: Mapping[str, Any]
    message_state: str
    value: Mapping[str, Any] = field(default_factory=dict)


def issue_key(subscription_id: int, week: str) -> str:
    """The key of a digest's message, in the outbox and in Slack."""
    return f"digest:{subscription_id}:{week}"


def subscribe(connection: Connection, workspace_id: int, wanted: Subscribed) -> int:
    """Keep a subscription; one of the same place and team is changed, and taken up again where it was not active.

    A change of day, time or zone leaves `since` alone, so that no week is lost and none comes twice; a change of rhythm
    counts from the new one, so that no week is due that was not by the old rhythm.
    """
    values = _values(wanted)
    made = connection.execute(
        insert_or_leave(connection, Subscription).values(workspace_id=workspace_id, **values).returning(Subscription.id)
    ).scalar()
    if made is not None:
        return int(made)
    known = connection.execute(
        select(Subscription.id, Subscription.state, Subscription.every).where(
            Subscription.workspace_id == workspace_id,
            Subscription.slack_team == wanted.slack_team,
            Subscription.channel == wanted.channel,
            Subscription.team == wanted.team,
        )
    ).one()
    if known.state == ACTIVE and known.every == wanted.every:
        del values["since"]
    connection.execute(update(Subscription).where(Subscription.id == known.id).values(**values))
    return int(known.id)


def unsubscribe(connection: Connection, workspace_id: int, slack_team: str, channel: str, team: str | None) -> int:
    """End the subscriptions of a place (of one team, or all); gives how many were active or paused."""
    where = [
        Subscription.workspace_id == workspace_id,
        Subscription.slack_team == slack_team,
        Subscription.channel == channel,
        Subscription.state != ENDED,
    ]
    if team is not None:
        where.append(Subscription.team == team)
    return connection.execute(update(Subscription).where(*where).values(state=ENDED)).rowcount


def pause(connection: Connection, subscription_id: int, reason: str) -> bool:
    """Stop a subscription until somebody takes it up again; True for the one who stopped it."""
    active = (Subscription.id == subscription_id, Subscription.state == ACTIVE)
    return connection.execute(update(Subscription).where(*active).values(state=PAUSED, reason=reason)).rowcount == 1


def subscriptions(connection: Connection, workspace_id: int | None = None) -> list[tuple[int, Subscribed]]:
    """The active subscriptions with their workspaces, of one workspace or of all."""
    rows = select(Subscription.__table__).where(Subscription.state == ACTIVE).order_by(Subscription.id)
    if workspace_id is not None:
        rows = rows.where(Subscription.workspace_id == workspace_id)
    return [(row["workspace_id"], _subscribed(row)) for row in connection.execute(rows).mappings()]


def find(connection: Connection, subscription_id: int) -> Subscribed | None:
    """One subscription, in whatever state it is."""
    found = select(Subscription.__table__).where(Subscription.id == subscription_id)
    row = connection.execute(found).mappings().first()
    return _subscribed(row) if row else None


def of_place(connection: Connection, workspace_id: int, slack_team: str, channel: str) -> list[Subscribed]:
    """The subscriptions of a place that have not ended."""
    rows = (
        select(Subscription.__table__)
        .where(
            Subscription.workspace_id == workspace_id,
            Subscription.slack_team == slack_team,
            Subscription.channel == channel,
            Subscription.state != ENDED,
        )
        .order_by(Subscription.team)
    )
    return [_subscribed(row) for row in connection.execute(rows).mappings()]


def last_week(connection: Connection, subscription_id: int) -> str:
    """The newest week that was made or skipped, "" where there is none."""
    found = select(func.max(DigestIssue.week)).where(DigestIssue.subscription_id == subscription_id)
    return connection.scalar(found) or ""


def issue(
    connection: Connection,
    workspace_id: int,
    subscription_id: int,
    week: str,
    *,
    due_at: datetime,
    now: datetime,
    outcome: str,
    figures: Mapping[str, Any],
    value: Mapping[str, Any],
) -> bool:
    """Claim a week of a subscription: True for the first alone. It counts from the commit on."""
    row = {
        "workspace_id": workspace_id,
        "subscription_id": subscription_id,
        "week": week,
        "due_at": due_at.astimezone(UTC),
        "made_at": now.astimezone(UTC),
        "outcome": outcome,
        "figures": dict(figures),
        "value": dict(value),
    }
    statement = insert_or_leave(connection, DigestIssue).values(row).returning(DigestIssue.id)
    return connection.execute(statement).first() is not None


def issues(connection: Connection, subscription_id: int, limit: int = 8) -> list[Issued]:
    """The newest digests of a subscription, newest first."""
    key = literal(f"digest:{subscription_id}:") + DigestIssue.week
    rows = (
        select(DigestIssue.__table__, func.coalesce(OutboxMessage.state, "").label("message_state"))
        .outerjoin(OutboxMessage, (OutboxMessage.workspace_id == DigestIssue.workspace_id) & (OutboxMessage.key == key))
        .where(DigestIssue.subscription_id == subscription_id)
        .order_by(DigestIssue.week.desc())
        .limit(limit)
    )
    return [
        Issued(
            id=row.id,
            week=row.week,
            outcome=row.outcome,
            figures=row.figures,
            message_state=row.message_state,
            value=row.value,
        )
        for row in connection.execute(rows)
    ]


def kept_figures(connection: Connection, workspace_id: int, team: str, before: str, limit: int) -> list[Issued]:
    """The newest kept figures of a scope from whichever subscription told them last, for weeks before one."""
    rows = connection.execute(
        select(DigestIssue.id, DigestIssue.week, DigestIssue.figures)
        .join(Subscription, Subscription.id == DigestIssue.subscription_id)
        .where(
            DigestIssue.workspace_id == workspace_id,
            Subscription.team == team,
            DigestIssue.outcome == MADE,
            DigestIssue.week < before,
        )
        .order_by(DigestIssue.week.desc(), DigestIssue.id.desc())
        .limit(limit * 8)
    )
    newest: dict[str, Issued] = {}
    for row in rows:
        newest.setdefault(
            row.week,
            Issued(id=row.id, week=row.week, outcome=MADE, figures=row.figures, message_state=""),
        )
    return list(newest.values())[:limit]


def change_rhythm(
    connection: Connection, workspace_id: int, subscription_id: int, every: int, since: datetime
) -> Subscribed | None:
    """A digest every so many weeks from `since` on; the subscription, None where there is none that is active."""
    active = (
        Subscription.id == subscription_id,
        Subscription.workspace_id == workspace_id,
        Subscription.state == ACTIVE,
    )
    values = {"every": every, "since": since.astimezone(UTC)}
    done = connection.execute(update(Subscription).where(*active).values(values)).rowcount
    return find(connection, subscription_id) if done else None


def was_ever(connection: Connection, subscription_id: int, name: str) -> bool:
    """Whether something is noted as true in any digest of a subscription."""
    noted = (DigestIssue.subscription_id == subscription_id, DigestIssue.value[name].as_boolean().is_(True))
    return connection.scalar(select(DigestIssue.id).where(*noted).limit(1)) is not None


def complete(connection: Connection, issue_id: int, figures: Mapping[str, Any], value: Mapping[str, Any]) -> None:
    """Keep a digest as it is told since its week has all its data."""
    told = {"figures": dict(figures), "value": dict(value)}
    connection.execute(update(DigestIssue).where(DigestIssue.id == issue_id).values(told))


def correct(connection: Connection, issue_id: int, figures: Mapping[str, Any]) -> None:
    """Keep the figures as they are told from now on."""
    connection.execute(update(DigestIssue).where(DigestIssue.id == issue_id).values(figures=dict(figures)))


def aware(moment: datetime) -> datetime:
    """The time with its zone: SQLite keeps none, and all of ours are UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _values(wanted: Subscribed) -> dict[str, Any]:
    return {
        "slack_team": wanted.slack_team,
        "channel": wanted.channel,
        "team": wanted.team,
        "owner": wanted.owner,
        "email": wanted.email,
        "weekday": wanted.weekday,
        "minute": wanted.minute,
        "zone": wanted.zone,
        "every": wanted.every,
        "parts": ",".join(wanted.parts),
        "state": wanted.state,
        "reason": wanted.reason,
        "since": wanted.since.astimezone(UTC),
    }


def _subscribed(row: RowMapping) -> Subscribed:
    names = ("id", "slack_team", "channel", "team", "owner", "email", "weekday", "minute", "zone", "every", "state")
    parts = tuple(part for part in row["parts"].split(",") if part)
    known = {name: row[name] for name in (*names, "reason")}
    return Subscribed(**known, parts=parts, since=aware(row["since"]))
