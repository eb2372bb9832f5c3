"""Installations in the store, their tokens sealed with a key that the store does not hold."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Engine

from bot.slack.install.installations import InstalledBot
from storage.keep import claims
from storage.keep.installations import (
    Installed,
    drop_installation,
    get_installation,
    put_installation,
    put_sealed_token,
    sealed_tokens,
)
from storage.workspaces import default_workspace

BY_SECRET = b"fulcrum slack tokens v1"


def box(client_secret: str, keys: str = "") -> MultiFernet:
    """Seals with the first of the keys (between commas) and opens with each; without any the client secret is the key.

    It opens what the client secret sealed in any case, for installations that are older than the key.
    """
    found = [key for key in keys.split(",") if key]
    return MultiFernet([derived(key, b"fulcrum token key v1") for key in found] + [derived(client_secret, BY_SECRET)])


def derived(secret: str, about: bytes) -> Fernet:
    """A seal of its own for each purpose (`about`) of one secret."""
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=about)
    return Fernet(urlsafe_b64encode(derive.derive(secret.encode())))


@dataclass(frozen=True)
class StoreVault:
    """`Vault` over the store."""

    engine: Engine
    sealed: MultiFernet
    now: Callable[[], datetime]

    def put(self, bot: InstalledBot) -> None:
        """Keep it, in place of an older one; a workspace that is new gets its place in the store."""
        kept = Installed(
            enterprise_id=bot.enterprise_id,
            team_id=bot.team_id,
            team_name=bot.team_name[:200],
            app_id=bot.app_id,
            bot_id=bot.bot_id,
            bot_user_id=bot.bot_user_id,
            scopes=",".join(bot.scopes),
            sealed_token=self.sealed.encrypt(bot.token.encode()).decode(),
        )
        with self.engine.begin() as connection:
            put_installation(connection, kept, self.now())

    def get(self, enterprise_id: str, team_id: str) -> InstalledBot | None:
        """The one with this key; one that another client secret sealed counts as gone, so it is installed again."""
        with self.engine.connect() as connection:
            kept = get_installation(connection, enterprise_id, team_id)
        if kept is None:
            return None
        try:
            token = self.sealed.decrypt(kept.sealed_token.encode()).decode()
        except InvalidToken:
            return None
        return InstalledBot(
            enterprise_id=kept.enterprise_id,
            team_id=kept.team_id,
            team_name=kept.team_name,
            app_id=kept.app_id,
            bot_id=kept.bot_id,
            bot_user_id=kept.bot_user_id,
            scopes=tuple(filter(None, kept.scopes.split(","))),
            token=token,
        )

    def reseal(self) -> int:
        """Seal every token that can be opened with the key in use; gives how many cannot be opened any more."""
        lost = 0
        with self.engine.begin() as connection:
            for id_, sealed in sealed_tokens(connection):
                try:
                    again = self.sealed.rotate(sealed.encode()).decode()
                except InvalidToken:
                    lost += 1
                else:
                    put_sealed_token(connection, id_, again)
        return lost

    def drop(self, enterprise_id: str, team_id: str) -> None:
        """Forget it; one that is not there is forgotten already."""
        with self.engine.begin() as connection:
            drop_installation(connection, enterprise_id, team_id)

    def spend(self, state: str) -> bool:
        """Whether the state of an installation is spent for the first time, in any process."""
        with self.engine.begin() as connection:
            # It is of no workspace yet, so the first keeps it.
            return claims.claim(connection, default_workspace(connection), f"install:{state}", self.now())
