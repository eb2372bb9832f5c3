"""What a listener may touch: the border between Slack and the question engine, and what stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Engine

from bot.errors import NotReady, UserError
from bot.few_at_once import FewAtOnce
from bot.home.board import Board, Boards
from bot.privacy.policy import in_full
from bot.questions.answers.answer import Answer
from bot.questions.answers.following import Following
from bot.questions.llm.engine import ModelEngine
from bot.questions.pipeline import Questions
from bot.questions.request import AskRequest
from bot.questions.teaching import learn
from bot.sources.files.unmatched import Stranger, link, strangers
from storage import workspaces
from storage.errors import OldSchema
from storage.keep import audit, claims, open_turns, threads
from storage.keep.open_turns import Key, LeftTurn
from storage.load.people import unmatched
from storage.schema import require_newest

SHOWN_STRANGERS = 5
HELD = timedelta(seconds=45)  # how long a turn is its process's after the last sign of life
MOST_LEFT = 20  # turns taken up at once


class Services(Protocol):
    """What the product does for whoever asks; every method may be called from many threads at once."""

    def ask(self, request: AskRequest) -> Answer:
        """The answer, computed for what the asker and the audience may see. Raises `UserError`."""

    def again(self, request: AskRequest, number: int, following: Following) -> Answer:
        """The query behind the answer with this number, one step on, for who asks now. Raises `UserError`."""

    def is_askers(self, workspace_id: int, number: int, email: str) -> bool:
        """Whether this person asked what the answer with this number answers."""

    @property
    def remarks(self) -> bool:
        """Whether a model may add a sentence to an answer."""

    def remark(self, request: AskRequest, answer: Answer) -> str:
        """A sentence or two of a model beside an answer, its figures filled in by code; "" without one. It may take
        seconds."""

    def math(self, workspace_id: int, number: int) -> tuple[str, ...]:
        """What stands behind the answer with this number, in paragraphs without a figure; empty where nothing does."""

    def vote(self, workspace_id: int, number: int, asker_email: str, thumb: str, complaint: str = "") -> bool:
        """Keep what the asker thinks of the answer with this number: "up" or "down", and why; False for who did not
        ask it."""

    def strangers(self, workspace_id: int, asker_email: str) -> tuple[Stranger, ...]:
        """For an admin the outside ids that most use hangs on and nobody is known for; for others none."""

    def link(self, workspace_id: int, asker_email: str, outside_id: str, email: str) -> str:
        """An admin says whose an outside id is; gives the sentence that says so. Raises `UserError`."""

    def learn(self, workspace_id: int, asker_email: str, text: str) -> str:
        """Keep the word that a message teaches, or propose it; gives the sentence that says so. Raises `UserError`."""

    def privacy(self, workspace_id: int) -> str:
        """The privacy policy in force, in words."""

    def board(self, workspace_id: int, email: str, patient: bool = True) -> Board:
        """What stands on somebody's Home beside their figures; without `patient` only what takes no second."""

    def is_admin(self, workspace_id: int, email: str) -> bool:
        """Whether an address is one of the organisation's admins."""

    def workspace_for(self, slack_team_id: str) -> int:
        """The workspace of a Slack team. Raises `UserError` where there is none."""

    def claim(self, workspace_id: int, key: str, turn: Mapping[str, Any] | None = None) -> bool:
        """True for the first caller alone, durably and across processes. With a `turn` it is open until `answered`,
        and comes back from `left` if this process dies before."""

    def answered(self, workspace_id: int, key: str) -> None:
        """The turn with this key is not open any more."""

    def hold(self, keys: Collection[Key], seconds: float) -> None:
        """This process goes on with these for so long; with 0 seconds anybody may take them up."""

    def later(self, workspace_id: int, key: str, seconds: float) -> None:
        """The turn with this key could not be answered: from so many seconds on it comes back from `left`."""

    def left(self) -> Sequence[LeftTurn]:
        """Open turns of processes that died, and those whose time has come, for the caller alone."""

    def thread_known(self, workspace_id: int, channel: str, thread_ts: str) -> bool:
        """Whether an answer was posted in this thread."""

    def note_thread(self, workspace_id: int, channel: str, thread_ts: str) -> None:
        """Remember that an answer was posted in this thread; saying it twice changes nothing."""


@dataclass(frozen=True)
class StoreServices:
    """`Services` over a store; every piece of work has its own connection, so threads never share one."""

    questions: Questions
    writing: Engine
    now: Callable[[], datetime]
    single: bool = True
    engine: ModelEngine | None = None
    boards: Boards | None = None
    computing: FewAtOnce = field(default_factory=FewAtOnce)

    def ask(self, request: AskRequest) -> Answer:
        """The answer, computed for what the asker and the audience may see. Raises UserError."""
        # A model takes its seconds elsewhere: nobody waits for another's.
        with nullcontext() if self.remarks else self.computing.taken():
            return self.questions.ask(request)

    def again(self, request: AskRequest, number: int, following: Following) -> Answer:
        """The query behind the answer with this number, one step on, for who asks now. Raises UserError."""
        with self.computing.taken():
            return self.questions.again(request, number, following)

    def is_askers(self, workspace_id: int, number: int, email: str) -> bool:
        """Whether this person asked what the answer with this number answers."""
        with self.questions.reading.connect() as connection:
            return audit.asker_of(connection, workspace_id, number) == email

    @property
    def remarks(self) -> bool:
        """Whether a model may add a sentence to an answer."""
        return self.engine is not None and self.engine.connect is not None

    def remark(self, request: AskRequest, answer: Answer) -> str:
        """A model's sentence beside the answer that the reader sees; "" where no model is set up."""
        if self.engine is None:
            return ""
        return self.engine.comment(
            answer, self.questions.world(request, request.as_of or self.questions.today(request.workspace_id))
        )

    def math(self, workspace_id: int, number: int) -> tuple[str, ...]:
        """What stands behind the answer with this number, in paragraphs without a figure."""
        return self.questions.math(workspace_id, number)

    def vote(self, workspace_id: int, number: int, asker_email: str, thumb: str, complaint: str = "") -> bool:
        """Keep what the asker thinks of an answer; somebody else's question is left as it is."""
        with self.writing.begin() as connection:
            return audit.vote(connection, workspace_id, number, asker_email, thumb, complaint)

    def strangers(self, workspace_id: int, asker_email: str) -> tuple[Stranger, ...]:
        """For an admin the outside ids that most use hangs on and nobody is known for; for others none."""
        if not self.is_admin(workspace_id, asker_email):
            return ()
        with self.questions.reading.connect() as connection:
            return tuple(strangers(connection, workspace_id, SHOWN_STRANGERS))

    def link(self, workspace_id: int, asker_email: str, outside_id: str, email: str) -> str:
        """An admin says whose an outside id is, which the log of loads keeps. Raises UserError."""
        if not self.is_admin(workspace_id, asker_email):
            raise UserError("Only an admin may say who somebody is.")
        with self.writing.begin() as connection:
            if outside_id not in {found.subject for found in unmatched(connection, workspace_id)}:
                raise UserError(f"{outside_id} is somebody's by now.")
            return link(connection, workspace_id, outside_id, email, asker_email, self.now())

    def learn(self, workspace_id: int, asker_email: str, text: str) -> str:
        """Keep the word that a message teaches, or propose it. Raises UserError."""
        admin = self.is_admin(workspace_id, asker_email)
        return learn(self.writing, workspace_id, text, asker_email, admin, self.now())

    def board(self, workspace_id: int, email: str, patient: bool = True) -> Board:
        """What stands on somebody's Home beside their figures; without `patient` only what takes no second."""
        return self.boards.of(workspace_id, email, patient) if self.boards else Board()

    def privacy(self, workspace_id: int) -> str:
        """The privacy policy in force, in words."""
        return in_full(self.questions.settings_of(workspace_id))

    def is_admin(self, workspace_id: int, email: str) -> bool:
        """Whether an address is one of the organisation's admins."""
        return bool(email) and email in self.questions.settings_of(workspace_id).admins

    def workspace_for(self, slack_team_id: str) -> int:
        """The workspace of a Slack team; an app with one token has one workspace, whatever team it is in."""
        with self.questions.reading.connect() as connection:
            found = workspaces.for_slack_team(connection, slack_team_id)
            if found is None and self.single:
                found = workspaces.default_workspace(connection)
        if found is None:
            raise UserError("Fulcrum is not set up for this Slack workspace. Ask whoever runs it to install it here.")
        return found

    def claim(self, workspace_id: int, key: str, turn: Mapping[str, Any] | None = None) -> bool:
        """True for the first caller alone, durably and across processes; with a turn it is open until `answered`."""
        now = self.now()
        with self.writing.begin() as connection:
            first = claims.claim(connection, workspace_id, key, now)
            if first and turn is not None:
                open_turns.open_(connection, workspace_id, key, turn, now, HELD)
            return first

    def answered(self, workspace_id: int, key: str) -> None:
        """The turn with this key is not open any more."""
        with self.writing.begin() as connection:
            open_turns.close(connection, workspace_id, key)

    def hold(self, keys: Collection[Key], seconds: float) -> None:
        """This process goes on with these for so long."""
        with self.writing.begin() as connection:
            open_turns.hold(connection, keys, self.now() + timedelta(seconds=seconds))

    def later(self, workspace_id: int, key: str, seconds: float) -> None:
        """The turn with this key is open for whoever looks so many seconds from now."""
        with self.writing.begin() as connection:
            open_turns.later(connection, workspace_id, key, self.now() + timedelta(seconds=seconds))

    def left(self) -> Sequence[LeftTurn]:
        """Open turns of processes that died, for the caller alone; who finds none waits for no other writer."""
        now = self.now()
        with self.questions.reading.connect() as connection:
            if not open_turns.any_left(connection, now):
                return ()
        with self.writing.begin() as connection:
            return open_turns.take_left(connection, now, HELD, MOST_LEFT)

    def thread_known(self, workspace_id: int, channel: str, thread_ts: str) -> bool:
        """Whether an answer was posted in this thread."""
        with self.questions.reading.connect() as connection:
            return threads.known(connection, workspace_id, _posted(channel, thread_ts))

    def note_thread(self, workspace_id: int, channel: str, thread_ts: str) -> None:
        """Remember that an answer was posted in this thread."""
        with self.writing.begin() as connection:
            threads.touch(connection, workspace_id, _posted(channel, thread_ts), self.now())

    def prepare(self) -> None:
        """Work out what the first visitor of this process would wait for."""
        if self.boards:
            self.boards.prepare()

    def close(self) -> None:
        """Save what the model engine used and let go of its connections."""
        if self.engine is not None:
            self.engine.close()

    def ready(self) -> None:
        """Raise NotReady while the store cannot be used."""
        try:
            require_newest(self.questions.reading)
        except OldSchema as error:
            raise NotReady(str(error)) from error


def _posted(channel: str, thread_ts: str) -> str:
    return f"posted:{channel}:{thread_ts}"
