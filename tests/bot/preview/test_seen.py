"""What one person sees: the places they are in, what is for everybody or for them alone, and nothing of others."""

from __future__ import annotations

import json

from bot.preview.seen import boot, snapshot
from tests.bot.preview.office import BUTTON, Office
from tests.bot.preview.stub import SCENE


def seen(office: Office, user: str) -> list[str]:
    with office.slack.changed:
        return [message["text"] for message in snapshot(office.slack, user)["messages"]]


def test_a_message_is_seen_by_who_is_in_its_place_and_a_whisper_by_its_reader(office: Office) -> None:
    office.slack.channel("C2", ["UANA"])
    office.acting.say("UANA", "C1", "to all")
    office.acting.say("UANA", "C2", "to few")
    office.acting.say("UANA", "D-UANA", "to the app")
    office.client.chat_postEphemeral(channel="C1", user="UBO", text="to Bo")

    assert seen(office, "UANA") == ["to all", "to few", "to the app"]
    assert seen(office, "UBO") == ["to all", "to Bo"]


def test_every_block_has_a_name_by_which_it_is_pressed(office: Office) -> None:
    named = {"type": "actions", "block_id": "row", "elements": [BUTTON]}
    office.client.chat_postMessage(channel="C1", text="x", blocks=[{"type": "divider"}, named])

    with office.slack.changed:
        (message,) = snapshot(office.slack, "UANA")["messages"]
    assert [block["block_id"] for block in message["blocks"]] == ["b0", "row"]


def test_what_is_told_is_a_copy_that_changes_no_more(office: Office) -> None:
    office.acting.say("UANA", "C1", "one")
    with office.slack.changed:
        told = snapshot(office.slack, "UANA")
    before = json.dumps(told)

    office.acting.say("UANA", "C1", "two")
    with office.slack.changed:
        later = snapshot(office.slack, "UANA")

    assert json.dumps(told) == before
    assert later["version"] > told["version"]


def test_the_page_begins_with_people_rooms_and_commands() -> None:
    told = boot(SCENE, {"/do": "this | that"})

    assert [person["id"] for person in told["people"]] == ["UANA", "UBO"]
    assert [room["name"] for room in told["rooms"]] == ["general"]
    assert (told["organisation"], told["commands"], told["bot"]) == ("Acme", {"/do": "this | that"}, "UBOT")
