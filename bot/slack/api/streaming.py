"""An answer that grows while it is read: started with its first words, appended to, stopped with its blocks."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.api.calls import NetworkError, failure
from bot.slack.api.posting import BLOCKS_REFUSED, Place
from bot.slack.blocks.parts import MAX_CHARACTERS, Message
from bot.text import escape, split

log = logging.getLogger(__name__)

STEPS_REFUSED = frozenset({"invalid_chunks", "invalid_arguments"})
STOPPED_BY_READER = "stopped_by_user"
MAX_PIECE = MAX_CHARACTERS - 100  # of one call's markdown
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|~])")


class StreamOutcome(StrEnum):
    """How an answer came to be seen."""

    STREAMED = "streamed"
    UPDATED = "updated"  # the stream broke, the message was completed
    POSTED = "posted"  # no stream was to be had
    STOPPED = "stopped"  # its reader had enough


@dataclass(frozen=True, slots=True)
class StreamStep:
    """What is being done while the next words are made; said again with `done` when it is."""

    title: str
    done: bool = False

    def to_chunk(self) -> dict[str, str]:
        """As Slack takes it."""
        status = "complete" if self.done else "in_progress"
        return {"type": "task_update", "id": "step", "title": self.title, "status": status}


def literal(text: str) -> str:
    """Any text as markdown that shows it as it is: no mention, no link, no markup comes of it."""
    return _MARKUP.sub(r"\\\1", escape(text))


@dataclass
class Streamer:
    """Streams into one place; `post` posts the whole answer the usual way where streaming does not work."""

    client: WebClient
    place: Place
    post: Callable[[Message], None]
    _said: list[str] = field(default_factory=list)
    _ts: str = ""
    _plain: bool = False  # whether Slack refused steps

    def show(self, pieces: Iterable[str | StreamStep], message: Message) -> StreamOutcome:
        """Show the pieces as they come, then the blocks of the message. The pieces are plain text and, between them,
        steps; what produces them may fail at no time."""
        if not self.place.thread_ts:
            for _ in pieces:
                pass
            self.post(message)
            return StreamOutcome.POSTED
        coming = iter(pieces)
        try:
            for piece in coming:
                if isinstance(piece, StreamStep):
                    self._step(piece)
                else:
                    self._say(piece)
            return self._stop(message)
        except (SlackApiError, *NetworkError) as error:
            return self._otherwise(error, coming, message)

    def _say(self, piece: str) -> None:
        words = literal(piece)
        for part in split(words, MAX_PIECE):
            self._said.append(part)
            if self._ts:
                self.client.chat_appendStream(channel=self.place.channel, ts=self._ts, markdown_text=f"\n\n{part}")
            else:
                self._start(part)

    def _step(self, step: StreamStep) -> None:
        """Steps are an ornament: where Slack does not take them the words go on."""
        if not self._ts or self._plain:
            return
        try:
            self.client.chat_appendStream(channel=self.place.channel, ts=self._ts, chunks=[step.to_chunk()])
        except SlackApiError as error:
            if failure(error).code not in STEPS_REFUSED:
                raise
            self._plain = True

    def _start(self, words: str) -> None:
        started = self.client.chat_startStream(
            channel=self.place.channel,
            thread_ts=self.place.thread_ts,
            markdown_text=words,
            recipient_team_id=self.place.team,
            recipient_user_id=self.place.user,
        )
        self._ts = str(started["ts"])

    def _stop(self, message: Message) -> StreamOutcome:
        if not self._ts:
            self.post(message)
            return StreamOutcome.POSTED
        for blocks in (message.rich, message.plain, ()):
            try:
                self.client.chat_stopStream(channel=self.place.channel, ts=self._ts, blocks=list(blocks) or None)
            except SlackApiError as error:
                if failure(error).code not in BLOCKS_REFUSED:
                    raise
                continue
            return StreamOutcome.STREAMED
        return StreamOutcome.STREAMED

    def _otherwise(self, error: Exception, rest: Iterable[str | StreamStep], message: Message) -> StreamOutcome:
        """The stream broke: complete what was begun, or post it all where nothing was."""
        code = failure(error).code if isinstance(error, SlackApiError) else type(error).__name__
        if code == STOPPED_BY_READER:
            return StreamOutcome.STOPPED
        log.warning("a stream broke off (%s)", code)
        begun = bool(self._ts)
        self._said += [literal(piece) for piece in rest if isinstance(piece, str)]
        if not begun:
            self.post(message)
            return StreamOutcome.POSTED
        try:
            words = split("\n\n".join(self._said), MAX_PIECE)[0]
            self.client.chat_update(channel=self.place.channel, ts=self._ts, markdown_text=words)
        except (SlackApiError, *NetworkError):
            # Half an answer may stand there: one too many is better than none.
            self.post(message)
            return StreamOutcome.POSTED
        return StreamOutcome.UPDATED
