"""One thing somebody said to the bot, whatever way it came in."""

from __future__ import annotations

from typing import Any

from slack_bolt import BoltContext

from bot.slack.questions.turn import of_button, of_command, of_home, of_message, own_id
from tests.fakes.slack_requests import command, mention, message, press


def context(**more: Any) -> BoltContext:
    return BoltContext({"team_id": "T1", "bot_user_id": "UBOT"} | more)


def of(data: dict[str, Any], where: str = "mention") -> Any:
    return of_message(data["event"], data, context(), where)


def test_the_same_words_as_mention_and_as_message_have_one_claim_and_two_messages_two() -> None:
    assert of(mention("tokens", ts="7.1")).claim == of(message("tokens", ts="7.1"), "thread").claim
    assert of(mention("tokens", ts="7.1")).claim != of(mention("tokens", ts="7.2")).claim


def test_a_message_is_answered_in_its_thread_or_begins_one() -> None:
    assert of(mention("tokens", ts="7.1")).thread_ts == "7.1"
    assert of(mention("tokens", ts="7.2", thread_ts="7.1")).thread == "C1:7.1"


def test_only_what_was_said_in_a_thread_is_overheard() -> None:
    assert of(message("and Support?"), "thread").overheard
    assert not of(mention("tokens")).overheard
    assert of(message("tokens", channel="D-UANA"), "direct message").direct


def test_a_command_is_whispered_and_claimed_by_its_trigger() -> None:
    data = command("tokens", "https://hooks.example/1")

    turn = of_command(data, data, context())

    assert (turn.whisper, turn.thread, turn.response_url) == (True, None, "https://hooks.example/1")
    assert turn.claim == f"command:{data['trigger_id']}"
    without = of_command({**data, "trigger_id": ""}, data, context())
    assert without.claim == of_command({**data, "trigger_id": ""}, data, context()).claim != turn.claim


def test_a_press_asks_what_its_button_says_in_the_buttons_thread() -> None:
    data = press("a < b", thread_ts="7.1", hook="https://hooks.example/1")

    turn = of_button(data["actions"][0], data, context())

    assert (turn.text, turn.thread_ts, turn.whisper, turn.response_url) == ("a &lt; b", "7.1", False, "")
    hidden = press("x", hook="https://hooks.example/1", is_ephemeral=True)
    seen = of_button(hidden["actions"][0], hidden, context())
    assert (seen.whisper, seen.response_url) == (True, "https://hooks.example/1")


def test_a_press_whose_thread_slack_does_not_say_has_the_one_it_carries() -> None:
    data = press("x", thread_ts="7.1")
    data["container"].pop("thread_ts")

    assert of_button(data["actions"][0], data, context()).thread_ts == "7.1"


def test_a_question_on_home_is_asked_in_the_conversation_with_the_bot() -> None:
    data = press("tokens")

    turn = of_home(data["actions"][0], data, context(), "D-UANA")

    assert (turn.channel, turn.direct, turn.thread, turn.where) == ("D-UANA", True, None, "home")


def test_the_bots_own_id_is_the_events_else_the_tokens() -> None:
    assert (
        own_id({"authorizations": [{"user_id": "UX", "is_bot": False}, {"user_id": "UB", "is_bot": True}]}, context())
        == "UB"
    )
    assert own_id({}, context()) == "UBOT"
