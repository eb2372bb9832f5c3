"""What this process answers is its own while it lives, and is given up when it ends before it is done."""

from __future__ import annotations

from threading import Event

from bot.questions.answers.answer import Answer
from bot.questions.request import AskRequest
from bot.slack.questions.under_way import HOLD_SECONDS
from tests.bot.conftest import Desktop
from tests.fakes.services import seven
from tests.fakes.slack_requests import mention


def test_a_living_process_keeps_what_it_answers_and_gives_up_what_it_cannot_finish(desktop: Desktop) -> None:
    asked, go = Event(), Event()

    def slow(request: AskRequest) -> Answer:
        asked.set()
        go.wait(10)
        return seven(request)

    desktop.services.reply = slow
    desktop.deliver(mention("tokens last month"))
    assert asked.wait(10)
    turn = desktop.services.open[1, "message:C1:100.1"]

    assert turn["text"] == "<@UBOT> tokens last month"
    desktop.app.conversations.under_way.beat()
    assert not desktop.app.close(within=0.05)
    go.set()
    key = [(1, "message:C1:100.1")]
    assert desktop.services.held == [(key, HOLD_SECONDS), (key, 0)]
