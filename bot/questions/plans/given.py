"""Which room answers which question about plans; each is brought in when it is asked, so that no other waits for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module

from sqlalchemy import Connection

from bot.questions.answers.answer import Answer
from bot.questions.reading import Intent, Understood
from bot.settings import Settings
from storage.answer.privacy import Viewer
from storage.names import Directory

Answering = Callable[[Connection, Directory, Understood, Viewer, Settings, date | None], Answer]


def _later(module: str, name: str) -> Answering:
    def answer(
        connection: Connection,
        directory: Directory,
        reading: Understood,
        viewer: Viewer,
        settings: Settings,
        as_of: date | None = None,
    ) -> Answer:
        given: Answering = getattr(import_module(f"bot.questions.plans.{module}"), name)
        return given(connection, directory, reading, viewer, settings, as_of)

    return answer


ANSWERS: Mapping[Intent, Answering] = {
    Intent.FORECAST: _later("forecasts", "predict"),
    Intent.PASSING: _later("passing", "passing"),
    Intent.BUDGET: _later("budgets", "answer"),
    Intent.BUDGET_MONTHS: _later("budget_months", "answer"),
    Intent.SCORED: _later("scored", "answer"),
    Intent.TARGETS: _later("targets", "answer"),
    Intent.WATCH: _later("watching", "answer"),
}
