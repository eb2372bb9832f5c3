"""What `fulcrum doctor` sees on this machine: settings, store, schema, disk, data, sources."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from bot.processes.store import clock
from bot.settings import Settings
from bot.sources.catalogue import SOURCES
from bot.sources.syncing.overview import FAILING, OFF, overviews
from storage import workspaces
from storage.engine import reading_engine, sqlite_file
from storage.errors import UnknownWorkspace
from storage.faults import operator_words
from storage.schema import is_of_a_newer_release, migration_of, newest_migration
from storage.tables import Person, Workspace

State = Literal["ok", "warn", "wrong", "off"]

LEAST_FREE = 2**30  # bytes; and as many as the store has, for an import makes room beside it
LARGEST_CHECKED = 2**30  # bytes of a file that is read through


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, how it is, and what to do ("" where nothing)."""

    about: str
    state: State
    says: str
    todo: str = ""

    def to_json(self) -> dict[str, Any]:
        """As data."""
        return {"check": self.about, "state": self.state, "says": self.says, "what_to_do": self.todo or None}


def of_settings(settings: Settings) -> Finding:
    """Whether there is a way to Slack, with all that is missing for it in one sentence."""
    if settings.slack_client_id:
        needed = {"SLACK_SIGNING_SECRET": settings.slack_signing_secret}
        way = "many workspaces over HTTP need"
    else:
        either = settings.slack_app_token or settings.slack_signing_secret
        needed = {
            "SLACK_BOT_TOKEN": settings.slack_bot_token,
            "SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)": either,
        }
        way = "Socket Mode needs" if settings.slack_app_token else "HTTP needs"
    missing = [name for name, value in needed.items() if not value]
    if not missing:
        return Finding("settings", "ok", f"all that {way} is set")
    if len(missing) == len(needed) and not settings.slack_client_id:
        return Finding(
            "settings", "warn", "Slack is not set up, so that the command line alone answers",
            f"Set {' and '.join(missing)}.",
        )  # fmt: skip
    return Finding("settings", "wrong", f"{' and '.join(missing)} is not set", "Set it: README, Install it into Slack.")


def of_store(settings: Settings, workspace: str) -> Iterator[Finding]:
    """Whether the store can be used, has the newest schema, room and data, and how its sources do."""
    file = sqlite_file(settings.database_url)
    if file is not None and not file.exists():
        yield Finding("store", "warn", f"there is no file {file} yet", "`fulcrum import DIR` makes and fills it.")
        yield from _disk(file)
        return
    engine = reading_engine(settings.database_url)
    try:
        schema = _schema(engine)
        yield Finding("store", "ok", f"it answers ({engine.dialect.name})")
        yield schema
        if file is not None:
            yield _writable(file)
            yield from _disk(file)
            yield _whole(engine, file)
        if schema.state == "ok":
            with engine.connect() as connection:
                yield from _content(connection, settings, workspace)
    except (SQLAlchemyError, OSError) as error:
        told = operator_words(error) or f"the store cannot be used: {type(error).__name__}"
        _, _, todo = told.partition(": ")
        yield Finding("store", "wrong", "it cannot be used", f"{todo[:1].upper()}{todo[1:]}.")
    finally:
        engine.dispose()


def _schema(engine: Engine) -> Finding:
    found, newest = migration_of(engine), newest_migration()
    if found == newest:
        return Finding("schema", "ok", f"it is the newest ({newest})")
    if is_of_a_newer_release(found):
        return Finding(
            "schema", "wrong", f"it is of a newer release ({found})", "Install that release, or a newer one."
        )
    return Finding("schema", "wrong", f"it is {found or 'not there'}, the newest is {newest}", "Run `fulcrum migrate`.")


def _writable(file: Path) -> Finding:
    if os.access(file, os.W_OK) and os.access(file.resolve().parent, os.W_OK):
        return Finding("write", "ok", "the file and its folder can be written")
    return Finding("write", "wrong", f"{file} or its folder cannot be written", "Let this user write both.")


def _disk(file: Path) -> Iterator[Finding]:
    folder = file.resolve().parent
    if not folder.is_dir():
        yield Finding("disk", "wrong", f"there is no folder {folder}", "Make it, or name another in DATABASE_URL.")
        return
    free = shutil.disk_usage(folder).free
    needed = max(LEAST_FREE, file.stat().st_size if file.exists() else 0)
    says = f"{free / 2**30:,.1f} GiB free"
    if free >= needed:
        yield Finding("disk", "ok", says)
    else:
        yield Finding(
            "disk", "warn", says, f"Make room: an import needs up to {needed / 2**30:,.1f} GiB beside the store."
        )


def _whole(engine: Engine, file: Path) -> Finding:
    if file.stat().st_size > LARGEST_CHECKED:
        return Finding("pages", "off", "the file is too large to be read through here")
    with engine.connect() as connection:
        found = [str(row) for row in connection.scalars(text("PRAGMA quick_check(3)"))]
    if found == ["ok"]:
        return Finding("pages", "ok", "every page of the file is sound")
    return Finding("pages", "wrong", "the file is damaged", "Put a backup in its place: `fulcrum restore FILE`.")


def _content(connection: Connection, settings: Settings, workspace: str) -> Iterator[Finding]:
    try:
        workspace_id = workspaces.chosen(connection, workspace or settings.workspace)
    except UnknownWorkspace as error:
        yield Finding("workspace", "wrong", str(error), "Name one of these.")
        return
    people = connection.scalar(select(func.count()).where(Person.workspace_id == workspace_id)) or 0
    if people:
        yield Finding("roster", "ok", f"{people:,} people")
    else:
        yield Finding(
            "roster", "warn", "nobody is in it, so Slack's users are strangers", "`fulcrum import DIR` loads it."
        )
    zone = connection.scalar(select(Workspace.zone).where(Workspace.id == workspace_id))
    if zone and zone != settings.zone.key:
        says = f"days are those of {zone}, and FULCRUM_ZONE says {settings.zone.key}"
        yield Finding("zone", "warn", says, "The next start or import brings them over.")
    for source in overviews(connection, workspace_id, SOURCES, settings.sources, clock()):
        if source.state != OFF:
            state: State = "wrong" if source.state == FAILING else "ok"
            says = f"{source.state}, newest day {source.newest or 'none'}"
            yield Finding(f"source {source.name}", state, says, source.todo)
