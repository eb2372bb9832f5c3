"""Whose token speaks in a workspace, without a call to Slack for every request."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Lock, Thread

from slack_bolt import BoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import InstallationStore

from bot.errors import NotReady
from bot.slack.api.calls import NetworkError, failure
from bot.slack.api.clients import Clients

log = logging.getLogger(__name__)

PATIENCE = 1.0  # seconds that a request waits to hear who the bot is: Slack wants its acknowledgement within three
ASKED_AGAIN = 30.0  # seconds after which a refused token is tried again by whoever looks whether the process is ready
REFUSED = (
    "Slack refuses SLACK_BOT_TOKEN (%s): set it to the Bot User OAuth Token under OAuth & Permissions of the app's page"
)


class OneToken(Authorize):
    """The single token of an app made for one workspace. Slack is asked once whose it is, and nobody waits long."""

    def __init__(self, token: str, clients: Clients, clock: Callable[[], float] = time.monotonic) -> None:
        self._token = token
        self._clients = clients
        self._clock = clock
        self._lock = Lock()
        self._own: tuple[str, str] | None = None
        self._refused = ""
        self._asking: Future[None] | None = None
        self._asked_at = float("-inf")

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

    def ask(self) -> Future[None]:
        """Ask Slack whose the token is, unless it is being asked; from another thread, which ends by itself."""
        with self._lock:
            if self._asking is None or self._asking.done():
                self._asking, self._asked_at = Future(), self._clock()
                Thread(target=self._ask, args=(self._asking,), name="whose token", daemon=True).start()
            return self._asking

    def require(self) -> None:
        """Raises NotReady where Slack refuses the token; a refused one is tried again after a while."""
        if self._refused and self._clock() - self._asked_at > ASKED_AGAIN:
            self.ask()
        if self._refused:
            raise NotReady(REFUSED % self._refused)

    def _ids(self) -> tuple[str, str]:
        if self._own is None:
            wait([self.ask()], PATIENCE)
        return self._own or ("", "")

    def _ask(self, asked: Future[None]) -> None:
        try:
            told = self._clients.web(self._token).auth_test()
            self._own, self._refused = (str(told.get("user_id") or ""), str(told.get("bot_id") or "")), ""
        except SlackApiError as error:
            what = failure(error)
            if not what.unknown and what.wait is None:
                self._refused = what.code
                log.error(REFUSED, what.code)
            else:
                log.warning("Slack could not be asked who the bot is: %s", what.code)
        except NetworkError as error:
            log.warning("Slack could not be asked who the bot is: %s", type(error).__name__)
        finally:
            asked.set_result(None)


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
