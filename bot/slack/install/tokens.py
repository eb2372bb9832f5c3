"""Whose token speaks in a workspace, without a call to Slack for every request."""

from __future__ import annotations

import logging
from threading import Lock

from slack_bolt import BoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import InstallationStore

from bot.slack.api.calls import NetworkError, failure
from bot.slack.api.clients import Clients

log = logging.getLogger(__name__)


class OneToken(Authorize):
    """The single token of an app made for one workspace."""

    def __init__(self, token: str, clients: Clients) -> None:
        self._token = token
        self._clients = clients
        self._lock = Lock()
        self._own: tuple[str, str] | None = None

    def __call__(
        self,
        *,
        context: BoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult:
        """The token, with the bot's own ids where Slack tells them."""
        bot_user, bot = self._ids()
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=self._token,
            bot_user_id=bot_user or None,
            bot_id=bot or None,
        )

    def _ids(self) -> tuple[str, str]:
        with self._lock:
            if self._own is None:
                try:
                    told = self._clients.web(self._token).auth_test()
                    self._own = (str(told.get("user_id") or ""), str(told.get("bot_id") or ""))
                except SlackApiError as error:
                    log.error("Slack does not know the bot's token: %s", failure(error).code)
                except NetworkError as error:
                    log.warning("Slack could not be asked who the bot is: %s", type(error).__name__)
            return self._own or ("", "")


class StoredTokens(Authorize):
    """The tokens of the workspaces that installed the app."""

    def __init__(self, installations: InstallationStore) -> None:
        self._installations = installations

    def __call__(
        self,
        *,
        context: BoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        """The bot of the installation; None where there is none, which Bolt tells the person."""
        bot = self._installations.find_bot(
            enterprise_id=enterprise_id,
            team_id=team_id,
            is_enterprise_install=context.is_enterprise_install,
        )
        if bot is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=bot.bot_token,
            bot_user_id=bot.bot_user_id,
            bot_id=bot.bot_id,
        )
