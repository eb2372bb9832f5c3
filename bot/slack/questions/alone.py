"""What a word of the command or a press answers to who asked alone: who that is, and how it gets there."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import UserError
from bot.logs import cause
from bot.slack.api.calls import NetworkError
from bot.slack.api.people import STRANGER
from bot.slack.api.posting import Place
from bot.slack.blocks.parts import Message
from bot.slack.questions.blocks import said
from bot.slack.questions.excuses import SORRY
from bot.slack.questions.turn import Turn
from bot.slack.tools import Tools

log = logging.getLogger(__name__)


def client_of(tools: Tools, turn: Turn, token: str | None) -> WebClient:
    """Slack's Web API as a turn's workspace is asked by it."""
    return tools.clients.web(token, turn.team if turn.org_wide else None)


def asker_email(tools: Tools, turn: Turn, token: str | None) -> str:
    """The address of who asked. Raises UserError for somebody whom Slack confirms none of."""
    found = tools.people.find(client_of(tools, turn, token), turn.team, turn.user, turn.enterprise)
    if found is None or found.bot or not found.email:
        raise UserError(STRANGER)
    return found.email


def answer_alone(
    tools: Tools, turn: Turn, token: str | None, what: str, work: Callable[[int], Sequence[Message]]
) -> None:
    """Tell who asked, once, what `work` makes of their workspace, or why there is nothing; `what` is for the log."""
    messages: Sequence[Message]
    try:
        workspace = tools.services.workspace_for(turn.team)
        if not tools.services.claim(workspace, turn.claim):
            return
        messages = work(workspace)
    except UserError as error:
        messages = said(str(error))
    except Exception as error:  # noqa: BLE001  # the border of the bot: whatever it was, the person hears of it
        ticket = tools.ticket()
        log.error("ticket %s: %s failed: %s", ticket, what, cause(error))
        messages = said(SORRY.format(ticket=ticket))
    tell_alone(tools, turn, token, messages)


def tell_alone(tools: Tools, turn: Turn, token: str | None, messages: Sequence[Message]) -> None:
    """Say it to who asked and to nobody else; where that fails the log says so."""
    place = Place(
        team=turn.team,
        channel=turn.channel or turn.user,
        user=turn.user,
        thread_ts=turn.thread_ts,
        response_url=turn.response_url,
    )
    try:
        tools.poster.whisper(client_of(tools, turn, token), place, messages, turn.claim)
    except (SlackApiError, *NetworkError) as error:
        log.error("nothing could be said to the asker: %s", cause(error))
