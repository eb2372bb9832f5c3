"""A question engine of ten lines: it answers what it was given, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any

from bot.errors import UserError
from bot.home.board import Board
from bot.questions.answers.answer import Answer, Row, Status
from bot.questions.answers.following import Following
from bot.questions.request import AskRequest
from bot.sources.files.unmatched import Stranger
from storage.keep.open_turns import Key, LeftTurn


def seven(request: AskRequest) -> Answer:
    """The answer to everything."""
    return Answer(status=Status.ANSWERED, text="It is 7.", rows=(Row(labels={}, values={"tokens": 7}),))


class FakeServices:
    """Claims and threads are kept as they should be; `reply` is the engine."""

    def __init__(self, reply: Callable[[AskRequest], Answer] = seven) -> None:
        self.reply = reply
        self.asked: list[AskRequest] = []
        self.claims: set[Key] = set()
        self.open: dict[Key, Mapping[str, Any]] = {}
        self.held: list[tuple[list[Key], float]] = []
        self.waiting: dict[Key, float] = {}
        self.dead: list[LeftTurn] = []
        self.threads: set[tuple[int, str, str]] = set()
        self.followed: list[tuple[AskRequest, int, Following]] = []
        self.askers: dict[int, str] = {}
        self.votes: list[tuple[int, int, str, str, str]] = []
        self.words = ""
        self.lessons: list[tuple[str, str]] = []
        self.shown_board = Board()
        self.surveyed = True
        self.admins: frozenset[str] = frozenset()
        self.unmatched: tuple[Stranger, ...] = ()
        self.links: list[tuple[int, str, str, str]] = []
        self._lock = Lock()

    def ask(self, request: AskRequest) -> Answer:
        self.asked.append(request)
        return self.reply(request)

    def again(self, request: AskRequest, number: int, following: Following) -> Answer:
        self.followed.append((request, number, following))
        return self.reply(request)

    def is_askers(self, workspace_id: int, number: int, email: str) -> bool:
        return self.askers.get(number) == email

    def remark(self, request: AskRequest, answer: Answer) -> str:
        return self.words

    @property
    def remarks(self) -> bool:
        return bool(self.words)

    def math(self, workspace_id: int, number: int) -> tuple[str, ...]:
        return (f"The math of {number}",)

    def vote(self, workspace_id: int, number: int, asker_email: str, thumb: str, complaint: str = "") -> bool:
        self.votes.append((workspace_id, number, asker_email, thumb, complaint))
        return not asker_email.startswith("bo@")

    def strangers(self, workspace_id: int, asker_email: str) -> tuple[Stranger, ...]:
        return self.unmatched

    def link(self, workspace_id: int, asker_email: str, outside_id: str, email: str) -> str:
        self.links.append((workspace_id, asker_email, outside_id, email))
        return f"{outside_id} is {email} now."

    def board(self, workspace_id: int, email: str, patient: bool = True) -> Board:
        return self.shown_board if patient else replace(self.shown_board, surveyed=self.surveyed)

    def learn(self, workspace_id: int, asker_email: str, text: str) -> str:
        if "Nowhere" in text:
            raise UserError("I know no Nowhere.")
        self.lessons.append((asker_email, text))
        return "Learned."

    def privacy(self, workspace_id: int) -> str:
        return "*Who sees what*"

    def is_admin(self, workspace_id: int, email: str) -> bool:
        return email in self.admins

    def workspace_for(self, slack_team_id: str) -> int:
        return 1

    def claim(self, workspace_id: int, key: str, turn: Mapping[str, Any] | None = None) -> bool:
        with self._lock:
            new = (workspace_id, key) not in self.claims
            self.claims.add((workspace_id, key))
            if new and turn is not None:
                self.open[workspace_id, key] = turn
            return new

    def answered(self, workspace_id: int, key: str) -> None:
        self.open.pop((workspace_id, key), None)

    def hold(self, keys: Collection[Key], seconds: float) -> None:
        self.held.append((sorted(keys), seconds))

    def later(self, workspace_id: int, key: str, seconds: float) -> None:
        self.waiting[workspace_id, key] = seconds

    def left(self) -> Sequence[LeftTurn]:
        taken, self.dead = self.dead, []
        return taken

    def thread_known(self, workspace_id: int, channel: str, thread_ts: str) -> bool:
        return (workspace_id, channel, thread_ts) in self.threads

    def note_thread(self, workspace_id: int, channel: str, thread_ts: str) -> None:
        self.threads.add((workspace_id, channel, thread_ts))
