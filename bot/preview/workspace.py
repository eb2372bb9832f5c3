"""The preview put together: the workspace, its Web API, its page, and the way to the app."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from bot.preview.acting import Acting
from bot.preview.api import add_api
from bot.preview.delivery import Delivery
from bot.preview.faults import Limits
from bot.preview.hosting import Hosted
from bot.preview.methods import METHODS
from bot.preview.methods.lookup import direct
from bot.preview.seen import PreviewScene
from bot.preview.slack import BOT_USER, TEAM, Slack
from bot.preview.web import add_page

STATIC = Path(__file__).parent / "static"
TOKEN = "xoxb-preview"  # no workspace knows it

# Each of these says that a real workspace or a real store is near; the preview stays off there.
REAL = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "SLACK_API_URL",
    "DATABASE_URL",
)


class PreviewWorkspace:
    """A workspace that waits for its app: make it, start the app with `url` and `secret`, then `open` it."""

    def __init__(self, scene: PreviewScene, commands: Mapping[str, str], port: int = 0) -> None:
        self.scene = scene
        self.secret = secrets.token_hex(16)
        self.slack = Slack(limits=Limits(time.monotonic), methods=METHODS)
        self._commands = commands
        self._web = Flask("preview", static_folder=str(STATIC), static_url_path="/static")
        add_api(self._web, self.slack)
        self._hosted = Hosted(self._web, port)
        self._delivery: Delivery | None = None
        self._fill()

    @property
    def url(self) -> str:
        """Where the page is."""
        return self._hosted.url

    @property
    def api_url(self) -> str:
        """What the app takes for Slack's address."""
        return f"{self.url}/api/"

    def open(self, app_url: str) -> Acting:
        """Serve, with the app at `app_url`, and ask what the page begins with."""
        self._delivery = Delivery(app_url, self.secret)
        acting = Acting(self.slack, self._delivery, self.url, frozenset(self._commands))
        add_page(self._web, self.slack, acting, self.scene, self._commands)
        self._hosted.start()
        for user, room, question in self.scene.opening:
            acting.say(user, room, question)
        return acting

    def close(self) -> None:
        """Stop serving."""
        with self.slack.changed:
            self.slack.released.set()
            self.slack.changed.notify_all()
        if self._delivery:
            self._delivery.close()
        self._hosted.stop()

    def _fill(self) -> None:
        slack, scene = self.slack, self.scene
        slack.user(BOT_USER, is_bot=True, profile={"real_name": "Fulcrum"})
        for member in scene.people:
            profile = {"real_name": member.name, "email": member.email, "title": member.title}
            slack.user(member.id, profile=profile)
        for guest, name in scene.guests.items():
            slack.user(guest, team_id="T9", is_stranger=True, profile={"real_name": name})
        for room in scene.rooms:
            shared = {"is_shared": True, "is_ext_shared": True} if room.shared_with else {}
            slack.channel(room.id, room.members, name=room.name, context_team_id=TEAM, **shared)
        for person in scene.people:
            slack.channels[direct(person.id)] = {"id": direct(person.id), "is_im": True, "user": person.id}


def real_settings(environ: Mapping[str, str]) -> list[str]:
    """The settings of a real workspace or store that are there: with any of them there is no preview."""
    return [name for name in REAL if environ.get(name, "").strip()]
