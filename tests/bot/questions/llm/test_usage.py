"""The bot's own use of models, kept like anybody's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import create_engine

from bot.questions import read as reading_rules
from bot.questions.answers.answer import Status
from bot.questions.llm.usage import KEPT, SECONDS, SERVICE, TOOL, Book
from bot.questions.llm.wire import Spent
from bot.settings import Settings
from storage.engine import writing_engine
from storage.load import writes
from storage.load.writes import LoadOf
from storage.records import UsageRecord
from tests.bot.questions.llm.calls import QUESTION, greedy
from tests.bot.questions.llm.conftest import Setup
from tests.bot.questions.llm.world import NOW, Store
from tests.fakes.openai_api import chat

SPENT = Spent(model="gpt-5-mini", reply="r1", input=600, cached=400, output=60, reasoning=20)


def test_the_bots_own_use_is_in_its_own_figures(world: Store, engine: Setup) -> None:
    book = Book(world.writing, lambda: NOW, Settings().zone)
    reader = engine(chat(greedy("tokens_per_employee")), book=book)
    world.ask(reader.read, QUESTION)
    world.ask(reader.read, QUESTION, asker=None)
    book.save()

    answer = world.ask(reading_rules.read, "tokens and cost of fulcrum today", asker=None)

    assert [dict(row.values) for row in answer.rows] == [{"tokens": 2_120, "cost": None}]
    mine = world.ask(reading_rules.read, "my fulcrum requests today")
    assert [dict(row.values) for row in mine.rows] == [{"requests": 1}]


def test_a_store_that_cannot_be_written_costs_no_answer(
    world: Store, engine: Setup, caplog: pytest.LogCaptureFixture
) -> None:
    book = Book(writing_engine("sqlite:////nowhere/at/all.db"), lambda: NOW, Settings().zone)
    reader = engine(chat(greedy("tokens_per_employee")), book=book)

    assert world.ask(reader.read, QUESTION).status is Status.ANSWERED
    book.save()
    assert "own use of models was not saved" in caplog.text


class Saves:
    """What was saved, in place of a store."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.loads: list[tuple[int, list[UsageRecord]]] = []
        monkeypatch.setattr(writes, "save_usage", self._save)

    def _save(self, _engine: Any, load: LoadOf, records: list[UsageRecord]) -> None:
        self.loads.append((load.workspace_id, records))


@pytest.fixture
def saves(monkeypatch: pytest.MonkeyPatch) -> Saves:
    return Saves(monkeypatch)


def book(now: Callable[[], datetime] = lambda: NOW, zone: str = "UTC") -> Book:
    numbers = iter(range(1_000))
    return Book(create_engine("sqlite://"), now, ZoneInfo(zone), lambda: f"n{next(numbers)}")


def test_a_reply_is_a_fact_of_its_asker_in_disjoint_counts_at_list_price(saves: Saves) -> None:
    kept = book(zone="Pacific/Kiritimati")
    kept.note(7, "ana@x.example", SPENT, "asked-for", "openai")
    kept.note(7, None, replace(SPENT, model=""), "asked-for", "elsewhere")
    kept.save()
    ((workspace, (hers, ours)),) = saves.loads

    assert (workspace, hers.subject, hers.tool, hers.model) == (7, "ana@x.example", TOOL, "gpt-5-mini")
    assert (hers.input_tokens, hers.cached_input_tokens, hers.output_tokens, hers.reasoning_tokens) == (
        600,
        400,
        60,
        20,
    )
    assert hers.cost == Decimal("0.00028")
    assert hers.day == NOW.date() + timedelta(days=1)  # it is 14 hours later there
    assert (ours.subject, ours.model, ours.cost, ours.cost_kind) == (SERVICE, "asked-for", None, None)


def test_two_replies_are_two_facts_also_where_the_server_names_them_alike(saves: Saves) -> None:
    kept = book()
    for _ in range(2):
        kept.note(1, None, SPENT, "m", "openai")
    kept.save()

    assert len({record.natural_key for record in saves.loads[0][1]}) == 2


def test_it_is_saved_when_enough_has_come_together_and_never_twice(saves: Saves) -> None:
    kept = book()
    for number in range(KEPT):
        assert saves.loads == []
        kept.note(number % 2, None, SPENT, "m", "openai")
    kept.save()

    assert sorted(workspace for workspace, _ in saves.loads) == [0, 1]
    assert sum(len(records) for _, records in saves.loads) == KEPT


def test_what_has_waited_a_minute_is_saved_with_the_next_reply(saves: Saves) -> None:
    times = iter([NOW, NOW + timedelta(seconds=SECONDS), NOW + timedelta(seconds=SECONDS)])
    kept = book(lambda: next(times))
    kept.note(1, None, SPENT, "m", "openai")
    kept.note(1, None, SPENT, "m", "openai")

    assert [len(records) for _, records in saves.loads] == [2]
