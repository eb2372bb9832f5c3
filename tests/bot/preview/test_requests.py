"""What Slack sends an app, encoded and signed so that Slack's own library takes it."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier

from bot.preview.requests import FORM, JSON, command, encode, event, headers, interaction

SAID = event({"type": "message", "text": "ä & b"}, "Ev1")
PRESSED = interaction("block_actions", "UANA", actions=[{"value": "ä & b"}])
TYPED = command("/leverage", "top & more", "UANA", "C1", "https://hook", "1.2.T1")


def test_an_event_is_json_an_interaction_a_payload_in_a_form_and_a_command_a_form() -> None:
    raw, kind = encode(SAID)
    assert (json.loads(raw), kind) == (SAID, JSON)

    raw, kind = encode(PRESSED)
    assert (json.loads(parse_qs(raw)["payload"][0]), kind) == (PRESSED, FORM)

    raw, kind = encode(TYPED)
    assert ({name: values[0] for name, values in parse_qs(raw).items()}, kind) == (TYPED, FORM)


@pytest.mark.parametrize("data", [SAID, PRESSED, TYPED])
def test_the_signature_is_the_one_that_slacks_library_expects(data: dict[str, object]) -> None:
    raw, kind = encode(data)
    sent = headers(raw, kind, "secret")

    assert SignatureVerifier("secret").is_valid_request(raw, sent)
    assert not SignatureVerifier("other").is_valid_request(raw, sent)
    assert not SignatureVerifier("secret").is_valid_request(raw + " ", sent)
    assert not SignatureVerifier("secret").is_valid_request(raw, headers(raw, kind, "secret", at="1000000000"))


def test_each_says_in_which_team_and_by_whom_it_was_done() -> None:
    assert SAID["team_id"] == TYPED["team_id"] == PRESSED["team"]["id"]
    assert SAID["authorizations"][0]["is_bot"] is True
    assert PRESSED["user"]["id"] == TYPED["user_id"] == "UANA"
    assert (TYPED["response_url"], TYPED["trigger_id"]) == ("https://hook", "1.2.T1")
