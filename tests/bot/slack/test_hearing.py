"""Each listener hears its own presses, on buttons and in menus."""

from __future__ import annotations

from concurrent.futures import Executor
from functools import partial

from slack_bolt import Ack, App

from bot.slack.blocks.menu import MORE, as_button, menu
from bot.slack.hearing import hear
from bot.slack.tools import Tools
from tests.bot.slack.desks import Desk
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import press

CHOICES = [("Export CSV", "step:csv", "5"), ("Schedule…", "saved:schedule", "5")]


def test_each_listener_hears_its_own_choices(slack: FakeSlack) -> None:
    heard: list[tuple[str, str]] = []

    def listen(pattern: str, ack: Ack, action: dict[str, str]) -> None:
        ack()
        heard.append((pattern, as_button(action)["action_id"]))

    def listeners(app: App, _tools: Tools, _pool: Executor) -> None:
        for pattern in ("step:(?:csv|team)", "saved:schedule"):
            hear(app, pattern, partial(listen, pattern))

    desk, chosen = Desk(slack, listeners), press("")
    for option in menu([*CHOICES, ("Not ours", "step:everything", "5")]).to_dict()["options"]:
        action = {**chosen["actions"][0], "type": "overflow", "action_id": MORE, "selected_option": option}
        status = desk.send({**chosen, "actions": [action]}).status
        assert (status == 404) is (option["text"]["text"] == "Not ours")
    desk.click("step:team", "5")

    assert heard == [
        ("step:(?:csv|team)", "step:csv"),
        ("saved:schedule", "saved:schedule"),
        ("step:(?:csv|team)", "step:team"),
    ]
