"""An answer reaches who may read it, where it was asked: whole, piece by piece, or alone."""

from __future__ import annotations

from bot.questions.answers.answer import Answer, Audience, Status
from tests.bot.conftest import Desktop
from tests.fakes.slack_api import FakeSlack, Fault
from tests.fakes.slack_requests import command, mention

FIGURES = Answer(status=Status.ANSWERED, text="Ana used 7.", private=True)


def test_an_answer_goes_out_escaped(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.reply = lambda request: Answer(status=Status.NO_DATA, text=f"Nothing on {request.text!r}.")

    desktop.send(mention("&lt;!channel&gt; <!here|here>"))

    assert slack.posted()[0]["text"] == "Nothing on '&lt;!channel&gt; here'."


def test_a_private_answer_stays_out_of_the_channel(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.reply = lambda request: FIGURES

    desktop.send(mention("my tokens", ts="100.1"))

    assert not slack.posted()
    assert [(message["text"], message["thread_ts"]) for message in slack.whispered("UANA")] == [
        ("Ana used 7.", "100.1")
    ]


def test_the_channel_reads_the_public_sentence_and_the_asker_the_figures(desktop: Desktop, slack: FakeSlack) -> None:
    slack.channel("C1", ["UANA", "UGIL"])
    desktop.services.reply = lambda request: Answer(status=Status.ANSWERED, text="It is 7.", public_text="Sent to you.")

    desktop.send(mention("tokens"))

    assert desktop.services.asked[0].audience is Audience.OPEN
    assert [message["text"] for message in slack.posted()] == ["Sent to you."]
    assert [message["text"] for message in slack.whispered("UANA")] == ["It is 7."]


def test_an_open_channel_gets_nothing_where_there_is_no_public_sentence(desktop: Desktop, slack: FakeSlack) -> None:
    slack.channel("C1", ["UANA", "UGIL"])

    desktop.send(mention("tokens"))

    assert not slack.posted()
    assert [message["text"] for message in slack.whispered("UANA")] == ["It is 7."]


def test_an_asker_who_left_the_channel_gets_the_private_answer_directly(desktop: Desktop, slack: FakeSlack) -> None:
    slack.channel("C1", ["UBO"])
    desktop.services.reply = lambda request: FIGURES

    desktop.send(mention("my tokens"))

    assert not slack.posted("C1")
    assert [message["text"] for message in slack.posted("D-UANA")] == ["Ana used 7."]


def test_a_channel_the_bot_may_not_post_in_gets_its_asker_an_answer(desktop: Desktop, slack: FakeSlack) -> None:
    slack.fault("chat.postMessage", Fault(error="restricted_action"))

    desktop.send(mention("tokens"))

    assert [message["text"] for message in slack.whispered("UANA")] == ["It is 7."]


def test_a_workspace_without_statuses_is_answered_and_not_asked_again(desktop: Desktop, slack: FakeSlack) -> None:
    slack.refused_methods["assistant.threads.setStatus"] = "missing_scope"

    desktop.deliver(mention("tokens", ts="100.1"))
    slack.wait(lambda: slack.posted())
    desktop.deliver(mention("tokens", ts="100.2"))
    desktop.settle()

    assert len(slack.posted()) == 2
    assert len(slack.called("assistant.threads.setStatus")) == 1


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
