"""What people say to the bot, and what comes back: every way in, through signed requests."""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from bot.errors import UserError
from bot.questions.answers.answer import Answer, Audience, Status
from bot.questions.limits import TOO_LONG
from bot.questions.request import AskRequest
from bot.slack.questions.excuses import SLOW_SLACK
from storage.faults import FULL
from tests.bot.conftest import Desktop
from tests.fakes.slack_api import FakeSlack, Fault
from tests.fakes.slack_requests import command, direct, mention, message, press

FIGURES = Answer(status=Status.ANSWERED, text="Ana used 7.", private=True)


def asked(desktop: Desktop) -> list[str]:
    return [request.text for request in desktop.services.asked]


def test_a_mention_is_answered_in_its_thread_for_the_channels_readers(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.send(mention("tokens last month", ts="100.1"))

    (posted,) = slack.posted("C1")
    assert (posted["thread_ts"], posted["text"]) == ("100.1", "It is 7.")
    assert (posted["unfurl_links"], posted["unfurl_media"]) == (False, False)
    assert desktop.services.asked == [
        AskRequest(
            workspace_id=1,
            text="tokens last month",
            asker_email="ana@northwind.example",
            audience=Audience.MEMBERS,
            thread="C1:100.1",
            where="slack:mention:C1",
            channel="C1",
        )
    ]


def test_a_mention_inside_a_thread_is_answered_in_that_thread(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.send(mention("and Support?", ts="100.7", thread_ts="100.1"))

    assert slack.posted("C1")[0]["thread_ts"] == "100.1"
    assert desktop.services.asked[0].thread == "C1:100.1"


def test_a_direct_message_is_answered_in_its_thread_for_the_asker_alone(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.send(direct("my tokens last month", ts="100.1"))

    assert slack.posted("D-UANA")[0]["thread_ts"] == "100.1"
    assert desktop.services.asked[0].audience is Audience.PRIVATE
    assert not slack.called("conversations.info")


def test_a_command_is_answered_to_the_asker_alone(desktop: Desktop, slack: FakeSlack) -> None:
    response = desktop.send(command("tokens last month", slack.hook))

    assert (response.status_code, response.get_data()) == (200, b"")
    assert [(message["text"], message["response_type"]) for message in slack.whispered()] == [("It is 7.", "ephemeral")]
    assert not slack.posted()
    assert desktop.services.asked[0].audience is Audience.PRIVATE


def test_a_command_whose_way_back_has_ended_is_answered_all_the_same(desktop: Desktop, slack: FakeSlack) -> None:
    slack.hook_uses = 0

    desktop.send(command("tokens last month", slack.hook))

    assert [message["text"] for message in slack.whispered("UANA")] == ["It is 7."]


def test_a_command_in_a_place_the_bot_does_not_know_is_answered_directly(desktop: Desktop, slack: FakeSlack) -> None:
    slack.hook_uses = 0

    desktop.send(command("tokens last month", slack.hook, channel="G-elsewhere"))

    assert [message["text"] for message in slack.posted("D-UANA")] == ["It is 7."]


@pytest.mark.parametrize("text", ["", "help", "privacy", "team", "tool", "ask"])
def test_a_subcommand_with_fixed_words_asks_nothing(desktop: Desktop, slack: FakeSlack, text: str) -> None:
    desktop.send(command(text, slack.hook))

    assert len(slack.whispered()) == 1
    assert not desktop.services.asked


def test_an_empty_mention_gets_three_examples(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.send(mention("  "))

    assert slack.posted("C1")[0]["text"].count("•") == 3


def test_the_same_text_as_mention_and_as_message_is_answered_once(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.deliver(mention("tokens", ts="100.1"))
    desktop.deliver(message("<@UBOT> tokens", ts="100.1"))
    desktop.send(message("<@UBOT> tokens", ts="100.1"))

    assert asked(desktop) == ["tokens"]
    assert len(slack.posted()) == 1


def test_slacks_retries_are_answered_once(desktop: Desktop, slack: FakeSlack) -> None:
    once = mention("tokens")
    for _ in range(4):
        desktop.deliver(once)
    desktop.settle()

    assert len(slack.posted()) == 1


def test_what_was_answered_before_a_restart_is_not_answered_again(desktop: Desktop, slack: FakeSlack) -> None:
    once = mention("tokens")
    desktop.send(once)  # the app is made anew after this
    desktop.send(once)

    assert len(slack.posted()) == 1


def test_the_same_words_said_twice_are_answered_twice(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.send(mention("tokens", ts="100.1"))
    desktop.send(mention("tokens", ts="100.2"))

    assert len(slack.posted()) == 2


def test_a_reply_in_a_thread_the_bot_answered_in_needs_no_mention(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.send(mention("tokens last month", ts="100.1"))
    desktop.send(message("and Support?", ts="100.2", thread_ts="100.1"))

    assert asked(desktop) == ["tokens last month", "and Support?"]
    assert [message["thread_ts"] for message in slack.posted()] == ["100.1", "100.1"]


def test_slacks_markup_reaches_the_engine_as_words(desktop: Desktop) -> None:
    desktop.send(
        mention("cost of <@UBO> in <#C9|platform> &gt; 5 &amp;&amp; &lt; 9, <https://x.example|here> <@UZOE|zoe>")
    )

    assert asked(desktop) == ["cost of bo@northwind.example in team platform > 5 && < 9, here zoe"]


@pytest.mark.parametrize("user", ["UCY", "UEVE", "UGHOST"])
def test_who_cannot_be_told_apart_gets_a_plain_refusal_alone(desktop: Desktop, slack: FakeSlack, user: str) -> None:
    slack.members["C1"].append(user)

    desktop.send(mention("tokens", user=user))

    assert not desktop.services.asked
    assert not slack.posted()
    assert "I cannot tell who you are" in slack.whispered(user)[0]["text"]


def test_an_unconfirmed_address_proves_nothing(desktop: Desktop, slack: FakeSlack) -> None:
    slack.user("UANA", "ana@northwind.example", is_email_confirmed=False)

    desktop.send(direct("my tokens"))

    assert not desktop.services.asked


def test_a_guest_who_comes_in_while_the_answer_is_made_reads_no_figure(desktop: Desktop, slack: FakeSlack) -> None:
    def slow(request: AskRequest) -> Answer:
        slack.members["C1"].append("UGIL")
        desktop.now += 6
        return Answer(status=Status.ANSWERED, text="It is 7.")

    desktop.services.reply = slow
    desktop.send(mention("tokens"))

    assert not slack.posted()
    assert slack.whispered("UANA")


def test_a_press_on_what_only_the_asker_saw_is_answered_to_them_alone(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.send(press("tokens of Platform", thread_ts="", hook=slack.hook, is_ephemeral=True))

    assert desktop.services.asked[0].audience is Audience.PRIVATE
    assert not slack.posted()
    assert len(slack.whispered()) == 1


def test_what_looks_like_markup_in_a_buttons_question_is_only_text(desktop: Desktop) -> None:
    desktop.send(press("tokens of &lt; <@UBO>"))

    assert asked(desktop) == ["tokens of &lt; <@UBO>"]


def test_a_stranger_without_a_team_is_no_colleague(desktop: Desktop, slack: FakeSlack) -> None:
    slack.user("UANA", "ana@northwind.example", is_stranger=True)

    desktop.send(direct("my tokens"))

    assert not desktop.services.asked


def test_one_press_delivered_twice_is_answered_once(desktop: Desktop, slack: FakeSlack) -> None:
    once = press("tokens of Platform")
    desktop.deliver(once)
    desktop.send(once)

    assert len(slack.posted()) == 1


def test_a_failure_says_one_sentence_with_a_ticket_and_the_log_has_the_cause_without_the_words(
    desktop: Desktop, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(request: AskRequest) -> Answer:
        raise RuntimeError(f"cannot read {request.text}") from ZeroDivisionError(request.asker_email)

    desktop.services.reply = broken
    desktop.send(mention("how much did ana use"))

    assert "`ticket01`" in slack.whispered("UANA")[0]["text"]
    assert "ticket ticket01" in caplog.text
    assert "RuntimeError from ZeroDivisionError" in caplog.text
    assert "broken:" in caplog.text
    assert "how much did ana use" not in caplog.text
    assert "northwind" not in caplog.text


def test_a_store_that_is_away_is_said_too(desktop: Desktop, slack: FakeSlack) -> None:
    def away(workspace_id: int, key: str, turn: Mapping[str, Any] | None = None) -> bool:
        raise OSError("no store")

    desktop.services.claim = away  # type: ignore[method-assign]  # the fake's seam

    desktop.send(direct("tokens"))

    assert "ticket01" in slack.posted("D-UANA")[0]["text"]


def test_an_asker_hears_of_a_slack_that_does_not_say_who_they_are(desktop: Desktop, slack: FakeSlack) -> None:
    for _ in range(4):
        slack.fault("users.info", Fault(503))

    desktop.send(command("tokens last month", slack.hook))

    assert [message["text"] for message in slack.messages] == [SLOW_SLACK]


def test_of_a_slack_that_hangs_one_asker_hears_while_others_are_answered(
    desktop: Desktop, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.app.PATIENCE", 0.0)
    desktop.settle()
    slack.fault("users.info", Fault(hang=True))
    slack.fault("conversations.info", Fault(hang=True))

    desktop.deliver(direct("tokens"))
    slack.wait(lambda: slack.called("users.info"))
    for ts in ("200.1", "300.1"):
        desktop.deliver(mention("tokens", ts=ts, user="UBO"))
        slack.wait(lambda: slack.called("conversations.info"))
    slack.wait(lambda: slack.posted("C1"))
    assert not slack.posted("D-UANA"), "Bo has not waited for what hangs for Ana"
    desktop.settle()

    (unread,) = slack.whispered()
    assert [message["text"] for message in slack.posted("D-UANA")] == [SLOW_SLACK]
    assert [message["thread_ts"] for message in slack.posted("C1")] == ["300.1"]
    assert unread["to"] == "UBO", "where it is not known who reads, the answer is the asker's alone"


def test_an_asker_hears_what_is_wrong_with_the_store(desktop: Desktop, slack: FakeSlack) -> None:
    def full(_request: AskRequest) -> Answer:
        raise OSError(errno.ENOSPC, "No space left on device: s3cret")

    desktop.services.reply = full
    desktop.send(command("tokens last month", slack.hook))

    assert [message["text"] for message in slack.messages] == [FULL.asker]


def test_people_who_talk_among_themselves_hear_of_no_failure(desktop: Desktop, slack: FakeSlack) -> None:
    def away(workspace_id: int, channel: str, thread_ts: str) -> bool:
        raise OSError("no store")

    desktop.services.thread_known = away  # type: ignore[method-assign]  # the fake's seam

    desktop.send(message("and you?", thread_ts="99.1"))

    assert not slack.messages


def test_what_a_service_refuses_is_said_in_its_words(desktop: Desktop, slack: FakeSlack) -> None:
    def refuse(request: AskRequest) -> Answer:
        raise UserError("You are not on the roster of <Northwind>.")

    desktop.services.reply = refuse
    desktop.send(mention("tokens"))

    assert slack.whispered("UANA")[0]["text"] == "You are not on the roster of &lt;Northwind&gt;."


@pytest.mark.parametrize("send", [direct, mention, command])
def test_a_novel_is_no_question(desktop: Desktop, slack: FakeSlack, send: Callable[..., Any]) -> None:
    novel = "tokens " * 500
    desktop.send(send(novel, slack.hook) if send is command else send(novel))

    assert not desktop.services.asked
    assert [message["text"] for message in (*slack.posted(), *slack.whispered())] == [TOO_LONG]


def test_a_user_is_looked_up_once_in_a_while(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.deliver(direct("tokens", ts="100.1"))
    slack.wait(lambda: slack.posted())
    desktop.deliver(direct("tokens", ts="100.2"))
    slack.wait(lambda: len(slack.posted()) == 2)
    desktop.now += 601
    desktop.deliver(direct("tokens", ts="100.3"))
    desktop.settle()

    assert len(slack.called("users.info")) == 2


def test_thirty_questions_at_once_are_all_acknowledged_and_answered(desktop: Desktop, slack: FakeSlack) -> None:
    for number in range(30):
        assert desktop.deliver(mention("tokens", ts=f"200.{number}")).status_code == 200
    desktop.settle()

    assert len({message["thread_ts"] for message in slack.posted()}) == 30


def test_no_token_is_in_any_log(desktop: Desktop, slack: FakeSlack, caplog: pytest.LogCaptureFixture) -> None:
    slack.fault("chat.postMessage", Fault(status=500), Fault(error="internal_error"))

    with caplog.at_level("DEBUG"):
        desktop.send(mention("how much did ana use"))

    assert "xoxb-1" not in caplog.text
    assert "how much did ana use" not in caplog.text
