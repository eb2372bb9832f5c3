"""Streaming: an answer that grows, and what is left of it where Slack breaks off."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.api.posting import Place
from bot.slack.api.streaming import Streamer, StreamOutcome, StreamStep, literal
from bot.slack.blocks.parts import Message, section

PLACE = Place(team="T1", channel="C1", user="UANA", thread_ts="100.1")
BLOCKS = (section("Tokens: 5"),)
MESSAGE = Message(text="Tokens: 5", rich=(*BLOCKS, section("receipt")), plain=BLOCKS)


@dataclass
class Script(WebClient):
    """A client whose calls are noted, and fail where told to: (method, number of the call) -> error word."""

    fails: dict[tuple[str, int], str] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def _note(self, method: str, said: dict[str, Any]) -> Any:
        self.calls.append((method, {name: value for name, value in said.items() if value is not None}))
        number = sum(called == method for called, _ in self.calls)
        code = self.fails.get((method, number))
        if code == "network":
            raise http.client.RemoteDisconnected("gone")
        if code:
            raise SlackApiError(code, {"ok": False, "error": code})  # type: ignore[no-untyped-call]  # its own
        return {"ok": True, "ts": "200.1"}

    def chat_startStream(self, **said: Any) -> Any:
        return self._note("start", said)

    def chat_appendStream(self, **said: Any) -> Any:
        return self._note("append", said)

    def chat_stopStream(self, **said: Any) -> Any:
        return self._note("stop", said)

    def chat_update(self, **said: Any) -> Any:
        return self._note("update", said)


def show(
    fails: dict[tuple[str, int], str], *pieces: str | StreamStep, place: Place = PLACE
) -> tuple[StreamOutcome, Script, list[Message]]:
    client = Script(fails=fails)
    posted: list[Message] = []
    streamer = Streamer(client, place, posted.append)

    def coming() -> Iterator[str | StreamStep]:
        yield from pieces

    return streamer.show(coming(), MESSAGE), client, posted


def names(client: Script) -> list[str]:
    return [name for name, _ in client.calls]


def test_an_answer_is_started_with_its_first_words_and_stopped_with_its_blocks() -> None:
    how, client, posted = show({}, "Tokens: 5", "Beside that: cost.")

    assert how is StreamOutcome.STREAMED
    assert names(client) == ["start", "append", "stop"]
    assert client.calls[0][1] == {
        "channel": "C1", "thread_ts": "100.1", "markdown_text": "Tokens: 5",
        "recipient_team_id": "T1", "recipient_user_id": "UANA",
    }  # fmt: skip
    assert client.calls[1][1]["markdown_text"] == "\n\nBeside that: cost."
    assert client.calls[2][1]["blocks"] == list(MESSAGE.rich)
    assert posted == []


def test_outside_a_thread_it_is_posted_whole() -> None:
    how, client, posted = show({}, "Tokens: 5", place=Place(team="T1", channel="C1", user="UANA"))

    assert (how, names(client), posted) == (StreamOutcome.POSTED, [], [MESSAGE])


@pytest.mark.parametrize("code", ["unknown_method", "missing_scope", "ratelimited", "network", "not_in_channel"])
def test_where_no_stream_is_to_be_had_it_is_posted_whole_once(code: str) -> None:
    how, client, posted = show({("start", 1): code}, "Tokens: 5", "More")

    assert (how, names(client), posted) == (StreamOutcome.POSTED, ["start"], [MESSAGE])


@pytest.mark.parametrize("code", ["message_not_in_streaming_state", "internal_error", "network"])
def test_a_stream_that_breaks_off_is_completed_with_every_word(code: str) -> None:
    how, client, posted = show({("append", 1): code}, "Tokens: 5", "Beside", "Last")

    assert how is StreamOutcome.UPDATED
    assert names(client) == ["start", "append", "update"]
    assert client.calls[-1][1] == {"channel": "C1", "ts": "200.1", "markdown_text": "Tokens: 5\n\nBeside\n\nLast"}
    assert posted == []


def test_a_stream_that_ended_before_its_stop_is_completed() -> None:
    how, client, _ = show({("stop", 1): "message_not_in_streaming_state"}, "Tokens: 5")

    assert (how, names(client)) == (StreamOutcome.UPDATED, ["start", "stop", "update"])


def test_where_not_even_completing_works_the_whole_is_posted() -> None:
    how, _, posted = show({("append", 1): "internal_error", ("update", 1): "internal_error"}, "Tokens: 5", "More")

    assert (how, posted) == (StreamOutcome.POSTED, [MESSAGE])


def test_a_reader_who_stopped_it_is_told_no_more() -> None:
    how, client, posted = show({("append", 1): "stopped_by_user"}, "Tokens: 5", "More")

    assert (how, names(client), posted) == (StreamOutcome.STOPPED, ["start", "append"], [])


def test_refused_blocks_leave_plainer_ones_then_the_words() -> None:
    how, client, _ = show({("stop", 1): "invalid_blocks"}, "Tokens: 5")

    assert how is StreamOutcome.STREAMED
    assert [said.get("blocks") for name, said in client.calls if name == "stop"] == [
        list(MESSAGE.rich), list(MESSAGE.plain),
    ]  # fmt: skip


def test_an_answer_without_pieces_is_posted() -> None:
    how, client, posted = show({})

    assert (how, names(client), posted) == (StreamOutcome.POSTED, [], [MESSAGE])


def test_a_long_piece_comes_in_several_calls() -> None:
    _, client, _ = show({}, "word " * 5_000)

    sizes = [len(said["markdown_text"]) for name, said in client.calls if name in ("start", "append")]
    assert len(sizes) == 3
    assert max(sizes) <= 12_000


def test_names_are_shown_as_they_are() -> None:
    assert literal("<!channel> *R&D* [x](http://e) `a`_b_") == (
        r"&lt;\!channel&gt; \*R&amp;D\* \[x\]\(http://e\) \`a\`\_b\_"
    )


LOOKING, LOOKED = StreamStep("Looking"), StreamStep("Looking", done=True)


def test_a_step_is_shown_while_the_next_words_are_made() -> None:
    how, client, _ = show({}, LOOKING, "Tokens: 5", LOOKING, LOOKED, "More.")

    assert how is StreamOutcome.STREAMED
    steps = [said["chunks"][0] for name, said in client.calls if name == "append" and "chunks" in said]
    assert [(step["type"], step["title"], step["status"]) for step in steps] == [
        ("task_update", "Looking", "in_progress"),
        ("task_update", "Looking", "complete"),
    ]
    assert names(client) == ["start", "append", "append", "append", "stop"]


def test_where_slack_takes_no_steps_the_words_go_on_without() -> None:
    how, client, posted = show({("append", 1): "invalid_chunks"}, "Tokens: 5", LOOKING, LOOKED, "More.")

    assert (how, posted) == (StreamOutcome.STREAMED, [])
    assert names(client) == ["start", "append", "append", "stop"]
    assert client.calls[2][1]["markdown_text"] == "\n\nMore."
