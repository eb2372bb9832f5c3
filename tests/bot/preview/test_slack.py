"""The state of the workspace: one call at a time, and none of them a silent success."""

from __future__ import annotations

from typing import Any

from bot.preview.faults import ApiCall, Fault
from bot.preview.methods import METHODS
from bot.preview.slack import Data, Slack


def test_blocks_without_words_for_who_cannot_see_them_are_refused() -> None:
    call = ApiCall("chat.postMessage", {"channel": "D-UANA", "blocks": [{"type": "divider"}]})
    _, told, _ = Slack(methods=METHODS).handle(call) or (0, {}, {})

    assert told["error"] == "no_text"


def test_a_method_that_is_not_there_is_no_silent_success() -> None:
    status, told, _ = Slack(methods=METHODS).handle(ApiCall("files.remote.add", {})) or (0, {}, {})

    assert (status, told["error"]) == (200, "unknown_method")


def call(slack: Slack, method: str, **data: Any) -> Data:
    _, told, _ = slack.handle(ApiCall(method, data)) or (0, {}, {})
    return told


def test_every_call_is_kept_and_every_change_raises_the_version() -> None:
    slack = Slack(methods=METHODS)
    before = slack.version
    call(slack, "auth.test")

    assert [kept.method for kept in slack.calls] == ["auth.test"]
    assert slack.version > before


def test_what_is_missing_in_a_call_is_named() -> None:
    told = call(Slack(methods=METHODS), "users.info")

    assert (told["error"], told["response_metadata"]) == ("invalid_arguments", {"messages": ["'user'"]})


def test_a_fault_meets_one_call_before_or_after_it_took_effect() -> None:
    slack = Slack(methods=METHODS)
    slack.channel("C1", ["UANA"])
    slack.fault("chat.postMessage", Fault(error="internal_error"), Fault(error="internal_error", after=True))

    assert call(slack, "chat.postMessage", channel="C1", text="1")["error"] == "internal_error"
    assert slack.posted() == []
    assert call(slack, "chat.postMessage", channel="C1", text="2")["error"] == "internal_error"
    assert call(slack, "chat.postMessage", channel="C1", text="3")["ok"]
    assert [message["text"] for message in slack.posted()] == ["2", "3"]


def test_stamps_only_grow_also_where_the_clock_stands() -> None:
    slack = Slack(clock=lambda: 100.0)

    stamps = [slack.stamp() for _ in range(5)]
    assert len({*stamps}) == 5
    assert stamps == sorted(stamps, key=float)


def test_text_and_blocks_go_without_markdown_text() -> None:
    slack = Slack(methods=METHODS)
    told = call(slack, "chat.postMessage", channel="D-UANA", text="x", markdown_text="*x*")

    assert told["error"] == "markdown_text_conflict"
