"""The state of an installation on its way through Slack: sealed, of five minutes, and good once."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from cryptography.fernet import InvalidToken
from slack_sdk.oauth.state_store import OAuthStateStore

from bot.slack.install.vault import derived

SECONDS = 300


class OnceStates(OAuthStateStore):
    """Each state is taken by whoever shows it first; `spend` says durably whether what is sealed in it is new."""

    def __init__(self, secret: str, spend: Callable[[str], bool], clock: Callable[[], float] = time.time) -> None:
        self._sealed = derived(secret, b"fulcrum slack states v1")
        self._spend, self._clock = spend, clock

    def issue(self, *_: Any, **__: Any) -> str:
        """A new one."""
        return self._sealed.encrypt_at_time(uuid4().bytes, int(self._clock())).decode()

    def consume(self, state: str) -> bool:
        """Whether it is ours, still good, and shown for the first time."""
        try:
            held = self._sealed.decrypt_at_time(state.encode(), SECONDS, int(self._clock()))
        except (InvalidToken, UnicodeEncodeError):
            return False
        return self._spend(held.hex())
