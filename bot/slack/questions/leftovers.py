"""Takes up questions whose process died or for which Slack was away: nobody waits for what does not come."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread

from bot.logs import cause
from bot.services import Services
from bot.slack.questions.conversation import Conversations
from bot.slack.questions.turn import Turn
from storage.keep.open_turns import LeftTurn

log = logging.getLogger(__name__)

EVERY_SECONDS = 10.0
OLDEST = timedelta(hours=6)  # nobody waits for an answer any longer
FORGOTTEN = timedelta(days=3)  # nor for a word about it
MOST_ATTEMPTS = 2  # a question that ends the process must not end it for ever
TRIED = "I was stopped twice while I was answering this, so I leave it. Ask it in a simpler way, or in parts."
TOO_LATE = "I could not answer this when you asked it. Ask it again if you still want to know."


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Looks for them again and again; `token_of` finds the token that speaks where a turn was said."""

    conversations: Conversations
    services: Services
    token_of: Callable[[Turn], str | None]
    now: Callable[[], datetime]

    def look(self) -> None:
        """Keep what this process has, and take up what others left."""
        self.conversations.under_way.beat()
        for left in self.services.left():
            turn = self._turn(left)
            if turn is None:
                self.services.answered(left.workspace_id, left.key)
            else:
                log.info("taking up a question that was left")
                self.conversations.take_up(turn, self.token_of(turn), left, self._instead(left))

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look while the block runs."""
        stop = Event()
        thread = Thread(target=self._watch, args=(stop,), name="leftovers", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()

    def _watch(self, stop: Event) -> None:
        while not stop.is_set():
            try:
                self.look()
            except Exception as error:  # noqa: BLE001  # the store may be away for a while
                log.warning("not looked for questions that were left: %s", cause(error))
            stop.wait(EVERY_SECONDS)

    def _turn(self, left: LeftTurn) -> Turn | None:
        """What was said; None for what is too old, or was written by a release that this one does not understand."""
        if self.now() - left.taken_at > FORGOTTEN:
            return None
        try:
            return Turn(**left.turn)
        except TypeError:
            log.warning("a question that another release left cannot be taken up")
            return None

    def _instead(self, left: LeftTurn) -> str:
        """What is said instead of an answer, "" where there is to be one."""
        if self.now() - left.taken_at > OLDEST:
            return TOO_LATE
        return TRIED if left.attempts > MOST_ATTEMPTS else ""
