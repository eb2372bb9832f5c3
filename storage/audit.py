"""The audit log of questions: who asked what, where, which query ran. It holds no figures and never fails an answer."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, insert
from sqlalchemy.exc import SQLAlchemyError

from storage.tables import Question

log = logging.getLogger(__name__)
LONGEST_TEXT = 4_000  # characters kept of a question
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that was asked; `query` is the typed query that ran, None where none did."""

    asked_at: datetime
    asker: str
    place: str
    text: str
    engine: str
    status: str
    query: dict[str, Any] | None
    elapsed_ms: float


def record(engine: Engine, workspace_id: int, asked: Asked) -> bool:
    """Keep a question; False where the store would not take it, which is logged and never raised."""
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
    }
    try:
        with engine.begin() as connection:
            connection.execute(insert(Question).values(row))
    except (SQLAlchemyError, TypeError, ValueError, OverflowError) as error:
        # The error's own text can hold the question; its kind is enough here.
        log.warning("a question was not kept in the audit log: %s", type(error).__name__)
        return False
    return True


def forget(engine: Engine, workspace_id: int, before: datetime) -> int:
    """Delete the questions asked before this time; gives how many."""
    with engine.begin() as connection:
        gone = delete(Question).where(Question.workspace_id == workspace_id, Question.asked_at < before)
        return connection.execute(gone).rowcount


def _storable(text: str, longest: int) -> str:
    # PostgreSQL takes no NUL in a text, and neither takes half of a surrogate pair.
    return text.replace("\0", "").encode("utf-8", "replace").decode()[:longest]
