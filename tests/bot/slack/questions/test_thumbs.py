"""A thumb under an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from slack_sdk.models.blocks import ContextActionsBlock

from bot.questions.request import AskRequest
from bot.slack.questions.blocks import render
from bot.slack.questions.thumbs import read, thumbs
from tests.bot.conftest import Desktop
from tests.fakes.services import seven
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import mention


def test_an_answer_carries_the_number_of_its_question(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.reply = lambda request: replace(seven(request), number=12)
    desktop.send(mention("tokens last month"))

    (posted,) = slack.posted("C1")
    assert posted["blocks"][-1] == thumbs(12).to_dict()


def test_an_answer_without_a_number_has_no_thumbs() -> None:
    (message,) = render(seven(AskRequest(workspace_id=1, text="tokens", asker_email="ana@acme.example")))

    assert all(block.type != ContextActionsBlock.type for block in message.rich)


@pytest.mark.parametrize("value", ["", "down", "down:", "sideways:1", "down:1; drop", "down:¹", "up:-1"])
def test_a_value_that_is_not_ours_is_no_thumb(value: str) -> None:
    assert read(value) is None
