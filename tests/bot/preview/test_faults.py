"""Slack's rates: a burst, then a pause, and back with time."""

from __future__ import annotations

import pytest
from slack_sdk.errors import SlackApiError

from bot.preview.faults import ApiCall, Limits
from tests.bot.preview.office import Office


def test_more_than_a_message_a_second_is_too_much_after_a_short_burst(office: Office) -> None:
    for _ in range(10):
        office.client.chat_postMessage(channel="C1", text="x")

    with pytest.raises(SlackApiError) as caught:
        office.client.chat_postMessage(channel="C1", text="x")

    assert caught.value.response.status_code == 429
    assert int(caught.value.response.headers["Retry-After"]) >= 1
    office.client.chat_postMessage(channel="D-UANA", text="another channel has its own")


def test_a_rate_that_was_used_up_comes_back_with_time() -> None:
    now = [0.0]
    limits = Limits(lambda: now[0])
    call = ApiCall("chat.postMessage", {"channel": "C1"})
    assert [limits.wait(call) for _ in range(11)] == [0] * 10 + [1]

    now[0] = 1.0

    assert [limits.wait(call) for _ in range(2)] == [0, 1]
