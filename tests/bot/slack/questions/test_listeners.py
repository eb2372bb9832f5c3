"""Questions in Slack, whatever way they come: what is one, and what is left alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.questions.answers.answer import Answer, Audience, Option, Status
from bot.questions.request import AskRequest
from bot.slack.questions.thumbs import NOT_YOURS, NOTED_UP, WRONG
from tests.bot.conftest import Desktop
from tests.fakes.services import seven
from tests.fakes.slack_api import BOT, FakeSlack
from tests.fakes.slack_requests import command, direct, event, mention, message, own_message, press


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("ask how many tokens", "how many tokens"),
        ("top", "top 5 teams by tokens per employee last month"),
        ("me", "my tokens last month"),
        ("trend", "weekly tokens per employee, last 12 weeks"),
        ("top teams by cost", "top teams by cost"),
        ("TEAM Platform", "tokens per employee of team Platform last month compared with the previous month"),
        ("tool claude code", "adoption rate of claude code by team last month"),
    ],
)
def test_a_subcommand_asks_its_question(desktop: Desktop, slack: FakeSlack, text: str, question: str) -> None:
    desktop.send(command(text, slack.hook))

    assert asked(desktop) == [question]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("ok", Answer(status=Status.ANSWERED, text="I know tokens, cost, …")),
        ("thanks, lunch?", Answer(status=Status.UNSUPPORTED, text="That is nothing I record.")),
        (
            "you choose",
            Answer(status=Status.CLARIFY, text="Which?", options=(Option(label="cost", ask="cost"),)),
        ),
        ("fine with me", Answer(status=Status.CLARIFY, text="I did not understand “fine”.")),
        ("I think Growth spent more in May", seven(AskRequest(workspace_id=1, text="", asker_email=None))),
    ],
)
def test_what_people_say_to_each_other_in_a_thread_gets_silence(
    desktop: Desktop, slack: FakeSlack, words: str, answer: Answer
) -> None:
    desktop.send(mention("tokens last month", ts="100.1"))
    desktop.services.reply = lambda request: answer
    desktop.send(message(words, ts="100.2", thread_ts="100.1"))

    assert [message["text"] for message in slack.posted()] == ["It is 7."]
    assert slack.whispered() == []


def test_other_threads_and_talk_in_a_channel_are_left_alone(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.send(mention("tokens last month", ts="100.1"))
    for other in (
        message("what about lunch?", ts="100.2"),
        message("yes", ts="100.3", thread_ts="99.1"),
        message("<@UBO> what do you think?", ts="100.4", thread_ts="100.1"),
        message("", ts="100.5", thread_ts="100.1"),
    ):
        assert desktop.send(other).status_code == 200

    assert asked(desktop) == ["tokens last month"]


@pytest.mark.parametrize(
    "unwanted",
    [
        own_message(),
        direct("hello", bot_id="B2"),
        direct("hello", user="UBOT", bot_id=BOT),
        message("x", channel_type="im", channel="D1", subtype="message_changed", hidden=True),
        message("x", channel_type="im", channel="D1", subtype="message_deleted"),
        message("x", channel_type="im", channel="D1", subtype="bot_message"),
        message("x", channel_type="im", channel="D1", subtype="channel_topic"),
        event({"type": "message", "channel_type": "im", "channel": "D1", "ts": "1.1", "text": "nobody said this"}),
        mention("hello", bot_id="B2"),
        mention("hello", user="UBOT"),
        mention("hello", user="UHAL"),
    ],
)
def test_bots_edits_and_the_bots_own_words_are_acknowledged_and_ignored(
    desktop: Desktop, slack: FakeSlack, unwanted: dict[str, object]
) -> None:
    assert desktop.send(unwanted).status_code == 200

    assert not desktop.services.asked
    assert not slack.messages


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_a_question_with_a_file_or_shown_in_the_channel_too_is_a_question(
    desktop: Desktop, slack: FakeSlack, subtype: str
) -> None:
    desktop.send(direct("tokens last month", subtype=subtype))

    assert asked(desktop) == ["tokens last month"]


def test_a_clarification_offers_buttons_and_a_press_answers_in_the_same_thread(
    desktop: Desktop, slack: FakeSlack
) -> None:
    options = (Option(label="Platform", ask="tokens of team Platform, R&D"),)
    desktop.services.reply = lambda request: Answer(status=Status.CLARIFY, text="Which?", options=options)
    desktop.send(mention("tokens of plat", ts="100.1"))
    button = slack.posted()[0]["blocks"][-1]["elements"][0]
    desktop.services.reply = lambda request: Answer(status=Status.ANSWERED, text="It is 7.")

    desktop.send(press(button["value"], thread_ts="100.1", user="UBO"))

    assert slack.posted()[-1]["thread_ts"] == "100.1"
    again = desktop.services.asked[-1]
    assert (again.text, again.asker_email) == ("tokens of team Platform, R&D", "bo@northwind.example")
    assert (again.thread, again.audience) == ("C1:100.1", Audience.MEMBERS)


def thumb(value: str, user: str = "UANA") -> dict[str, Any]:
    pressed = press(value, user=user)
    pressed["actions"][0] |= {"type": "feedback_buttons", "action_id": "feedback"}
    return pressed


def test_a_thumb_is_kept_for_who_pressed_it_and_they_hear_so(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.send(thumb("up:12"))
    desktop.send(thumb("up:12", "UBO"))

    assert desktop.services.votes == [(1, 12, f"{who}@northwind.example", "up", "") for who in ("ana", "bo")]
    assert [message["text"] for message in slack.whispered()] == [NOTED_UP, NOT_YOURS]
    assert not slack.posted()


def test_of_a_bad_answer_it_is_asked_what_was_wrong_and_said_that_it_was_noted(
    desktop: Desktop, slack: FakeSlack
) -> None:
    desktop.send(thumb("down:12"))
    (opened,) = slack.called("views.open")
    form = opened.data["view"]
    form = json.loads(form) if isinstance(form, str) else form
    values = {
        "kind": {"kind": {"type": "radio_buttons", "selected_option": {"value": WRONG[0]}}},
        "words": {"words": {"type": "plain_text_input", "value": "I meant\nQ3"}},
    }
    user = {"id": "UANA", "team_id": "T1"}
    sent = {"type": "view_submission", "team": {"id": "T1"}, "user": user}

    response = desktop.send({**sent, "view": {**form, "id": "V1", "hash": "1", "state": {"values": values}}})

    assert desktop.services.votes == [
        (1, 12, "ana@northwind.example", "down", ""),
        (1, 12, "ana@northwind.example", "down", f"{WRONG[0]}: I meant Q3"),
    ]
    assert "Noted." in str(response.get_json(force=True)["view"])


def asked(desktop: Desktop) -> list[str]:
    return [request.text for request in desktop.services.asked]


def test_a_message_or_a_reply_teaches_a_word_and_talk_that_teaches_nothing_is_left_alone(
    desktop: Desktop, slack: FakeSlack
) -> None:
    desktop.send(mention("fuel means cost", ts="100.1"))
    desktop.send(message("squad A means Core", ts="100.3", thread_ts="100.1"))
    desktop.send(message("silence means Nowhere", ts="100.4", thread_ts="100.1"))
    assert [text for _, text in desktop.services.lessons] == ["fuel means cost", "squad A means Core"]
    assert [posted["text"] for posted in slack.posted("C1")] == ["Learned.", "Learned."]

    desktop.send(mention("squad means Nowhere", ts="200.1"))
    assert slack.whispered("UANA")[-1]["text"] == "I know no Nowhere."
    assert not desktop.services.asked


def test_a_word_that_was_not_understood_can_be_taught_below_the_question_back(
    desktop: Desktop, slack: FakeSlack
) -> None:
    desktop.services.reply = lambda _: Answer(
        status=Status.CLARIFY, text="I did not understand “fuel”.", unknown="fuel"
    )

    desktop.send(mention("fuel last month"))

    assert "Teach me “fuel”" in str(slack.posted("C1")[-1]["blocks"])
