"""The press that brings a scorecard as a page: PNG and PDF in the conversation of who pressed, as they may see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.privacy.policy import on_a_page
from bot.questions.answers.card import is_scored
from bot.questions.request import AskRequest
from bot.settings import Settings
from bot.slack.api.files import share, upload
from bot.slack.blocks.parts import Message
from bot.slack.questions.alone import answer_alone, asker_email, client_of
from bot.slack.questions.blocks import PAGE, render, said
from bot.slack.questions.turn import Turn, of_button
from bot.slack.tools import Tools
from bot.text import cut

SENT = "The page is in your messages with me, as a picture and as a PDF: it holds what you may see."
LONGEST_NAME = 60  # of a team in the title of a file


@dataclass(frozen=True, slots=True)
class ScorecardReplies:
    """Draws in a pool, so that Slack never waits."""

    tools: Tools
    settings_of: Callable[[int], Settings]
    pool: Executor

    def take(self, turn: Turn, token: str | None) -> None:
        """Returns at once; the page comes from another thread."""
        self.pool.submit(
            answer_alone, self.tools, turn, token, "scorecard", lambda workspace: self._page(turn, token, workspace)
        )

    def _page(self, turn: Turn, token: str | None, workspace: int) -> Sequence[Message]:
        email, client = asker_email(self.tools, turn, token), client_of(self.tools, turn, token)
        asked = AskRequest(workspace_id=workspace, text=turn.text, asker_email=email, where="slack:page")
        answer = self.tools.services.ask(asked)
        if not is_scored(answer):
            return render(answer)
        # Pillow is brought in by who wants a picture.
        from bot.drawing.scorecard import page, pdf, png

        whose = next((part.receipt.scope for part in answer.answers if part.receipt), "")
        drawn = page(answer, whose, on_a_page(self.settings_of(workspace)))
        channel = str(client.conversations_open(users=turn.user)["channel"]["id"])
        title = f"AI scorecard, {cut(whose, LONGEST_NAME)}"
        for ending, data in (("png", png(drawn)), ("pdf", pdf(drawn))):
            file = upload(client, f"scorecard.{ending}", data, title)
            share(client, file, title, channel, "")
        return said(SENT)


def attach(settings_of: Callable[[int], Settings]) -> Callable[[App, Tools, Executor], None]:
    """What registers the listener on an app, with the tools that its other listeners have."""

    def to(app: App, tools: Tools, pool: Executor) -> None:
        app.action(PAGE)(partial(pressed, replies=ScorecardReplies(tools, settings_of, pool)))

    return to


def pressed(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: ScorecardReplies
) -> None:
    """A press on "Page to forward" under a scorecard."""
    ack()
    replies.take(of_button(action, body, context), context.bot_token)
