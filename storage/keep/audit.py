"""The audit log of questions: who asked what, where, which query ran. It holds no figures and never fails an answer."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from storage.tables import Question

log = logging.getLogger(__name__)
LONGEST_TEXT = 4_000  # characters kept of a question
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedQuestion:
    """A question that was asked; `query` is the typed query that ran, None where none did.

    `shown` says of what exact figures were shown, to the asker and, where it is named, to the `channel`.
    """

    asked_at: datetime
    asker: str
    place: str
    text: str
    engine: str
    status: str
    query: dict[str, Any] | None
    elapsed_ms: float
    thread: str = ""
    channel: str = ""
    shown: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Misread:
    """A question whose answer got a thumb down, with the turns of its thread before it."""

    id: int
    asked_at: datetime
    turns: tuple[str, ...]
    status: str
    query: dict[str, Any] | None
    complaint: str = ""


def record(engine: Engine, workspace_id: int, asked: LoggedQuestion) -> int | None:
    """Keep a question; gives its number, None where the store would not take it, which is logged and never raised."""
    try:
        with engine.begin() as connection:
            return keep(connection, workspace_id, asked)
    except (SQLAlchemyError, TypeError, ValueError, OverflowError) as error:
        # The error's own text can hold the question; its kind is enough here.
        log.warning("a question was not kept in the audit log: %s", type(error).__name__)
        return None


def keep(connection: Connection, workspace_id: int, asked: LoggedQuestion) -> int | None:
    """Keep a question in the transaction that lets its figures out, so that neither is without the other."""
    row = {
        "workspace_id": workspace_id,
        "asked_at": asked.asked_at,
        "asker": _storable(asked.asker, LONGEST_NAME),
        "place": _storable(asked.place, LONGEST_NAME),
        "text": _storable(asked.text, LONGEST_TEXT),
        "engine": asked.engine,
        "status": asked.status,
        "query": asked.query,
        "elapsed_ms": asked.elapsed_ms,
        "thread": _storable(asked.thread, LONGEST_NAME),
        "channel": _storable(asked.channel, LONGEST_NAME),
        "shown": [*asked.shown] or None,
    }
    made = connection.execute(insert(Question).values(row))
    return int(made.inserted_primary_key[0]) if made.inserted_primary_key else None


def query_of(connection: Connection, workspace_id: int, question: int) -> dict[str, Any] | None:
    """The typed query that ran for the question with this number; None where there is none."""
    found = select(Question.query).where(Question.workspace_id == workspace_id, Question.id == question)
    return connection.scalar(found)


def asker_of(connection: Connection, workspace_id: int, question: int) -> str | None:
    """Who asked the question with this number; None where it is not kept."""
    found = select(Question.asker).where(Question.workspace_id == workspace_id, Question.id == question)
    return connection.scalar(found)


def text_of(connection: Connection, workspace_id: int, question: int) -> str:
    """The words of the question with this number; "" where it is not kept."""
    found = select(Question.text).where(Question.workspace_id == workspace_id, Question.id == question)
    return connection.scalar(found) or ""


def vote(connection: Connection, workspace_id: int, question: int, asker: str, thumb: str, complaint: str = "") -> bool:
    """Keep what the asker thinks of an answer, the last word counts; False for somebody else's question."""
    mine = (Question.workspace_id == workspace_id, Question.id == question, Question.asker == asker)
    return connection.execute(update(Question).where(*mine).values(vote=thumb, complaint=complaint)).rowcount == 1


def misread(connection: Connection, workspace_id: int) -> list[Misread]:
    """The questions with a thumb down, oldest first."""
    down = connection.execute(
        select(Question)
        .where(Question.workspace_id == workspace_id, Question.vote == "down")
        .order_by(Question.asked_at, Question.id)
    )
    return [
        Misread(row.id, row.asked_at, _turns(connection, workspace_id, row), row.status, row.query, row.complaint)
        for row in down.all()
    ]


def _turns(connection: Connection, workspace_id: int, row: Any) -> tuple[str, ...]:
    """What was said in the thread up to this question."""
    if not row.thread:
        return (row.text,)
    said = select(Question.text).where(
        Question.workspace_id == workspace_id, Question.thread == row.thread, Question.id <= row.id
    )
    return tuple(connection.scalars(said.order_by(Question.id)))


def forget(engine: Engine, workspace_id: int, before: datetime) -> int:
    """Delete the questions asked before this time; gives how many."""
    with engine.begin() as connection:
        gone = delete(Question).where(Question.workspace_id == workspace_id, Question.asked_at < before)
        return connection.execute(gone).rowcount


def _storable(text: str, longest: int) -> str:
    # PostgreSQL takes no NUL in a text, and neither takes half of a surrogate pair.
    return text.replace("\0", "").encode("utf-8", "replace").decode()[:longest]
