"""What happens when a listener or the way to it breaks: the cause in the log, one sentence to the person."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from slack_bolt import App, BoltContext, BoltResponse
from slack_sdk.errors import SlackApiError

from bot.logs import cause
from bot.slack.api.calls import NetworkError
from bot.slack.api.clients import Clients
from bot.slack.api.posting import Place, Poster
from bot.slack.questions.blocks import said
from bot.slack.questions.excuses import SORRY

log = logging.getLogger(__name__)


def register(app: App, clients: Clients, poster: Poster, ticket: Callable[[], str]) -> None:
    """Take over from Bolt's own handler, which logs the text of errors and so what people wrote."""
    app.error(partial(broken, clients=clients, poster=poster, ticket=ticket))


def broken(
    error: Exception,
    context: BoltContext,
    response: BoltResponse | None,
    clients: Clients,
    poster: Poster,
    ticket: Callable[[], str],
) -> None:
    """Log it under a ticket; tell the person the ticket, unless Slack is about to try again."""
    number = ticket()
    log.error("ticket %s: a listener failed: %s", number, cause(error))
    tried_again = response is not None and response.status >= 500 and context.bot_token is None
    if tried_again or not (context.user_id and context.channel_id):
        return
    place = Place(
        team=context.team_id or "",
        channel=context.channel_id,
        user=context.user_id,
        response_url=context.response_url or "",
    )
    try:
        poster.whisper(clients.web(context.bot_token), place, said(SORRY.format(ticket=number)), number)
    except (SlackApiError, *NetworkError) as failed:
        log.error("nothing could be said to the asker: %s", cause(failed))
