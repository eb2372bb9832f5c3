"""`/leverage watches` and `/leverage budgets`: signed requests to a real app, answered to who asked alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from slack_bolt import App, BoltRequest
from sqlalchemy import Engine

from bot.settings import Settings
from bot.slack.plans import listeners
from bot.slack.plans.desk import PlanDesk
from bot.slack.plans.messages import NONE_YET
from tests.bot.slack.questions.tooling import tools_of
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import SECRET, body, command, headers

ANA = "ana@northwind.example"
NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)


def ask(slack: FakeSlack, engine: Engine, words: str, admins: tuple[str, ...] = ()) -> str:
    tools, pool, listening = tools_of(slack), ThreadPoolExecutor(1), ThreadPoolExecutor(1)
    app = App(
        name="fulcrum",  # or it looks through the whole stack for one
        token="xoxb-1",
        signing_secret=SECRET,
        client=tools.clients.web("xoxb-1"),
        token_verification_enabled=False,
        listener_executor=listening,
    )
    listeners.attach(PlanDesk(engine, engine, lambda _: Settings(admins=frozenset(admins)), lambda: NOON))(
        app, tools, pool
    )
    raw, kind = body(command(words, ""))
    response = app.dispatch(BoltRequest(body=raw, headers={**headers(raw, kind)}))
    listening.shutdown(wait=True)
    pool.shutdown(wait=True)
    assert response.status == 200
    assert not slack.posted("C1")
    return str(slack.whispered("UANA")[-1])


@pytest.mark.parametrize(
    ("text", "ours"),
    [("watches", True), (" Budgets ", True), ("budgets of last year", False), ("watch cost", False)],
)
def test_our_words_are_ours(text: str, ours: bool) -> None:
    assert listeners.is_ours({"text": text}) is ours


def test_ones_watches_and_the_budgets_come_to_who_asked(slack: FakeSlack, engine: Engine) -> None:
    assert NONE_YET[:20] in ask(slack, engine, "watches")
    assert "Set a budget" not in ask(slack, engine, "budgets")
    assert "Set a budget" in ask(slack, engine, "budgets", (ANA,))
    assert "Set a target" not in ask(slack, engine, "targets")
    assert "Set a target" in ask(slack, engine, "targets", (ANA,))
