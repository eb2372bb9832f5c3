"""What is stored about somebody, and how it is erased for good."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.errors import UserError
from storage.load.erasing import erase as forget

ERASED = (
    "{email} is erased: name, title, place, questions, seats and decisions are gone, use is kept without a name so "
    "that the figures of teams stay as they are. Whatever is loaded later, they stay erased."
)


def erase(connection: Connection, workspace_id: int, email: str, at: datetime) -> str:
    """Erase somebody; gives the sentence that says so. Raises UserError for somebody whom nobody knows here."""
    if forget(connection, workspace_id, email, at) is None:
        raise UserError(f"Nobody with the e-mail {email.strip()} is in the roster, or they were erased before.")
    return ERASED.format(email=email.strip().lower())
