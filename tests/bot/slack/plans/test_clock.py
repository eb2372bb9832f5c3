"""What a watch has to tell is written down once for one cause, for a reader who is still there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select

from bot.digest.service import Digests
from bot.settings import Settings
from bot.slack.api.calls import RetryingCalls
from bot.slack.api.clients import Clients
from bot.slack.api.people import People
from bot.slack.plans.clock import WatchClock
from storage.engine import reading_engine, writing_engine
from storage.tables import OutboxMessage
from tests.budgeted import save_budget_and_watches
from tests.fakes.slack_api import FakeSlack

ENGINEER = "oluwaseun.castillo@larkspur.example"
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


@pytest.fixture
def store(larkspur: str) -> Iterator[Engine]:
    engine = writing_engine(larkspur)
    with engine.begin() as connection:
        save_budget_and_watches(connection, 1, (ENGINEER, "gone@larkspur.example"), NOON)
    yield engine
    engine.dispose()


def test_a_cause_is_told_once_whatever_runs_twice(store: Engine, slack: FakeSlack) -> None:
    slack.user("UENG", ENGINEER)
    clients = Clients(slack.url, 5)
    people = People(RetryingCalls(lambda _: None), lambda: 0.0)
    for _ in range(2):
        reading = reading_engine(str(store.url))
        WatchClock(Digests(reading, Settings(), lambda: NOON), store, lambda _: clients.web("xoxb-1"), people).tick()
        reading.dispose()

    with store.connect() as connection:
        rows = connection.execute(select(OutboxMessage.key, OutboxMessage.channel, OutboxMessage.message)).all()
    ((key, channel, message),) = rows
    assert (key, channel) == ("watch:1:2026-11", "UENG")
    assert "of the budget of whole organisation for November 2026 is used" in message["text"]
