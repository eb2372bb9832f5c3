"""The page of a scorecard comes to who pressed, as they may see it, and to nobody else."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import replace

import pytest
from slack_bolt import App

from bot.questions.answers.answer import Answer, Status
from bot.settings import Settings
from bot.slack.questions.blocks import PAGE
from bot.slack.questions.scorecard import SENT, attach
from bot.slack.tools import Tools
from tests.bot.questions.cards import part, scorecard
from tests.bot.slack.desks import Desk
from tests.fakes.services import FakeServices
from tests.fakes.slack_api import FakeSlack


@pytest.fixture
def services() -> FakeServices:
    return FakeServices(lambda _: scorecard(*(part(name, 0.5) for name in "abc")))


@pytest.fixture
def desk(slack: FakeSlack, services: FakeServices) -> Desk:
    def attached(app: App, tools: Tools, pool: Executor) -> None:
        attach(lambda _: Settings())(app, replace(tools, services=services), pool)

    return Desk(slack, attached)


def test_a_press_brings_picture_and_pdf_into_the_conversation_of_who_pressed(
    desk: Desk, slack: FakeSlack, services: FakeServices
) -> None:
    desk.click(PAGE, "scorecard for Core in October 2026", user="UBO")

    assert [(asked.text, asked.asker_email) for asked in services.asked] == [
        ("scorecard for Core in October 2026", "bo@northwind.example")
    ]
    assert [file["bytes"][:4] for file in slack.files.values()] == [b"\x89PNG", b"%PDF"]
    assert {call.data["channel_id"] for call in slack.called("files.completeUploadExternal")} == {"D-UBO"}
    assert SENT in str(slack.whispered("UBO"))


def test_who_may_not_see_it_gets_the_reason_and_no_file(desk: Desk, slack: FakeSlack, services: FakeServices) -> None:
    services.reply = lambda _: Answer(status=Status.DENIED, text="This group is too small.")

    desk.click(PAGE, "scorecard for Core")

    assert "too small" in desk.told()
    assert not slack.files
