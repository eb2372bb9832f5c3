"""What a person does, and what the app is then sent."""

from __future__ import annotations

import pytest

from bot.preview.seen import snapshot
from tests.bot.preview.office import MODAL, Data, Office


def test_a_mention_in_a_channel_is_two_events_with_one_ts(office: Office) -> None:
    ts = office.acting.say("UANA", "C1", "@Fulcrum is 1 < 2 & so on, @Bo Bianchi?")

    events = [body["event"] for body in office.came(2)]
    assert {event["type"] for event in events} == {"message", "app_mention"}
    assert {event["ts"] for event in events} == {ts}
    assert {event["text"] for event in events} == {"<@UBOT> is 1 &lt; 2 &amp; so on, <@UBO>?"}
    assert len({body["event_id"] for body in office.stub.came}) == 2


def test_a_direct_message_is_one_event_and_only_its_writer_sees_it(office: Office) -> None:
    office.acting.say("UANA", "D-UANA", "@Fulcrum hello")

    (sent,) = office.came(1)
    assert (sent["event"]["type"], sent["event"]["channel_type"]) == ("message", "im")
    with office.slack.changed:
        assert len(snapshot(office.slack, "UANA")["messages"]) == 1
        assert snapshot(office.slack, "UBO")["messages"] == []


def test_a_command_that_fails_is_told_to_who_typed_it(office: Office) -> None:
    office.stub.answers = [(500, {})]
    office.acting.command("UANA", "C1", "/do that")

    (told,) = [message for message in office.slack.messages if message["to"] == "UANA"]
    assert "failed" in told["text"]


def test_a_press_carries_the_message_the_value_and_a_trigger(office: Office) -> None:
    pressed = office.pressed()

    assert pressed["type"] == "block_actions"
    assert pressed["actions"][0]["value"] == "7"
    assert pressed["container"]["message_ts"] == pressed["message"]["ts"]
    assert office.client.views_open(trigger_id=pressed["trigger_id"], view=MODAL)["view"]["id"]


@pytest.mark.parametrize(
    ("answer", "left", "errors"),
    [
        ({}, 0, {}),
        ({"response_action": "errors", "errors": {"name": "Too short"}}, 1, {"name": "Too short"}),
        ({"response_action": "update", "view": MODAL}, 1, {}),
        ({"response_action": "push", "view": MODAL}, 2, {}),
        ({"response_action": "clear"}, 0, {}),
    ],
)
def test_a_submission_does_what_the_app_answers(office: Office, answer: Data, left: int, errors: Data) -> None:
    view = office.client.views_open(trigger_id=office.trigger(), view=MODAL)["view"]
    office.stub.answers = [(200, answer)]

    found = office.acting.submit("UANA", view["id"], {"name": {"typed": "Ana"}})

    sent = office.stub.came[-1]["view"]["state"]["values"]["name"]["typed"]
    assert sent == {"type": "plain_text_input", "value": "Ana"}
    assert found == errors
    assert len(office.slack.stacks["UANA"]) == left


def test_a_closed_modal_is_told_where_it_asks_for_that(office: Office) -> None:
    view = office.client.views_open(trigger_id=office.trigger(), view=MODAL)["view"]
    office.acting.close("UANA", view["id"])

    assert office.stub.came[-1]["type"] == "view_closed"
    assert not office.slack.stacks["UANA"]
