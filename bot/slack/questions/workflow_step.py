"""The Workflow Builder step "Get a leverage figure": a question, answered for the least privileged reader of a channel.

A workflow runs for whoever starts it, and its output goes on to where nobody asks again who reads it. So it gets what
all readers of the channel that it names may see, and nothing that is the asker's alone.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk.errors import SlackApiError

from bot.errors import UserError
from bot.logs import cause
from bot.questions.answers.answer import Answer, Audience, Status
from bot.questions.answers.receipts import line
from bot.questions.limits import MAX_QUESTION
from bot.questions.request import AskRequest
from bot.slack.api.calls import NetworkError
from bot.slack.api.people import STRANGER
from bot.slack.questions.excuses import excuse
from bot.slack.tools import Tools
from bot.text import cut

log = logging.getLogger(__name__)

STEP = "leverage_figure"  # its callback_id in the manifest
QUESTION, CHANNEL, PERSON = "question", "channel", "person"
ANSWER, RECEIPT = "answer", "receipt"
HIDDEN = "What the answer says may not be shown to everybody in that channel."
INCOMPLETE = "The step needs a question, a channel and a person."
MAX_ANSWER = 3_000
MAX_REASON = 500


@dataclass(frozen=True, slots=True)
class StepReplies:
    """Answers steps in a pool, so that Slack never waits; each run of a step is answered once."""

    tools: Tools
    pool: Executor

    def take(self, event: Mapping[str, Any], team: str, enterprise: str, token: str | None) -> None:
        """Returns at once; the step is completed from another thread."""
        self.pool.submit(self._run, event, team, enterprise, token)

    def _run(self, event: Mapping[str, Any], team: str, enterprise: str, token: str | None) -> None:
        run = str(event.get("function_execution_id") or "")
        outputs, error = {}, ""
        try:
            workspace = self.tools.services.workspace_for(team)
            if not self.tools.services.claim(workspace, f"step:{run}"):
                return
            outputs = self._outputs(event.get("inputs") or {}, workspace, team, enterprise, token)
        except UserError as refusal:
            error = str(refusal)
        except Exception as broken:  # noqa: BLE001  # the border of a step: whatever it was, its workflow hears of it
            ticket = self.tools.ticket()
            log.error("ticket %s: a step of a workflow failed: %s", ticket, cause(broken))
            error = excuse(broken, ticket)
        # The step's own token completes it where there is one; the app's does too.
        client = self.tools.clients.web(str(event.get("bot_access_token") or "") or token)
        try:
            if error:
                client.functions_completeError(function_execution_id=run, error=cut(error, MAX_REASON))
            else:
                client.functions_completeSuccess(function_execution_id=run, outputs=outputs)
        except (SlackApiError, *NetworkError) as lost:
            log.error("a step of a workflow could not be completed: %s", cause(lost))

    def _outputs(
        self, inputs: Mapping[str, Any], workspace: int, team: str, enterprise: str, token: str | None
    ) -> dict[str, str]:
        """What the step hands on. Raises UserError where there is nothing to hand on."""
        question, channel, person = (str(inputs.get(name) or "").strip() for name in (QUESTION, CHANNEL, PERSON))
        if not (question and channel and person):
            raise UserError(INCOMPLETE)
        client = self.tools.clients.web(token)
        asker = self.tools.people.find(client, team, person, enterprise)
        if asker is None or asker.bot or not asker.email:
            raise UserError(STRANGER)
        audience = self.tools.audiences.of(client, team, channel, enterprise)
        if audience is not Audience.MEMBERS:
            raise UserError(HIDDEN)
        request = AskRequest(
            workspace_id=workspace,
            text=question[: MAX_QUESTION + 1],
            asker_email=asker.email,
            audience=audience,
            where=f"slack:workflow:{channel}",
            channel=channel,
        )
        return _told(self.tools.services.ask(request))


def register(app: App, replies: StepReplies) -> None:
    """Listen for the step."""
    app.function(STEP)(partial(executed, replies=replies))


def executed(event: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: StepReplies) -> None:
    """A workflow has come to the step."""
    team = str(context.team_id or body.get("team_id") or "")
    replies.take(event, team, context.enterprise_id or "", context.bot_token)


def _told(answer: Answer) -> dict[str, str]:
    parts = answer.answers or (answer,)
    if any(part.private for part in (answer, *parts)):
        raise UserError(HIDDEN)
    if answer.status is not Status.ANSWERED:
        raise UserError(answer.text)
    receipt = next((line(part.receipt) for part in parts if part.receipt), "")
    warnings = dict.fromkeys(caveat for part in parts for caveat in part.warnings)
    return {ANSWER: cut("\n".join((answer.text, *warnings)), MAX_ANSWER), RECEIPT: receipt}
