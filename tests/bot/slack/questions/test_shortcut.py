"""The shortcut "Ask Fulcrum": its form opens, and what is asked there is answered to who asked alone."""

from __future__ import annotations

import json

from bot.preview import requests
from bot.preview.checks import view_problems
from bot.questions.answers.answer import Audience
from bot.slack.questions.shortcut import QUESTION, QUESTION_FORM, SHORTCUT, question_form
from tests.bot.conftest import Desktop
from tests.fakes.slack_api import FakeSlack


def test_the_shortcut_opens_a_form_that_slack_takes(desktop: Desktop, slack: FakeSlack) -> None:
    response = desktop.send(requests.interaction("shortcut", "UANA", callback_id=SHORTCUT, trigger_id="1.1.a"))

    assert response.status_code == 200
    (opened,) = slack.called("views.open")
    view = opened.data["view"]
    assert (json.loads(view) if isinstance(view, str) else view)["callback_id"] == QUESTION_FORM
    assert view_problems(question_form().to_dict(), "modal") == []


def test_what_is_asked_in_the_form_is_answered_to_who_asked_alone(desktop: Desktop, slack: FakeSlack) -> None:
    state = {"values": {QUESTION: {QUESTION: {"type": "plain_text_input", "value": "tokens <last> month"}}}}
    view = {"type": "modal", "id": "V1", "hash": "h", "callback_id": QUESTION_FORM, "state": state}

    desktop.send(requests.interaction("view_submission", "UANA", view=view, trigger_id="1.2.a"))

    (request,) = desktop.services.asked
    assert (request.text, request.audience, request.channel) == ("tokens <last> month", Audience.PRIVATE, "")
    assert [posted["text"] for posted in slack.posted("D-UANA")] == ["It is 7."]
