"""Whom sources name and the roster does not know: who each may be, and links that somebody makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rapidfuzz import fuzz, process
from sqlalchemy import Connection

from bot.errors import UserError
from bot.sources.files.identities import record
from bot.sources.files.problems import BadRow
from storage.load.filling import subject_of
from storage.load.load_log import note_load
from storage.load.people import Unmatched, add_link, known_people, remove_link, unmatched
from storage.load.truths import follow

LIKELY = 85  # of 100, from which on a name is suggested
SUGGESTED = 3
LOAD = "link"  # the kind of the loads that say who linked whom


@dataclass(frozen=True, slots=True)
class Stranger:
    """An outside id with its use, and the e-mails of the people whose address or name is most like it."""

    found: Unmatched
    suggested: tuple[str, ...]


def strangers(connection: Connection, workspace_id: int, most: int | None = None) -> Iterator[Stranger]:
    """Whom nobody in the roster stands for, by the tokens that hang on each, most first."""
    people = known_people(connection, workspace_id)
    for found in unmatched(connection, workspace_id)[:most]:
        yield Stranger(found, tuple(_suggested(found.subject, people)))


def link(
    connection: Connection,
    workspace_id: int,
    outside_id: str,
    email: str,
    by: str,
    now: datetime,
    start: date | None = None,
    end: date | None = None,
) -> str:
    """Say that an outside id is somebody's; the log of loads keeps who said it. Raises UserError."""
    try:
        found = record([outside_id, email, start.isoformat() if start else "", end.isoformat() if end else ""])
    except BadRow as bad:
        raise UserError(f"This cannot be linked: {bad}.") from bad
    if not found.email.startswith("@") and found.email not in known_people(connection, workspace_id):
        raise UserError(f"Nobody with the e-mail {found.email} is in the roster.")
    add_link(connection, workspace_id, found.outside_id, found.email, found.start, found.end)
    follow(connection, workspace_id, people=True)
    _note(connection, workspace_id, f"{found.outside_id} is {found.email}, says {by}", now)
    return f"{found.outside_id} is {found.email} now. To undo: fulcrum people unlink {found.outside_id}"


def unlink(connection: Connection, workspace_id: int, outside_id: str, by: str, now: datetime) -> str:
    """Undo a link, with the same traces. Raises UserError."""
    subject = subject_of(outside_id.strip())
    emails = remove_link(connection, workspace_id, subject)
    if not emails:
        raise UserError(f"{subject} is linked to nobody.")
    follow(connection, workspace_id, people=True)
    _note(connection, workspace_id, f"{subject} is not {', '.join(emails)}, says {by}", now)
    return f"{subject} is no longer {', '.join(emails)}."


def _note(connection: Connection, workspace_id: int, what: str, now: datetime) -> None:
    note_load(connection, workspace_id, "people", what, now, {"changed": 1}, LOAD)


def _suggested(subject: str, people: Mapping[str, str]) -> list[str]:
    said = " ".join(_words(subject))
    choices = {email: f"{' '.join(_words(email))} {' '.join(_words(name))}" for email, name in people.items()}
    found = process.extract(said, choices, scorer=fuzz.token_set_ratio, score_cutoff=LIKELY, limit=SUGGESTED)
    return [email for _, _, email in found]


def _words(text: str) -> Sequence[str]:
    local = text.partition("@")[0].partition("+")[0].casefold()
    return "".join(letter if letter.isalnum() else " " for letter in local).split()
