"""What the web process takes in beside Slack's requests: telemetry and import files, each off without its token."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from flask import Flask
from sqlalchemy import Engine

from bot.processes import ingest, telemetry
from bot.processes.ingest import Ingest
from bot.processes.shared import Shared
from bot.processes.telemetry import Folder, TelemetryReceiver
from bot.settings import Settings
from storage import workspaces

log = logging.getLogger(__name__)


class Intake:
    """The receivers whose tokens are set, over one store; `tokens` are theirs, by path."""

    def __init__(
        self,
        settings: Settings,
        reading: Engine,
        writing: Engine,
        now: Callable[[], datetime],
        shared: Shared | None = None,
    ) -> None:
        shared = shared or Shared()
        self.routes: list[Callable[[Flask], None]] = []
        self.tokens: dict[str, str] = {}
        self._folder: Folder | None = None
        with writing.connect() as connection:
            workspace_id = workspaces.chosen(connection, settings.workspace)
        if settings.otlp_token:
            self._folder = Folder(reading, writing, settings.zone, now)
            receiver = TelemetryReceiver(
                settings.otlp_token, workspace_id, reading, writing, now, self._folder.wake, shared
            )
            self.routes.append(receiver.attach)
            self.tokens |= dict.fromkeys(telemetry.PATHS, settings.otlp_token)
        else:
            log.info("no telemetry is received: FULCRUM_OTLP_TOKEN is not set")
        if settings.ingest_token:
            self.routes.append(Ingest(settings.ingest_token, workspace_id, writing, settings.zone, now, shared).attach)
            self.tokens[ingest.PATH] = settings.ingest_token
        else:
            log.info("no files are taken at /ingest: FULCRUM_INGEST_TOKEN is not set")

    @contextmanager
    def folding(self) -> Iterator[None]:
        """Telemetry becomes facts while the block runs."""
        if self._folder is None:
            yield
            return
        self._folder.start()
        try:
            yield
        finally:
            self._folder.close()
