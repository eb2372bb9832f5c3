"""Readings over the sample organisation, for the rooms that turn them into answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from bot.questions.answers.answer import Answer
from bot.questions.reading import Understood
from bot.settings import Settings
from storage.answer.privacy import OPERATOR, Viewer
from storage.names import Directory
from storage.query import Query
from storage.records import Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "October 2026")
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30), "September 2026")

Ask = Callable[[str], Answer]
Maker = Callable[[Connection, Directory, Understood, Viewer, Settings], Answer]


@dataclass(frozen=True)
class Sample:
    """The sample organisation in a store."""

    connection: Connection
    directory: Directory

    def answer(
        self,
        maker: Maker,
        metric: str,
        period: Period = OCTOBER,
        *,
        echoes: tuple[str, ...] = (),
        viewer: Viewer = OPERATOR,
        settings: Settings | None = None,
        **more: Any,
    ) -> Answer:
        """What the room makes of a query of one metric."""
        reading = Understood(query=Query(metrics=(metric,), period=period, **more), echoes=echoes)
        return maker(self.connection, self.directory, reading, viewer, settings or Settings())
