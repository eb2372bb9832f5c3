"""One question as it arrives: the words, who asks, and who reads along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.questions.answers.answer import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRequest:
    """One question with its asker and place.

    `asker_email` None with `operator` False is nobody we know: such a request is refused.
    `thread` is what keeps a conversation together; `where` is the place for the audit log; `as_of` None is today.
    `channel` is where others read along, "" where nobody does; `overheard` says that it was not said to us, so that
    what is no question is offered nothing.
    """

    workspace_id: int
    text: str
    asker_email: str | None
    operator: bool = False
    audience: Audience = Audience.PRIVATE
    thread: str | None = None
    as_of: date | None = None
    where: str = ""
    channel: str = ""
    overheard: bool = False
