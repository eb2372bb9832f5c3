"""The workspaces that installed the app: Slack's shape of an installation over rows that the store keeps."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from slack_sdk.oauth import InstallationStore
from slack_sdk.oauth.installation_store import Bot, Installation

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledBot:
    """The bot of one workspace, or of a whole organisation (`team_id` is then "")."""

    enterprise_id: str = ""
    team_id: str = ""
    team_name: str = ""
    app_id: str = ""
    bot_id: str
    bot_user_id: str
    scopes: tuple[str, ...] = ()
    token: str = field(repr=False)


class Vault(Protocol):
    """Where installations are kept; the key is (enterprise_id, team_id)."""

    def put(self, bot: InstalledBot) -> None:
        """Keep it, in place of an older one; a workspace that is new gets its place in the store."""

    def get(self, enterprise_id: str, team_id: str) -> InstalledBot | None:
        """The one with this key."""

    def drop(self, enterprise_id: str, team_id: str) -> None:
        """Forget it; one that is not there is forgotten already."""

    def spend(self, state: str) -> bool:
        """Whether the state of an installation is spent for the first time, in any process."""


class Installations(InstallationStore):
    """What Bolt asks of an installation store, for bot tokens alone: no user's token is asked for or kept."""

    def __init__(self, vault: Vault, clock: Callable[[], float]) -> None:
        self._vault = vault
        self._clock = clock

    @property
    def logger(self) -> logging.Logger:
        """Bolt looks for it."""
        return log

    def save(self, installation: Installation) -> None:
        """Keep the bot of an installation."""
        self.save_bot(installation.to_bot())

    def save_bot(self, bot: Bot) -> None:
        """Keep a bot."""
        enterprise, team = _key(bot.enterprise_id, bot.team_id, bot.is_enterprise_install)
        self._vault.put(
            InstalledBot(
                enterprise_id=enterprise,
                team_id=team,
                team_name=bot.team_name or "",
                app_id=bot.app_id or "",
                bot_id=bot.bot_id,
                bot_user_id=bot.bot_user_id,
                scopes=tuple(bot.bot_scopes),
                token=bot.bot_token,
            )
        )

    def find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The bot that speaks in a workspace: its own, else that of its organisation."""
        kept = None if is_enterprise_install else self._vault.get(enterprise_id or "", team_id or "")
        if kept is None and enterprise_id:
            kept = self._vault.get(enterprise_id, "")
        if kept is None:
            return None
        return Bot(
            app_id=kept.app_id,
            enterprise_id=kept.enterprise_id or None,
            team_id=kept.team_id or None,
            team_name=kept.team_name,
            bot_token=kept.token,
            bot_id=kept.bot_id,
            bot_user_id=kept.bot_user_id,
            bot_scopes=list(kept.scopes),
            is_enterprise_install=not kept.team_id,
            installed_at=self._clock(),
        )

    def find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """Nobody's own: users install nothing for themselves."""
        return None

    def spend(self, state: str) -> bool:
        """Whether the state of an installation is spent for the first time, in any process."""
        return self._vault.spend(state)

    def delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget a workspace's bot."""
        self._vault.drop(enterprise_id or "", team_id or "")

    def delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Nothing is kept for a user."""


def _key(enterprise_id: str | None, team_id: str | None, whole: bool) -> tuple[str, str]:
    return enterprise_id or "", "" if whole else team_id or ""
