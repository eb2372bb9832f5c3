"""The app's Home and its conversation, as somebody opens them: figures there, prompts here."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import UserError
from bot.home.board import Board
from bot.logs import cause
from bot.slack.api.calls import NetworkError
from bot.slack.api.people import STRANGER
from bot.slack.blocks.inputs import carried_texts
from bot.slack.home.blocks import ASK_HOME, LINK_HOME, home
from bot.slack.home.page import HomeFigures, HomePage, titles
from bot.slack.questions.conversation import Conversations
from bot.slack.questions.turn import of_home
from bot.slack.tools import Tools

log = logging.getLogger(__name__)

MOST_PAGES = 500  # of visitors whose figures are held until something changes
PANE = "Ask about your organisation's use of AI"


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at the app's Home or its conversation."""

    team: str
    enterprise: str
    user: str
    channel: str
    tab: str
    org_wide: bool


class HomeReplies:
    """Shows who comes in what is theirs; in a pool, since it asks several questions."""

    def __init__(self, tools: Tools, conversations: Conversations, pool: Executor) -> None:
        self._tools = tools
        self._conversations = conversations
        self._pool = pool
        self._pages: dict[tuple[int, str], tuple[tuple[object, ...], HomePage]] = {}

    def take(self, visit: Visit, token: str | None) -> None:
        """Returns at once."""
        self._pool.submit(self._quietly, self.show, visit, token)

    def press(self, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        """A question on Home: its answer goes to the conversation, and Home says so. Returns at once."""
        self._pool.submit(self._quietly, self._pressed, action, body, context)

    def link(self, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        """An admin says who somebody is, and Home says what came of it. Returns at once."""
        self._pool.submit(self._quietly, self._linked, action, body, context)

    def show(self, visit: Visit, token: str | None, answered: str = "", linked: str = "") -> None:
        """Home's figures, or the conversation's prompts."""
        client = self._tools.clients.web(token, visit.team if visit.org_wide else None)
        found = self._tools.people.find(client, visit.team, visit.user, visit.enterprise)
        if found and found.bot:
            return
        figures = self._figures(visit, found.email) if found and found.email else None
        if visit.tab == "messages":
            self._prompt(client, visit, figures)
            return
        for board in self._boards(visit, found.email if found else ""):
            if figures and board:
                figures = replace(figures, place=board.standing)
            page = self._page(figures, board.state if board else ()) if figures else HomePage(note=STRANGER)
            strangers = figures.strangers() if figures else ()
            view = home(found.name if found else "", page, answered, strangers, linked, board)
            client.views_publish(user_id=visit.user, view=view)

    def _boards(self, visit: Visit, email: str) -> Iterator[Board | None]:
        """What stands beside the figures, at once; where its workflows take a while, once more with them."""
        services = self._tools.services
        if not email:
            yield None
            return
        workspace = services.workspace_for(visit.team)
        board = services.board(workspace, email, patient=False)
        yield board
        if not board.surveyed:
            yield services.board(workspace, email)

    def _page(self, figures: HomeFigures, state: tuple[object, ...]) -> HomePage:
        """What this person was shown while nothing has changed since, else asked anew: it is several questions."""
        key = (figures.workspace_id, figures.email)
        held = self._pages.get(key)
        if state and held and held[0] == state:
            return held[1]
        page = figures.page()
        if state:
            self._pages.pop(key, None)
            self._pages[key] = (state, page)
            if len(self._pages) > MOST_PAGES:
                self._pages.pop(next(iter(self._pages)), None)
        return page

    def _figures(self, visit: Visit, email: str) -> HomeFigures:
        services = self._tools.services
        return HomeFigures(services, services.workspace_for(visit.team), email)

    def _prompt(self, client: WebClient, visit: Visit, figures: HomeFigures | None) -> None:
        if figures is None:
            return
        try:
            prompts = figures.suggested()
        except UserError as error:
            log.info("no prompts for a visitor: %s", type(error).__name__)
            return
        # With a thread_ts the call does nothing, and says nothing, where the app is an agent.
        client.assistant_threads_setSuggestedPrompts(channel_id=visit.channel, prompts=titles(prompts), title=PANE)

    def _pressed(self, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        visit = _visit(str(body["user"]["id"]), "", "home", body, context)
        client = self._tools.clients.web(context.bot_token, visit.team if visit.org_wide else None)
        channel = str(client.conversations_open(users=visit.user)["channel"]["id"])
        self._conversations.answer(of_home(action, body, context, channel), context.bot_token)
        self.show(visit, context.bot_token, str(action.get("value") or ""))

    def _linked(self, action: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        visit = _visit(str(body["user"]["id"]), "", "home", body, context)
        client = self._tools.clients.web(context.bot_token, visit.team if visit.org_wide else None)
        found = self._tools.people.find(client, visit.team, visit.user, visit.enterprise)
        services = self._tools.services
        try:
            outside_id, email = carried_texts(action.get("value"), 2)
            asker = found.email if found else ""
            said = services.link(services.workspace_for(visit.team), asker, outside_id, email)
        except UserError as error:
            said = str(error)
        self.show(visit, context.bot_token, linked=said)

    def _quietly(self, work: Callable[..., None], *given: Any) -> None:
        """A Home that stays as it was is no reason to write to anybody: the log has it."""
        try:
            work(*given)
        except (SlackApiError, *NetworkError) as error:
            log.warning("Home could not be shown: %s", cause(error))
        except Exception as error:  # noqa: BLE001  # a thread of a pool keeps what nobody catches to itself
            log.error("Home could not be made: %s", cause(error))


def register(app: App, replies: HomeReplies) -> None:
    """Listen for visits, and for the questions and links on Home."""
    app.event("app_home_opened")(partial(opened, replies=replies))
    app.action(re.compile(rf"^{ASK_HOME}:\d+$"))(partial(pressed, replies=replies))
    app.action(re.compile(rf"^{LINK_HOME}:\d+:\d+$"))(partial(linked, replies=replies))


def opened(event: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: HomeReplies) -> None:
    """Somebody opens Home, or the conversation with the app."""
    visit = _visit(str(event["user"]), str(event.get("channel") or ""), str(event.get("tab")), body, context)
    replies.take(visit, context.bot_token)


def pressed(ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: HomeReplies) -> None:
    """A press on "Checkout, week by week"."""
    ack()
    replies.press(action, body, context)


def linked(ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: HomeReplies) -> None:
    """A press on "It is ana@acme.example"."""
    ack()
    replies.link(action, body, context)


def _visit(user: str, channel: str, tab: str, body: dict[str, Any], context: BoltContext) -> Visit:
    return Visit(
        team=str(context.team_id or body.get("team_id") or ""),
        enterprise=context.enterprise_id or "",
        user=user,
        channel=channel,
        tab=tab,
        org_wide=bool(context.is_enterprise_install),
    )
