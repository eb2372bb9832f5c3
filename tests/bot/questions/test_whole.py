"""An answered question in words that ask it alone."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.questions.pipeline import Questions
from bot.questions.read import read
from bot.questions.request import AskRequest
from bot.questions.threads.memory import ShortMemory
from bot.questions.whole import whole_question
from bot.settings import Settings
from storage.engine import reading_engine
from tests.conftest import LARKSPUR_DAY

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


def test_replies_and_steps_become_whole_questions_whose_days_move_along(larkspur_store: object) -> None:
    reading = reading_engine(f"sqlite:///{larkspur_store}")
    questions = Questions(reading, reading, Settings(), ShortMemory(), read, lambda: NOON)

    def whole(text: str, asks: str) -> str:
        request = AskRequest(workspace_id=1, text=text, asker_email=None, operator=True, as_of=LARKSPUR_DAY)
        (understood,) = read(asks, questions.world(request, LARKSPUR_DAY), None)
        return whole_question(questions, request, understood.query.to_json())  # type: ignore[union-attr]

    told = {
        ("tokens by team last month", "tokens by team last month"): "tokens by team last month",
        ("and Checkout?", "tokens of Checkout last week"): "tokens, Checkout, last week",
        ("by model", "cost by model last 28 days"): "cost, by model, last 28 days",
        ("tokens, October 2026", "tokens last month"): "tokens, last month",
        ("and Q3?", "cost in week 30"): "cost, week 30 (20-26 Jul 2026)",
        ("and those?", "teams with fewer than five active people last month"): "",
    }
    assert {asked: whole(*asked) for asked in told} == told
    assert (
        whole_question(questions, AskRequest(workspace_id=1, text="x", asker_email=None, operator=True), {"metrics": 3})
        == ""
    )
    reading.dispose()
