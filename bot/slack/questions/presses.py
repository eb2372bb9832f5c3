"""What a press on an answer's own buttons does beside it: thumbs are kept, what stands behind it is shown."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace

from slack_sdk.models.views import View

from bot.errors import UserError
from bot.logs import cause
from bot.questions.answers.answer import Audience
from bot.questions.answers.following import Following
from bot.slack.api.people import STRANGER
from bot.slack.questions.blocks import said
from bot.slack.questions.delivery import AnswerDelivery, TakenTurn
from bot.slack.questions.math import math_view
from bot.slack.questions.thumbs import NOT_YOURS, NOTED, NOTED_UP, wrong_form
from bot.slack.questions.turn import Turn
from bot.slack.tools import Tools

log = logging.getLogger(__name__)

NO_MATH = "What stands behind that answer is not kept any more. Ask again, and it is."


class Presses:
    """Takes presses; what may last runs in the pool."""

    def __init__(self, tools: Tools, delivery: AnswerDelivery, pool: Executor) -> None:
        self._tools, self._delivery, self._pool = tools, delivery, pool

    def vote(self, turn: Turn, token: str | None, trigger: str, number: int, thumb: str) -> None:
        """Keep a thumb and say so; of one down ask first what was wrong, before its trigger ends."""
        if thumb == "down":
            self.open_view(token, trigger, wrong_form(number))
        self._pool.submit(self._vote, turn, token, number, thumb)

    def complain(self, turn: Turn, token: str | None, number: int, words: str) -> str:
        """Keep what was wrong with an answer; gives the sentence that says so."""
        services = self._tools.services
        client = self._tools.clients.web(token, turn.team if turn.org_wide else None)
        asker = self._tools.people.find(client, turn.team, turn.user, turn.enterprise)
        if asker is None or not asker.email:
            return STRANGER
        kept = services.vote(services.workspace_for(turn.team), number, asker.email, "down", words)
        return NOTED if kept else NOT_YOURS

    def math(self, turn: Turn, token: str | None, trigger: str) -> None:
        """Open what stands behind an answer; its trigger lives for three seconds, so that the rows come after it."""
        services = self._tools.services
        said = services.math(services.workspace_for(turn.team), turn.number)
        client = self._tools.clients.web(token, turn.team if turn.org_wide else None)
        opened = client.views_open(trigger_id=trigger, view=math_view(said or (NO_MATH,), waiting=bool(said)))
        if said:
            self._pool.submit(self._rows_behind, TakenTurn(turn, client), said, str(opened["view"]["id"]))

    def _rows_behind(self, taken: TakenTurn, said: Sequence[str], view_id: str) -> None:
        """Complete the modal with the rows, as who opened it may see them."""
        try:
            taken = replace(taken, workspace=self._tools.services.workspace_for(taken.turn.team))
            asker = self._delivery.find(taken, taken.turn.user)
            answer = None
            if asker and asker.email:
                request = taken.request("", asker.email, Audience.PRIVATE)
                answer = self._tools.services.again(request, taken.turn.number, Following.SAME)
            taken.client.views_update(view_id=view_id, view=math_view(said, answer))
        except UserError as error:
            taken.client.views_update(view_id=view_id, view=math_view((*said, str(error))))
        except Exception as error:  # noqa: BLE001  # the definition stands there; the rows are lost, and the log says so
            log.error("the rows behind an answer were not shown: %s", cause(error))

    def open_view(self, token: str | None, trigger: str, view: View) -> None:
        """Show a form or a notice at once: a trigger lives for three seconds."""
        self._tools.clients.web(token).views_open(trigger_id=trigger, view=view)

    def _vote(self, turn: Turn, token: str | None, number: int, thumb: str) -> None:
        services = self._tools.services
        client = self._tools.clients.web(token, turn.team if turn.org_wide else None)
        taken = TakenTurn(replace(turn, whisper=True), client)
        try:
            asker = self._delivery.find(taken, turn.user)
            if asker and asker.email:
                kept = services.vote(services.workspace_for(turn.team), number, asker.email, thumb)
                if thumb == "up":
                    self._delivery.show(taken, said(NOTED_UP if kept else NOT_YOURS))
        except Exception as error:  # noqa: BLE001  # nobody waits for a thumb: it is lost, and the log says so
            log.error("a thumb was not kept: %s", cause(error))
