"""Questions to the sample organisation, on its day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.questions.answers.answer import Answer
from bot.questions.pipeline import Questions
from bot.questions.read import read
from bot.questions.reading import World
from bot.questions.request import AskRequest
from bot.questions.threads.memory import ShortMemory
from bot.settings import Settings
from storage.engine import reading_engine, writing_engine
from storage.names import read_directory
from tests.conftest import LARKSPUR_DAY

Asked = Callable[..., Answer]


@pytest.fixture
def world(larkspur_store: Path) -> Iterator[World]:
    engine = reading_engine(f"sqlite:///{larkspur_store}")
    with engine.connect() as connection:
        yield World(directory=read_directory(connection, 1), as_of=LARKSPUR_DAY)
    engine.dispose()


@pytest.fixture
def ask(larkspur: str) -> Iterator[Asked]:
    """The answer to the operator, or with an e-mail to that person."""
    reading, writing = reading_engine(larkspur), writing_engine(larkspur)
    noon = datetime(2026, 11, 18, 12, tzinfo=ZoneInfo("UTC"))
    questions = Questions(reading, writing, Settings(), ShortMemory(), read, lambda: noon)

    def asked(text: str, email: str | None = None) -> Answer:
        return questions.ask(AskRequest(workspace_id=1, text=text, asker_email=email, operator=email is None))

    yield asked
    reading.dispose()
    writing.dispose()
