"""`/leverage sources` and `/leverage reconcile`: heard, looked up in a pool, answered to who asked alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.errors import UserError
from bot.slack.blocks.parts import Message
from bot.slack.leverage_words import COMMAND, words_after
from bot.slack.questions.alone import answer_alone, asker_email
from bot.slack.questions.turn import Turn, of_command
from bot.slack.sources.bills import reconciliation_message
from bot.slack.sources.blocks import overview_message
from bot.slack.tools import Tools
from bot.sources.reconciliation import MonthReconciliation
from bot.sources.syncing.overview import SourceOverview

SOURCES, RECONCILE = "sources", "reconcile"
ADMINS_ALONE = "Bills are compared for admins. What AI costs is a question: ask me for the cost by provider last month."
Overviews = Callable[[int], Sequence[SourceOverview]]  # of a workspace
IsAdmin = Callable[[int, str], bool]  # of a workspace and an address
Reconciliations = Callable[
    [int, str, str], MonthReconciliation
]  # of a workspace, for an e-mail, the month as it is said


@dataclass(frozen=True, slots=True)
class SourceReplies:
    """Answers in a pool, so that Slack never waits."""

    tools: Tools
    overviews: Overviews
    reconciliations: Reconciliations
    is_admin: IsAdmin
    pool: Executor

    def take(self, turn: Turn, token: str | None) -> None:
        """Returns at once; the answer comes from another thread."""
        self.pool.submit(self._answer, turn, token)

    def _answer(self, turn: Turn, token: str | None) -> None:
        def work(workspace: int) -> Sequence[Message]:
            return [self._message(workspace, asker_email(self.tools, turn, token), turn.text)]

        answer_alone(self.tools, turn, token, "sources", work)

    def _message(self, workspace: int, email: str, text: str) -> Message:
        admin = self.is_admin(workspace, email)
        word, _, month = text.strip().partition(" ")
        if word.lower() != RECONCILE:
            return overview_message(self.overviews(workspace), admin)
        if not admin:
            raise UserError(ADMINS_ALONE)
        return reconciliation_message(self.reconciliations(workspace, email, month))


def attach(
    overviews: Overviews, reconciliations: Reconciliations, is_admin: IsAdmin
) -> Callable[[App, Tools, Executor], None]:
    """What registers the listener on an app, with the tools that its other listeners have."""

    def to(app: App, tools: Tools, pool: Executor) -> None:
        register(app, SourceReplies(tools, overviews, reconciliations, is_admin, pool))

    return to


def register(app: App, replies: SourceReplies) -> None:
    """Listen for our word of the command; register it before whoever takes the rest."""
    app.command(COMMAND, matchers=[is_ours])(partial(leverage, replies=replies))


def is_ours(command: Mapping[str, Any]) -> bool:
    """Whether "sources" alone follows /leverage ("sources of cost" is a question), or "reconcile" and a month."""
    words = words_after(command)
    return words == [SOURCES] or words[:1] == [RECONCILE]


def leverage(
    ack: Ack, command: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: SourceReplies
) -> None:
    """One of our words."""
    ack()
    replies.take(of_command(command, body, context), context.bot_token)
