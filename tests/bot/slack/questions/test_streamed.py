"""With a model set up: the answer stands at once, the remark comes after it, and neither is lost."""

from __future__ import annotations

from tests.bot.conftest import Desktop
from tests.fakes.slack_api import FakeSlack, Fault
from tests.fakes.slack_requests import command, mention


def test_the_words_stream_before_the_remark_is_there(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.words = "More than the week before."
    desktop.send(mention("tokens last month"))

    started, appended = slack.called("chat.startStream"), slack.called("chat.appendStream")
    assert "It is 7" in started[0].data["markdown_text"]
    assert [call.data["chunks"][0]["status"] for call in appended[:2]] == ["in_progress", "complete"]
    assert "More than the week before" in appended[2].data["markdown_text"]
    assert len(slack.called("chat.stopStream")) == 1
    assert not slack.called("chat.postMessage")


def test_where_no_stream_can_be_had_the_answer_is_posted(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.words = "More than the week before."
    slack.fault("chat.startStream", Fault(error="missing_scope"))
    desktop.send(mention("tokens last month"))

    assert [message["text"] for message in slack.posted("C1")] == ["It is 7."]


def test_what_is_for_the_asker_alone_is_never_streamed(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.words = "More than the week before."
    desktop.send(command("ask tokens last month", slack.hook))

    assert not slack.called("chat.startStream")
    assert slack.whispered()


def test_a_thread_whose_answer_was_streamed_is_known(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.words = "More than the week before."
    desktop.send(mention("tokens last month", ts="7.1"))

    assert (1, "C1", "7.1") in desktop.services.threads
