"""A conversation's context is kept by workspace and thread: in the store for all processes, or for one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.questions.threads.memory import Memory, ShortMemory, StoreMemory
from storage.engine import reading_engine, writing_engine
from tests.databases import fresh_store

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)

Open = Callable[[], Memory]


@pytest.fixture
def of_the_store(tmp_path: Path) -> Iterator[Open]:
    with fresh_store("sqlite", tmp_path) as url:
        reading, writing = reading_engine(url), writing_engine(url)
        yield lambda: StoreMemory(reading, writing, lambda: NOW)
        reading.dispose()
        writing.dispose()


@pytest.fixture(params=["store", "run"])
def memory(request: pytest.FixtureRequest, of_the_store: Open) -> Memory:
    return of_the_store() if request.param == "store" else ShortMemory()


def test_what_was_saved_last_is_what_a_thread_is_about(memory: Memory) -> None:
    assert memory.load(1, "C1:1") is None
    memory.save(1, "C1:1", {"open": "cost"})
    memory.save(1, "C1:1", {"open": "tokens"})

    assert memory.load(1, "C1:1") == {"open": "tokens"}


def test_another_thread_has_its_own(memory: Memory) -> None:
    memory.save(1, "C1:1", {"open": "cost"})

    assert memory.load(1, "C1:2") is None


def test_the_store_remembers_for_the_next_process_and_a_run_does_not(of_the_store: Open) -> None:
    of_the_store().save(1, "C1:1", {"open": "cost"})

    assert of_the_store().load(1, "C1:1") == {"open": "cost"}
    ShortMemory().save(1, "C1:1", {"open": "cost"})
    assert ShortMemory().load(1, "C1:1") is None


def test_another_workspace_has_its_own() -> None:
    memory = ShortMemory()
    memory.save(1, "C1:1", {"open": "cost"})

    assert memory.load(2, "C1:1") is None
