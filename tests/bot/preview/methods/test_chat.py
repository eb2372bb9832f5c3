"""What is said: messages, streams and response_urls, taken and refused as Slack does."""

from __future__ import annotations

import pytest
from slack_sdk.webhook import WebhookClient

from tests.bot.preview.office import BUTTONS, Data, Office, refused


def test_a_response_url_speaks_to_one_person_five_times(office: Office) -> None:
    office.acting.command("UANA", "C1", "/do this")
    hook = WebhookClient(office.stub.came[0]["response_url"])
    hook.proxy = None

    answers = [hook.send(text=str(number)).status_code for number in range(6)]

    assert answers == [200] * 5 + [404]
    assert [message["text"] for message in office.slack.whispered("UANA")] == ["0", "1", "2", "3", "4"]


def test_a_response_url_of_a_press_can_replace_its_message(office: Office) -> None:
    hook = WebhookClient(office.pressed()["response_url"])
    hook.proxy = None
    hook.send(text="done", replace_original=True)

    assert [message["text"] for message in office.slack.posted("C1")] == ["done"]


def test_a_stream_grows_and_ends_with_its_blocks(office: Office) -> None:
    stream = office.client.chat_stream(channel="D-UANA", thread_ts="1.1", buffer_size=1)
    stream.append(markdown_text="Seven ")
    stream.append(markdown_text="of them")
    stream.stop(blocks=BUTTONS)

    (said,) = office.slack.posted("D-UANA")
    assert [block["type"] for block in said["blocks"]] == ["markdown", "actions"]
    assert said["blocks"][0]["text"] == "Seven of them"
    again = refused(office.client.chat_appendStream, channel="D-UANA", ts=said["ts"], markdown_text="x")
    assert again == "message_not_in_streaming_state"


@pytest.mark.parametrize(
    ("method", "given", "error"),
    [
        ("chat_postMessage", {"channel": "C9", "text": "x"}, "channel_not_found"),
        ("chat_postMessage", {"channel": "C1", "text": "x", "blocks": [{"type": "ruler"}]}, "invalid_blocks"),
        ("chat_postEphemeral", {"channel": "C1", "user": "UEVE", "text": "x"}, "user_not_in_channel"),
        ("chat_update", {"channel": "C1", "ts": "1.1", "text": "x"}, "message_not_found"),
    ],
)
def test_what_slack_refuses_is_refused_in_its_word(office: Office, method: str, given: Data, error: str) -> None:
    assert refused(getattr(office.client, method), **given) == error


def test_a_message_that_is_changed_or_deleted_is_so_for_everybody(office: Office) -> None:
    ts = office.client.chat_postMessage(channel="C1", text="one", blocks=BUTTONS)["ts"]

    office.client.chat_update(channel="C1", ts=ts, text="two")
    (said,) = office.slack.posted("C1")
    assert (said["text"], said["blocks"], said["edited"]["user"]) == ("two", [], "UBOT")

    office.client.chat_delete(channel="C1", ts=ts)
    assert office.slack.posted("C1") == []


def test_a_message_of_somebody_is_not_the_bots_to_change(office: Office) -> None:
    ts = office.acting.say("UANA", "C1", "mine")

    assert refused(office.client.chat_update, channel="C1", ts=ts, text="x") == "cant_update_message"
    own = office.client.chat_postMessage(channel="C1", text="x")["ts"]
    assert refused(office.client.chat_update, channel="C1", ts=own, text="x" * 4_001) == "msg_too_long"


def test_an_ephemeral_message_is_for_one_reader(office: Office) -> None:
    office.client.chat_postEphemeral(channel="C1", user="UANA", text="psst")

    assert office.slack.posted("C1") == []
    assert [message["text"] for message in office.slack.whispered("UANA")] == ["psst"]


def test_a_reaction_is_added_once(office: Office) -> None:
    ts = office.acting.say("UANA", "C1", "hello")
    office.client.reactions_add(channel="C1", timestamp=ts, name="eyes")

    assert refused(office.client.reactions_add, channel="C1", timestamp=ts, name="eyes") == "already_reacted"


def test_a_link_to_a_message_names_its_channel_and_ts(office: Office) -> None:
    told = office.client.chat_getPermalink(channel="C1", message_ts="100.000200")

    assert told["permalink"] == "https://preview.example/archives/C1/p100000200"
