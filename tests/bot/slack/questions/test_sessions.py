"""A conversation says that it is at work, by its steps, and is called after its first question."""

from __future__ import annotations

from bot.questions.answers.answer import Answer, Status
from bot.slack.questions.sessions import STATUS, STEPS
from tests.bot.conftest import Desktop
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import direct, mention


def test_a_new_conversation_shows_its_steps_and_is_titled_once(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.reply = lambda _: Answer(status=Status.ANSWERED, text="It is 7.")

    desktop.send(direct("tokens   last month", ts="100.1"))
    desktop.send(direct("and Core?", ts="100.5", thread_ts="100.1"))
    desktop.send(mention("cost last month", ts="200.1"))

    statuses = [call.data for call in slack.called("assistant.threads.setStatus")]
    assert {status["status"] for status in statuses} == {STATUS}
    assert statuses[0]["loading_messages"] == list(STEPS)
    (titled,) = slack.called("agents.sessions.rename")
    assert (titled.data["thread_ts"], titled.data["title"]) == ("100.1", "tokens last month")


def test_where_a_workspace_has_no_titles_it_is_tried_once(desktop: Desktop, slack: FakeSlack) -> None:
    slack.refused_methods["agents.sessions.rename"] = "missing_scope"

    desktop.deliver(direct("tokens", ts="100.1"))
    slack.wait(lambda: slack.called("agents.sessions.rename"))
    desktop.deliver(direct("cost", ts="300.1"))
    desktop.settle()

    assert len(slack.called("agents.sessions.rename")) == 1
    assert len(slack.posted()) == 2
