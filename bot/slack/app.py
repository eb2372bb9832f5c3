"""Where the Slack app is put together: everything it works with is made here and handed on."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from slack_bolt import App
from slack_bolt.oauth.oauth_settings import OAuthSettings

from bot.advice.service import Advice
from bot.meter import Meter
from bot.services import Services
from bot.settings import Settings
from bot.slack import failures
from bot.slack.advice.listeners import register as register_advice
from bot.slack.advice.replies import AdviceReplies
from bot.slack.api.audience import Audiences
from bot.slack.api.calls import RetryingCalls
from bot.slack.api.clients import TIMEOUT_SECONDS, Clients
from bot.slack.api.people import People
from bot.slack.api.posting import Poster
from bot.slack.bolt_logs import bolt_logger
from bot.slack.home.listeners import HomeReplies
from bot.slack.home.listeners import register as register_home
from bot.slack.install import leaving
from bot.slack.install.installations import Installations
from bot.slack.install.states import OnceStates
from bot.slack.install.tokens import OneToken, StoredTokens
from bot.slack.questions.conversation import Conversations
from bot.slack.questions.listeners import register as register_questions
from bot.slack.questions.listeners import register_first
from bot.slack.questions.shortcut import register as register_shortcut
from bot.slack.questions.workflow_step import StepReplies
from bot.slack.questions.workflow_step import register as register_step
from bot.slack.right_of_way import RightOfWay, YieldingPool
from bot.slack.tools import Tools

LISTENERS = 8  # they only hand over
ANSWERING = 24
PATIENCE = 10.0  # seconds of broken calls after which an asker hears that Slack is slow
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"
# By the first two alone Bolt opens an installation page of its own, its tokens in files; of the third it complains.
BOLTS_VARIABLES = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN")

SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "mpim:history",
    "mpim:read",
    "usergroups:read",
    "users:read",
    "users:read.email",
)

Attach = Callable[[App, Tools, Executor], None]  # registers listeners on an app


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What comes from outside the code: time and chance. Tests bring their own."""

    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    ticket: Callable[[], str] = field(default=lambda: uuid4().hex[:8])
    timeout: int = TIMEOUT_SECONDS


@dataclass(frozen=True, slots=True)
class SlackApp:
    """The Bolt app with what stands behind it."""

    bolt: App
    conversations: Conversations
    meter: Meter
    clients: Clients
    listeners: Executor
    right_of_way: RightOfWay
    answering: YieldingPool
    signing_secret: str = field(repr=False)
    token: OneToken | None  # None where each workspace has its own

    def close(self, within: float | None = None) -> bool:
        """Finish what was taken, then end; call it when no more requests come. Whether all was finished: what is not
        `within` these seconds is left for whoever takes it up."""
        self.listeners.shutdown(wait=within is None)
        return self.conversations.close(within)


def build_app(
    settings: Settings,
    services: Services,
    installations: Installations | None = None,
    environment: Environment | None = None,
    advice: Advice | None = None,
    more: Iterable[Attach] = (),
) -> SlackApp:
    """The Slack app for these settings: one workspace by `SLACK_BOT_TOKEN`, or many by `installations`.

    `more` attach what has listeners of its own, before those that take whatever is left.
    """
    environment = environment or Environment()
    clients = Clients(settings.slack_api_url, environment.timeout)
    meter = Meter()
    waiting = RetryingCalls(environment.sleep, PATIENCE, failed=meter.refused)
    people = People(waiting, environment.clock)
    poster = Poster(clients, environment.sleep, environment.clock, meter.refused)
    tools = Tools(
        services=services,
        clients=clients,
        people=people,
        audiences=Audiences(people, waiting),
        poster=poster,
        meter=meter,
        clock=environment.clock,
        ticket=environment.ticket,
    )
    right_of_way = RightOfWay()
    answering = YieldingPool(right_of_way, ANSWERING, "answer")
    conversations = Conversations(tools, answering)
    listeners = ThreadPoolExecutor(LISTENERS, thread_name_prefix="listen")
    token = None if installations else _one_token(settings, clients)
    bolt = _bolt(settings, clients, token, installations, listeners)
    register_first(bolt, conversations)
    if advice:
        register_advice(bolt, AdviceReplies(tools, advice, answering))
    for attach in more:
        attach(bolt, tools, answering)
    register_questions(bolt, conversations)
    register_shortcut(bolt, conversations)
    register_step(bolt, StepReplies(tools, answering))
    register_home(bolt, HomeReplies(tools, conversations, answering))
    failures.register(bolt, clients, poster, environment.ticket)
    return SlackApp(
        bolt=bolt,
        conversations=conversations,
        meter=meter,
        clients=clients,
        listeners=listeners,
        right_of_way=right_of_way,
        answering=answering,
        signing_secret=settings.slack_signing_secret,
        token=token,
    )


def _bolt(
    settings: Settings,
    clients: Clients,
    token: OneToken | None,
    installations: Installations | None,
    listeners: Executor,
) -> App:
    authorize: Any = token or _stored_tokens(settings, installations)
    with _without(BOLTS_VARIABLES):
        app = App(
            logger=bolt_logger(),
            name="fulcrum",
            signing_secret=settings.slack_signing_secret,
            client=clients.web(),
            authorize=authorize,
            oauth_settings=_oauth(settings, installations) if installations else None,
            listener_executor=listeners,
            attaching_conversation_kwargs_enabled=False,
        )
    if installations:
        app.enable_token_revocation_listeners()
    else:
        leaving.register(app)
    return app


def _one_token(settings: Settings, clients: Clients) -> OneToken:
    settings.require("SLACK_BOT_TOKEN")
    return OneToken(settings.slack_bot_token, clients)


def _stored_tokens(settings: Settings, installations: Installations | None) -> StoredTokens:
    assert installations is not None
    settings.require("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
    return StoredTokens(installations)


@contextmanager
def _without(names: Iterable[str]) -> Iterator[None]:
    """Keep variables of the environment from a library that would act on them by itself; empty ones count there too."""
    held = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(held)


def _oauth(settings: Settings, installations: Installations) -> OAuthSettings:
    return OAuthSettings(
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret,
        scopes=list(SCOPES),
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        installation_store=installations,
        installation_store_bot_only=True,
        state_store=OnceStates(settings.slack_client_secret, installations.spend),
    )
