"""The Slack of the tests: the preview's workspace and Web API, over real HTTP, with stricter eyes for escaped text."""

from __future__ import annotations

from itertools import count
from typing import Any

from flask import Flask

from bot.preview.api import add_api
from bot.preview.faults import ApiCall, ApiError, Fault
from bot.preview.hosting import Hosted
from bot.preview.methods import METHODS
from bot.preview.slack import BOT, BOT_USER, Hook, Reply, Slack, Trigger
from tests.fakes.slack_blocks import unescaped

__all__ = ["BOT", "BOT_USER", "ApiCall", "ApiError", "FakeSlack", "Fault"]

HOOK = "1"


class FakeSlack(Slack):
    """A workspace that answers from `with` to its end; no rates, a clock of its own, one response_url."""

    def __init__(self) -> None:
        seconds = count(1_001)
        super().__init__(clock=lambda: float(next(seconds)), methods=METHODS)
        self.hooks[HOOK] = Hook(user="hook", channel="")
        self.away: Fault | None = None
        web = Flask("slack")
        add_api(web, self)
        self._hosted = Hosted(web)

    def __enter__(self) -> FakeSlack:
        self._hosted.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._hosted.stop()

    @property
    def url(self) -> str:
        return f"{self._hosted.url}/api/"

    @property
    def hook(self) -> str:
        return f"{self._hosted.url}/hook/{HOOK}"

    @property
    def hook_uses(self) -> int:
        return self.hooks[HOOK].uses

    @hook_uses.setter
    def hook_uses(self, uses: int) -> None:
        self.hooks[HOOK].uses = uses

    def handle(self, call: ApiCall) -> Reply | None:
        """While Slack is `away` every call meets that."""
        if self.away:
            self.fault(call.method, self.away)
        return super().handle(call)

    def use_trigger(self, key: str) -> str:
        """A trigger nobody here made is good: requests of the tests make up theirs."""
        self.triggers.setdefault(key, Trigger(user="UANA", until=float("inf")))
        return super().use_trigger(key)

    def complaints(self, blocks: Any) -> list[str]:
        """Slack's, and what would be somebody's text gone through unescaped."""
        return super().complaints(blocks) or unescaped(blocks)
