"""A store with the sample organisation, to read alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.questions import read as reading_rules
from bot.questions.pipeline import Questions
from bot.questions.request import AskRequest
from bot.questions.threads.memory import ShortMemory
from bot.settings import Settings
from storage.engine import reading_engine, writing_engine
from storage.names import read_directory
from tests.bot.questions.answers.sample import Ask, Sample
from tests.conftest import LARKSPUR_DAY


@pytest.fixture
def sample(larkspur_store: Path) -> Iterator[Sample]:
    engine = reading_engine(f"sqlite:///{larkspur_store}")
    with engine.connect() as connection:
        yield Sample(connection, read_directory(connection, 1))
    engine.dispose()


@pytest.fixture
def ask(larkspur: str) -> Iterator[Ask]:
    reading, writing = reading_engine(larkspur), writing_engine(larkspur)
    questions = Questions(reading, writing, Settings(), ShortMemory(), reading_rules.read)
    yield lambda text: questions.ask(
        AskRequest(workspace_id=1, text=text, asker_email=None, operator=True, as_of=LARKSPUR_DAY)
    )
    reading.dispose()
    writing.dispose()
