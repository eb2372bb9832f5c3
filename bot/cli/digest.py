"""`fulcrum digest`: one digest on the machine of the store, without Slack."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time

from bot.advice.for_digest import DigestAdvice
from bot.advice.service import Advice
from bot.digest.service import Digests
from bot.digest.value import Digest
from bot.digest.week import parse_week
from bot.errors import UserError
from bot.questions.answers.answer import Audience
from bot.questions.viewer import reading_along
from bot.settings import Settings
from bot.settings.workspace import settings_in
from bot.slack.blocks.parts import as_json
from bot.slack.digest import blocks
from storage import workspaces
from storage.answer.privacy import OPERATOR
from storage.engine import reading_engine, sqlite_file, writing_engine
from storage.names import Directories
from storage.schema import require_newest


def run(settings: Settings, parsed: argparse.Namespace) -> str:
    """What the command prints. Raises UserError."""
    found = digest(
        settings, week=parsed.week, team=parsed.team, as_of=parsed.as_of, for_channel=parsed.audience == "channel"
    )
    return written(found, parsed.format)


def digest(settings: Settings, *, week: str | None, team: str | None, as_of: date | None, for_channel: bool) -> Digest:
    """The digest of a week (the last complete one where none is named) as the operator or a channel may see it."""
    file = sqlite_file(settings.database_url)
    if file is not None and not file.exists():
        raise UserError("There is no store yet. Fill one with: fulcrum import DIR")
    reading, writing = reading_engine(settings.database_url), writing_engine(settings.database_url)
    require_newest(reading)
    with reading.connect() as connection:
        workspace_id = workspaces.chosen(connection, settings.workspace)
        settings = settings_in(connection, workspace_id, settings)
    now = _clock(settings, as_of)
    known = Directories()
    advice = Advice(reading, writing, settings, now, known)
    service = Digests(reading, settings, now, lambda workspace: DigestAdvice(advice, workspace), known)
    along = reading_along(Audience.MEMBERS, settings.people, settings.min_group)
    with reading.connect() as connection:
        directory = service.directory(connection, workspace_id)
        wanted = parse_week(week) if week else service.last_week(workspace_id)
        name = service.team_called(directory, team) if team else None
        viewer = along if for_channel and along else OPERATOR
        return service.of(connection, directory, wanted, name, viewer)


def written(found: Digest, form: str) -> str:
    """The digest as text, as the contract's JSON object, or as Slack's blocks."""
    if form == "json":
        return json.dumps(found.to_json(), ensure_ascii=False, indent=2)
    if form == "text":
        return found.text
    top = blocks.top(found.text, str(found.week), found.action.workflow if found.action else "")
    messages = (top, *blocks.thread(found.details))
    return json.dumps(
        [{"text": message.text, "blocks": as_json(message.rich)} for message in messages], ensure_ascii=False, indent=2
    )


def _clock(settings: Settings, as_of: date | None) -> Callable[[], datetime]:
    if as_of is None:
        return lambda: datetime.now(UTC)
    noon = datetime.combine(as_of, time(12), settings.zone)
    return lambda: noon
