"""The bearer tokens of people's agents: made, found by what is borne, listed, revoked. A token itself is never kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import Connection, insert, select, update

from storage.tables import AgentToken

PREFIX = "fulcrum_"  # what scanners for leaked secrets can look for
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class ListedToken:
    """A token as it is listed; whose it is, and since when."""

    id: int
    email: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a token stands for."""

    workspace_id: int
    email: str


def make(connection: Connection, workspace_id: int, email: str, at: datetime) -> str:
    """A new token of a person; this is the one time that it can be read."""
    token = PREFIX + token_urlsafe(SECRET_BYTES)
    row = {"workspace_id": workspace_id, "digest": _digest(token), "email": email, "made_at": at.astimezone(UTC)}
    connection.execute(insert(AgentToken).values(row))
    return token


def bearer_of(connection: Connection, token: str) -> Bearer | None:
    """Whom a token stands for; None where it is unknown or revoked."""
    found = connection.execute(
        select(AgentToken.workspace_id, AgentToken.email).where(
            AgentToken.digest == _digest(token), AgentToken.revoked_at.is_(None)
        )
    ).first()
    return Bearer(found.workspace_id, found.email) if found else None


def active(connection: Connection, workspace_id: int, email: str = "") -> list[ListedToken]:
    """The tokens in force of a person, or of everybody, the oldest first."""
    where = [AgentToken.workspace_id == workspace_id, AgentToken.revoked_at.is_(None)]
    if email:
        where.append(AgentToken.email == email)
    rows = connection.execute(
        select(AgentToken.id, AgentToken.email, AgentToken.made_at).where(*where).order_by(AgentToken.id)
    )
    return [ListedToken(row.id, row.email, row.made_at) for row in rows]


def revoke(connection: Connection, workspace_id: int, token_id: int, at: datetime, email: str = "") -> bool:
    """End a token, of that person alone where one is named; False where there is no such token in force."""
    where = [AgentToken.id == token_id, AgentToken.workspace_id == workspace_id, AgentToken.revoked_at.is_(None)]
    if email:
        where.append(AgentToken.email == email)
    ended = connection.execute(update(AgentToken).where(*where).values(revoked_at=at.astimezone(UTC)))
    return ended.rowcount == 1


def _digest(token: str) -> bytes:
    """SHA-256 without a salt: a token is as random as a key, and nothing to guess."""
    return sha256(token.encode()).digest()
