"""What people ask of digests in Slack, each answered to who asked alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from bot.digest.actions import ActionChoice
from bot.slack.digest.blocks import PAUSE
from storage.tables import Feedback
from tests.bot.slack.digest.rooms import ANA, Room
from tests.fakes.slack_requests import command, press


def test_a_pressed_pause_holds_the_digest_until_it_is_subscribed_again(room: Room) -> None:
    room.send(command("subscribe", room.slack.hook))
    room.submit()
    (kept,) = room.subscriptions()
    pressed = press(json.dumps({"subscription": kept.id}), hook=room.slack.hook)
    pressed["actions"][0]["action_id"] = PAUSE

    room.send(pressed)

    assert room.subscriptions() == []
    assert "Paused: the weekly digest of the whole organisation" in room.told()
    room.send(command("subscribe", room.slack.hook))
    room.submit()
    assert [subscription.id for subscription in room.subscriptions()] == [kept.id]


def test_unsubscribe_ends_the_digests_of_the_place(room: Room) -> None:
    room.send(command("subscribe", room.slack.hook))
    room.submit()
    room.send(command("unsubscribe", room.slack.hook))

    assert room.subscriptions() == []
    assert "1 digest ends here" in room.told()
    room.send(command("unsubscribe", room.slack.hook))
    assert "No digest is subscribed here" in room.told()


def test_what_somebody_else_set_up_ends_only_when_it_is_said_twice_and_they_are_told(room: Room) -> None:
    room.send(command("subscribe", room.slack.hook))
    room.submit()
    room.send(command("unsubscribe", room.slack.hook, user="UBO"))

    assert len(room.subscriptions()) == 1
    assert "set up what comes here. To end it all the same: `/leverage unsubscribe anyway`" in room.told()

    room.send(command("unsubscribe anyway", room.slack.hook, user="UBO"))

    assert room.subscriptions() == []
    (told,) = [message for message in room.slack.posted() if "ended the weekly digest" in message["text"]]
    assert told["channel"] == "D-UANA"  # the conversation of the bot with who set it up


def test_a_preview_is_for_the_asker_alone_with_its_buttons_and_thread(room: Room) -> None:
    room.send(command("digest preview care", room.slack.hook))

    assert room.slack.posted() == []
    first = room.slack.whispered()[0]
    assert first["text"].startswith("W12, Care (7 people): nothing stands out, but too small a team to tell.")
    assert "triage &amp; &lt;co&gt;" in first["text"]
    buttons = next(block for block in first["blocks"] if block["type"] == "actions")["elements"]
    assert [button["text"]["text"] for button in buttons] == ["Accept", "Not now", "Not useful"]
    assert len(room.slack.whispered()) > 3


def test_a_stranger_gets_no_preview(room: Room) -> None:
    room.send(command("digest preview", room.slack.hook, user="UCY"))

    assert "no confirmed e-mail address" in room.told()


def test_now_posts_each_week_once_and_only_where_somebody_subscribed(room: Room) -> None:
    room.send(command("digest now", room.slack.hook))
    assert "No digest is subscribed here" in room.told()
    room.send(command("subscribe", room.slack.hook))
    room.submit()

    room.send(command("digest now", room.slack.hook))
    room.send(command("digest now", room.slack.hook))

    tops = [message for message in room.slack.posted("C1") if not message.get("thread_ts")]
    assert [message["text"][:3] for message in tops] == ["W12"]
    assert "each week comes once" in room.told()


@pytest.mark.parametrize("choice", [ActionChoice.ACCEPT, ActionChoice.NOT_USEFUL])
def test_a_press_is_kept_told_to_the_adviser_and_thanked_for(room: Room, choice: ActionChoice) -> None:
    room.send(pressed(choice.value))

    assert room.advice.heard == [(room.workspace_id, "triage & <co>", choice, ANA)]
    assert "Noted" in room.told()
    with room.reading.connect() as connection:
        kept = connection.execute(select(Feedback.week, Feedback.person, Feedback.choice)).all()
    assert kept == [("2026-W12", "UANA", choice.value)]


def test_what_the_adviser_refuses_is_said(room: Room) -> None:
    room.send(pressed("not now"))

    assert room.told() == "That is not yours to decide."


def pressed(choice: str) -> dict[str, Any]:
    data = press(json.dumps({"week": "2026-W12", "workflow": "triage & <co>"}))
    data["actions"][0] |= {"action_id": f"digest:{choice}", "block_id": "digest:2026-W12"}
    return data
