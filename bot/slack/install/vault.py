"""Installations in the store, their tokens sealed with a key that the store does not hold."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Engine

from bot.slack.install.installations import InstalledBot
from storage.keep.installations import Installed, drop_installation, get_installation, put_installation


def box(client_secret: str) -> Fernet:
    """Seals and opens; the key is derived from the app's client secret, so it needs no setting of its own."""
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"fulcrum slack tokens v1")
    return Fernet(urlsafe_b64encode(derive.derive(client_secret.encode())))


@dataclass(frozen=True)
class StoreVault:
    """`Vault` over the store."""

    engine: Engine
    sealed: Fernet
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

    def drop(self, enterprise_id: str, team_id: str) -> None:
        """Forget it; one that is not there is forgotten already."""
        with self.engine.begin() as connection:
            drop_installation(connection, enterprise_id, team_id)
