"""What a conversation with the app shows beside its messages: that it is at work, by its steps, and a title."""

from __future__ import annotations

import logging
from collections.abc import Callable

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.api.calls import NetworkError, failure
from bot.slack.questions.turn import Turn
from bot.text import clean, cut

log = logging.getLogger(__name__)

STATUS = "is looking it up…"
STEPS = (
    "Reading the question…",
    "Checking what may be shown here…",
    "Running the query…",
    "Comparing it with what is usual…",
    "Wording the answer…",
)
MAX_NAME = 80  # of a title; Slack takes 200


class Sessions:
    """Shows it where a workspace has it; what is missing there is tried once, and is never a reason to fail."""

    def __init__(self) -> None:
        self._without: set[tuple[str, str]] = set()

    def working(self, client: WebClient, turn: Turn) -> None:
        """That an answer is on its way."""
        self._status(client, turn, STATUS, list(STEPS))

    def done(self, client: WebClient, turn: Turn) -> None:
        """That nothing is on its way; a posted message says so by itself."""
        self._status(client, turn, "", None)

    def title(self, client: WebClient, turn: Turn, words: str) -> None:
        """A new conversation with the app alone is called after its first question."""
        if turn.begins and turn.direct:
            name = cut(" ".join(clean(words).split()), MAX_NAME)
            self._try(
                turn,
                "title",
                lambda: client.agents_sessions_rename(
                    channel_id=turn.channel, thread_ts=turn.thread_ts, title=name or "Question"
                ),
            )

    def _status(self, client: WebClient, turn: Turn, status: str, steps: list[str] | None) -> None:
        self._try(
            turn,
            "status",
            lambda: client.assistant_threads_setStatus(
                channel_id=turn.channel, thread_ts=turn.thread_ts, status=status, loading_messages=steps
            ),
        )

    def _try(self, turn: Turn, what: str, call: Callable[[], object]) -> None:
        if turn.whisper or not turn.thread_ts or (turn.team, what) in self._without:
            return
        try:
            call()
        except SlackApiError as error:
            if failure(error).wait is None:
                self._without.add((turn.team, what))
        except NetworkError as error:
            log.info("no %s shown: %s", what, type(error).__name__)
