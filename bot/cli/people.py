"""`fulcrum people`: whom sources name and the roster does not know, and who is one with whom."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import date

from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection, select

from bot.errors import UserError
from bot.processes.store import open_for_writing
from bot.settings import Settings
from bot.sources.files.identities import record
from bot.sources.files.problems import BadRow
from storage import workspaces
from storage.load.filling import subject_of
from storage.load.people import Unmatched, add_link, remove_link, unmatched
from storage.load.truths import follow
from storage.tables import Person

LIKELY = 85  # of 100, from which on a name is suggested


def run(settings: Settings, parsed: argparse.Namespace) -> int:
    """List whom nobody is known for, link an outside id to a person, or undo that."""
    engine = open_for_writing(settings)
    with engine.begin() as connection:
        workspace_id = workspaces.chosen(connection, settings.workspace)
        if parsed.action == "link":
            _link(connection, workspace_id, parsed.outside_id, parsed.email, parsed.start, parsed.end)
        elif parsed.action == "unlink":
            _unlink(connection, workspace_id, parsed.outside_id)
        else:
            _list(connection, workspace_id, parsed.json)
    return 0


def _link(
    connection: Connection, workspace_id: int, outside_id: str, email: str, start: date | None, end: date | None
) -> None:
    try:
        found = record([outside_id, email, start.isoformat() if start else "", end.isoformat() if end else ""])
    except BadRow as bad:
        raise UserError(f"This cannot be linked: {bad}.") from bad
    people = set(connection.scalars(select(Person.email).where(Person.workspace_id == workspace_id)))
    if not found.email.startswith("@") and found.email not in people:
        raise UserError(f"Nobody with the e-mail {found.email} is in the roster.")
    add_link(connection, workspace_id, found.outside_id, found.email, found.start, found.end)
    follow(connection, workspace_id, people=True)
    print(f"{found.outside_id} is {found.email} now. To undo: fulcrum people unlink {found.outside_id}")


def _unlink(connection: Connection, workspace_id: int, outside_id: str) -> None:
    subject = subject_of(outside_id.strip())
    emails = remove_link(connection, workspace_id, subject)
    if not emails:
        raise UserError(f"{subject} is linked to nobody.")
    follow(connection, workspace_id, people=True)
    print(f"{subject} is no longer {', '.join(emails)}.")


def _list(connection: Connection, workspace_id: int, as_json: bool) -> None:
    strangers = unmatched(connection, workspace_id)
    rows = select(Person.email, Person.name).where(Person.workspace_id == workspace_id).order_by(Person.email)
    people = {email: name for email, name in connection.execute(rows)}
    if as_json:
        print(json.dumps([_data(one, people) for one in strangers], indent=2, ensure_ascii=False))
        return
    if not strangers:
        print("Everybody whom a source names is in the roster.")
        return
    table = Table("outside id", "tokens", "requests", "days", "is it?", box=None, pad_edge=False)
    for one in strangers:
        days, likely = f"{one.first_day} to {one.last_day}", ", ".join(_suggested(one.subject, people))
        table.add_row(one.subject, f"{one.tokens:,}", f"{one.requests:,}", days, likely)
    Console().print(table)
    print("To say who somebody is: fulcrum people link OUTSIDE_ID EMAIL")


def _data(one: Unmatched, people: dict[str, str]) -> dict[str, object]:
    return {
        "outside_id": one.subject,
        "tokens": one.tokens,
        "requests": one.requests,
        "first": one.first_day.isoformat(),
        "last": one.last_day.isoformat(),
        "suggested": _suggested(one.subject, people),
    }


def _suggested(subject: str, people: dict[str, str]) -> list[str]:
    """The people whose address or name is most like an outside id."""
    said = " ".join(_words(subject))
    choices = {email: f"{' '.join(_words(email))} {' '.join(_words(name))}" for email, name in people.items()}
    found = process.extract(said, choices, scorer=fuzz.token_set_ratio, score_cutoff=LIKELY, limit=3)
    return [email for _, _, email in found]


def _words(text: str) -> Sequence[str]:
    local = text.partition("@")[0].partition("+")[0].casefold()
    return "".join(letter if letter.isalnum() else " " for letter in local).split()
