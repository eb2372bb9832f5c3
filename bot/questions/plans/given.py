"""Which room answers which question that is no plain one; each is brought in when asked, so that no other waits."""

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
        given: Answering = getattr(import_module(f"bot.questions.{module}"), name)
        return given(connection, directory, reading, viewer, settings, as_of)

    return answer


ANSWERS: Mapping[Intent, Answering] = {
    Intent.FORECAST: _later("plans.forecasts", "predict"),
    Intent.PASSING: _later("plans.passing", "passing"),
    Intent.BUDGET: _later("plans.budgets", "answer"),
    Intent.BUDGET_MONTHS: _later("plans.budget_months", "answer"),
    Intent.TARGETS: _later("plans.targets", "answer"),
    Intent.SCORED: _later("plans.scored", "answer"),
    Intent.WHAT_IF: _later("looks.whatif", "answer"),
    Intent.HISTOGRAM: _later("looks.histogram", "answer"),
    Intent.EVENT: _later("looks.events", "answer"),
    Intent.COHORTS: _later("looks.cohorts", "cohorts"),
    Intent.LAST_USE: _later("looks.cohorts", "last_use"),
    Intent.SEAT_START: _later("looks.seat_starts", "answer"),
    Intent.WATCH: _later("plans.watching", "answer"),
}
