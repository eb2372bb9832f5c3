"""A press on an answer's own buttons: thumbs are kept for who asked, the math opens for who pressed."""

from __future__ import annotations

from dataclasses import replace

from bot.questions.answers.answer import Audience
from bot.questions.answers.following import Following
from tests.bot.conftest import Desktop
from tests.fakes.services import seven
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import mention, press


def test_the_math_of_an_answer_opens_in_a_modal(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.reply = lambda request: replace(seven(request), number=12, query={"metrics": ["tokens"]})
    desktop.send(mention("tokens last month"))
    (posted,) = slack.posted("C1")
    (actions,) = [block for block in posted["blocks"] if block["type"] == "actions"]
    (button,) = actions["elements"]
    assert (button["text"]["text"], button["value"]) == ("Show the math", "12")

    pressed = press(button["value"])
    pressed["actions"][0] |= {"action_id": button["action_id"]}
    desktop.send(pressed)

    (opened,), (completed,) = slack.called("views.open"), slack.called("views.update")
    assert "The math of 12" in str(opened.data["view"])
    assert "as you may see them" in str(completed.data["view"])
    ((request, number, following),) = desktop.services.followed
    assert (request.asker_email, request.audience, number) == ("ana@northwind.example", Audience.PRIVATE, 12)
    assert following is Following.SAME
