"""What `fulcrum doctor` sees beyond this machine: Slack, by its tokens and scopes, and the model."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.cli.health import Finding
from bot.questions.llm.engine import MODEL
from bot.settings import Settings
from bot.slack.api.calls import NetworkError, failure
from bot.slack.api.clients import Clients
from bot.slack.app import SCOPES

SECONDS = 8  # for each call
CLOCKS_APART = 60  # seconds; Slack's requests are refused when they are five minutes old
BOT_TOKEN = "Set SLACK_BOT_TOKEN to the Bot User OAuth Token under OAuth & Permissions of the app's page."
APP_TOKEN = "Make an app-level token with connections:write under Basic Information, and set SLACK_APP_TOKEN to it."


def of_slack(settings: Settings) -> Iterator[Finding]:
    """Whether Slack takes the tokens, and what they may do."""
    clients = Clients(settings.slack_api_url, SECONDS)
    if settings.slack_client_id:
        yield Finding("Slack", "off", "each workspace brings its own token")
    elif settings.slack_bot_token:
        yield from _bot(clients, settings.slack_bot_token)
    if settings.slack_app_token:
        yield _app(clients, settings.slack_app_token)


def of_model(settings: Settings) -> Finding:
    """Whether the model answers."""
    if not settings.openai_api_key:
        return Finding("model", "off", "no OPENAI_API_KEY is set: the rules read every question")
    from bot.questions.llm.client import ModelClient, Server
    from bot.questions.llm.failure import ModelFailure
    from bot.questions.llm.wire import Prompt

    model = settings.openai_model or MODEL
    client = ModelClient(
        Server(api_key=settings.openai_api_key, model=model, base_url=settings.openai_base_url, longest=SECONDS)
    )
    try:
        client.tell(Prompt("Answer with one word.", "Say yes."), time.monotonic() + SECONDS)
    except ModelFailure as failed:
        todo = "Check OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL; until then the rules read every question."
        return Finding("model", "wrong", f"{model} does not answer: {failed.reason}", todo)
    finally:
        client.close()
    return Finding("model", "ok", f"{model} answers")


def of_scopes(headers: Mapping[str, Any]) -> Iterator[Finding]:
    """Which of the scopes that the app needs were not granted, by the headers of an answer of Slack's."""
    granted = {part.strip() for part in str(headers.get("x-oauth-scopes") or "").split(",")} - {""}
    if granted:
        missing = sorted({*SCOPES} - granted)
        todo = "Paste manifest.json into the app's manifest, and install the app to the workspace again."
        says = f"{', '.join(missing)} not granted" if missing else "all are granted"
        yield Finding("scopes", "wrong" if missing else "ok", says, todo if missing else "")


def _bot(clients: Clients, token: str) -> Iterator[Finding]:
    try:
        told = clients.web(token).auth_test()
    except (SlackApiError, *NetworkError) as error:
        yield _failed("Slack", error, BOT_TOKEN)
        return
    yield Finding("Slack", "ok", f"it takes the bot token, of {told.get('team') or 'its workspace'}")
    headers = {str(name).lower(): value for name, value in dict(told.headers).items()}
    yield from of_scopes(headers)
    yield from _clock(headers)


def _app(clients: Clients, token: str) -> Finding:
    try:
        clients.web().apps_connections_open(app_token=token)
    except (SlackApiError, *NetworkError) as error:
        return _failed("Socket Mode", error, APP_TOKEN)
    return Finding("Socket Mode", "ok", "Slack takes the app token")


def _failed(about: str, error: Exception, todo: str) -> Finding:
    if isinstance(error, SlackApiError):
        what = failure(error)
        if not what.unknown and what.wait is None:
            return Finding(about, "wrong", f"it refuses the token ({what.code})", todo)
    says = "it does not answer from here"
    return Finding(about, "wrong", says, "Check the way to slack.com, HTTPS_PROXY and SLACK_API_URL.")


def _clock(headers: Mapping[str, Any]) -> Iterator[Finding]:
    try:
        theirs = parsedate_to_datetime(str(headers["date"])).timestamp()
    except (KeyError, ValueError, TypeError):
        return
    apart = round(abs(time.time() - theirs))
    if apart > CLOCKS_APART:
        says = f"this machine's differs from Slack's by {apart} seconds"
        yield Finding("clock", "wrong", says, "Set it by a time server: Slack's requests are refused when it is off.")
