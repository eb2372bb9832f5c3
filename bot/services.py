"""What a listener may touch: the border between Slack and the question engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.questions.answer import Answer, Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRequest:
    """One question with its asker and place.

    `asker_email` None with `operator` False is nobody we know: such a request is refused.
    `thread` is what keeps a conversation together; `where` is the place for the audit log; `as_of` None is today.
    """

    workspace_id: int
    text: str
    asker_email: str | None
    operator: bool = False
    audience: Audience = Audience.PRIVATE
    thread: str | None = None
    as_of: date | None = None
    where: str = ""


class Services(Protocol):
    """What the product does for whoever asks; every method may be called from many threads at once."""

    def ask(self, request: AskRequest) -> Answer:
        """The answer, computed for what the asker and the audience may see. Raises `UserError`."""

    @property
    def remarks(self) -> bool:
        """Whether a model may add a sentence to an answer."""

    def remark(self, request: AskRequest, answer: Answer) -> str:
        """A sentence or two of a model beside an answer, its figures filled in by code; "" without one. It may take
        seconds."""

    def vote(self, workspace_id: int, number: int, asker_email: str, thumb: str) -> None:
        """Keep what the asker thinks of the answer with this number: "up" or "down"."""

    def workspace_for(self, slack_team_id: str) -> int:
        """The workspace of a Slack team. Raises `UserError` where there is none."""

    def claim(self, workspace_id: int, key: str) -> bool:
        """True for the first caller alone, durably and across processes."""

    def thread_known(self, workspace_id: int, channel: str, thread_ts: str) -> bool:
        """Whether an answer was posted in this thread."""

    def note_thread(self, workspace_id: int, channel: str, thread_ts: str) -> None:
        """Remember that an answer was posted in this thread; saying it twice changes nothing."""
