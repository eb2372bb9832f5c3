"""An office with an app of a few lines in it: people who act, what the app is sent, a client of the Web API."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.preview.acting import Acting
from bot.preview.workspace import TOKEN, PreviewWorkspace
from tests.bot.preview.stub import Stub

Data = dict[str, Any]
MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Form"},
    "submit": {"type": "plain_text", "text": "Send"},
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": {"type": "plain_text", "text": "Name"},
            "element": {"type": "plain_text_input", "action_id": "typed"},
        }
    ],
}
BUTTON = {"type": "button", "action_id": "go", "value": "7", "text": {"type": "plain_text", "text": "Go"}}
BUTTONS = [{"type": "actions", "block_id": "row", "elements": [BUTTON]}]


class Office:
    """A workspace, what a person does in it, the app's end, and a client of its Web API."""

    def __init__(self, workspace: PreviewWorkspace, acting: Acting, stub: Stub) -> None:
        self.workspace, self.acting, self.stub = workspace, acting, stub
        self.slack = workspace.slack
        self.client = WebClient(token=TOKEN, base_url=workspace.api_url, retry_handlers=[])
        self.client.proxy = None

    def came(self, count: int) -> list[Data]:
        """What the app was sent, once it is so much."""
        with self.slack.changed:
            self.slack.changed.wait_for(lambda: len(self.stub.came) >= count, 0.05)
        for _ in range(200):
            if len(self.stub.came) >= count:
                break
            with self.slack.changed:
                self.slack.changed.wait(0.05)
        return self.stub.came

    def pressed(self) -> Data:
        """The press on a button in a message that the app posted."""
        ts = self.client.chat_postMessage(channel="C1", text="x", blocks=BUTTONS)["ts"]
        self.acting.press("UANA", {"channel": "C1", "ts": ts}, "row", "go", None, {})
        return self.stub.came[-1]

    def trigger(self) -> str:
        """A trigger_id of something that was done just now."""
        self.acting.command("UANA", "C1", "/do this")
        return str(self.stub.came[-1]["trigger_id"])


def refused(call: Any, *given: Any, **named: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(*given, **named)
    return str(caught.value.response["error"])
