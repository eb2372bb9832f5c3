"""Digests in Slack: signed requests to the real app over a real store."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.slack.digest.blocks import CHOICE, PAUSE, RHYTHM
from tests.bot.slack.digest.rooms import ANA, Room
from tests.fakes.slack_requests import command, press


def test_subscribe_opens_a_form_that_slack_takes_and_its_answer_is_kept(room: Room) -> None:
    room.send(command("subscribe", room.slack.hook))
    teams = next(block for block in room.form()["blocks"] if block["block_id"] == "team")

    response = room.submit(team="Care", day="5", time="07:30", zone="Europe/Berlin")

    assert [option["value"] for option in teams["element"]["options"]] == ["*", "Build", "Care"]
    assert response.get_data(as_text=True) == ""
    (kept,) = room.subscriptions()
    assert (kept.channel, kept.team, kept.weekday, kept.minute, kept.zone) == ("C1", "Care", 5, 450, "Europe/Berlin")
    assert (kept.owner, kept.email, kept.parts) == ("UANA", ANA, ("teams", "cost"))
    assert "The first one comes Friday, 27 March at 07:30" in room.told()


def test_a_person_subscribes_for_themselves(room: Room) -> None:
    room.send(command("subscribe me", room.slack.hook))
    place = next(block for block in room.form()["blocks"] if block["block_id"] == "place")
    room.submit(place="me", channel=None)

    assert place["element"]["initial_option"]["value"] == "me"
    assert [(subscription.channel, subscription.direct) for subscription in room.subscriptions()] == [("UANA", True)]


@pytest.mark.parametrize(
    ("field", "value"), [("zone", "Middle-earth/Shire"), ("zone", "../etc/passwd"), ("channel", None), ("time", None)]
)
def test_what_is_wrong_with_the_form_is_said_beside_its_field(room: Room, field: str, value: Any) -> None:
    room.send(command("subscribe", room.slack.hook))

    response = room.submit(**{field: value})

    assert response.json["response_action"] == "errors"
    assert list(response.json["errors"]) == [field]
    assert room.subscriptions() == []


@pytest.mark.parametrize("action", [RHYTHM, PAUSE, f"{CHOICE}:accept"])
def test_a_press_that_is_none_of_ours_is_acknowledged_and_changes_nothing(room: Room, action: str) -> None:
    room.send(command("subscribe", room.slack.hook))
    room.submit()
    before = room.subscriptions()

    for value in ("", "{", "[1]", "7", "null", '{"subscription": "1"}', '{"subscription": 1, "every": 0}', "[" * 9000):
        pressed = press(value, hook=room.slack.hook)
        pressed["actions"][0]["action_id"] = action
        if action == PAUSE and "every" in value:
            continue
        assert room.send(pressed).status_code == 200
    assert room.subscriptions() == before


def test_every_second_week_by_the_form_and_by_the_button(room: Room) -> None:
    room.send(command("subscribe", room.slack.hook))
    rhythm = next(block for block in room.form()["blocks"] if block["block_id"] == "every")
    room.submit(every="2")
    (kept,) = room.subscriptions()
    room.send(command("subscribe", room.slack.hook))
    room.submit(every="1")
    pressed = press(json.dumps({"subscription": kept.id, "every": 2}), hook=room.slack.hook)
    pressed["actions"][0]["action_id"] = RHYTHM

    room.send(pressed)

    assert [option["value"] for option in rhythm["element"]["options"]] == ["1", "2"]
    assert kept.every == 2
    assert [subscription.every for subscription in room.subscriptions()] == [2]
    assert "every second Tuesday" in room.told()


def test_other_words_of_the_command_stay_questions(room: Room) -> None:
    room.send(command("tokens last month", room.slack.hook))

    assert room.told() == "It is 7."
