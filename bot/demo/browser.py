"""The demo in the browser: the real app on the sample organisation, in a workspace that stands in for Slack."""

from __future__ import annotations

import logging
import os
import signal
import sys
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Event

from bot import logs
from bot.demo.digests import digesting
from bot.demo.scene import scene
from bot.errors import UserError
from bot.preview.hosting import Hosted
from bot.preview.slack import TEAM
from bot.preview.workspace import TOKEN, PreviewWorkspace, real_settings
from bot.processes.build import build
from bot.processes.store import clock
from bot.processes.web import build_web
from bot.settings import Settings
from bot.slack.leverage_words import COMMAND, SUBCOMMANDS
from bot.sources.http.redaction import redacted

Say = Callable[[str], None]
EVENTS = "/slack/events"
LOOK_SECONDS = 0.2


def refuse_real(environ: Mapping[str, str]) -> None:
    """Raise UserError where a real workspace or store is near."""
    found = real_settings(environ)
    if found:
        raise UserError(
            f"the preview stays off where real settings are ({', '.join(found)}); "
            "unset them, or see it in the terminal: fulcrum demo --terminal"
        )


@contextmanager
def running(settings: Settings, files: Path, store: Path, as_of: date, port: int = 0) -> Iterator[PreviewWorkspace]:
    """The app and its workspace over a store that is filled, until the end of `with`."""
    logs.configure(redacted, logging.WARNING)
    workspace = PreviewWorkspace(
        scene(files), {COMMAND: " | ".join(subcommand.usage for subcommand in SUBCOMMANDS.values())}, port
    )
    admins = frozenset(person.email for person in workspace.scene.people if person.role == "Admin")
    made = build(
        replace(
            settings,
            database_url=f"sqlite:///{store}",
            people="managers",
            admins=admins,
            slack_bot_token=TOKEN,
            slack_signing_secret=workspace.secret,
            slack_api_url=workspace.api_url,
        ),
        now=lambda: _on(as_of),
    )
    web = Hosted(build_web(made.app, made.services.ready))
    web.start()
    workspace.open(f"{web.url}{EVENTS}")
    try:
        with digesting(made.digests, made.services.workspace_for(TEAM), workspace.scene):
            yield workspace
    finally:
        web.stop()
        made.app.close()
        workspace.close()


def run_browser(settings: Settings, files: Path, store: Path, as_of: date, port: int = 0, say: Say = print) -> int:
    """Show it until Ctrl-C or SIGTERM; gives the exit code."""
    ended = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with running(settings, files, store, as_of, port) as workspace:
        say(f"\n  Fulcrum at Larkspur, an invented company:  {workspace.url}\n")
        say("  A preview on this machine alone: no Slack, no account, no key. Ctrl-C ends it.\n")
        if _has_screen():
            webbrowser.open(workspace.url)
        # Another thread may be the one that takes the signal, which leaves a wait without an end asleep.
        while not ended.wait(LOOK_SECONDS):
            pass
    return 0


def _on(day: date) -> datetime:
    """The time now, on the day it plays."""
    return datetime.combine(day, clock().timetz())


def _has_screen() -> bool:
    """Whether a browser would open beside the terminal rather than in it."""
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
