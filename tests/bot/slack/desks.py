"""An app with the listeners of one surface over a store of its own, and a way to send to it as Slack does."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse

from bot.questions.answers.answer import Answer
from bot.questions.request import AskRequest
from bot.slack.tools import Tools
from tests.bot.slack.questions.tooling import tools_of
from tests.fakes.services import seven
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import SECRET, body, command, headers, press

Attach = Callable[[App, Tools, Executor], None]


@dataclass
class Desk:
    """`send` waits until all that came of it is done."""

    slack: FakeSlack
    attach: Attach
    reply: Callable[[AskRequest], Answer] = seven

    def send(self, data: dict[str, Any]) -> BoltResponse:
        tools = tools_of(self.slack, self.reply)
        pool, listening = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
        app = App(
            name="fulcrum",  # or it looks through the whole stack for one
            token="xoxb-1",
            signing_secret=SECRET,
            client=tools.clients.web("xoxb-1"),
            token_verification_enabled=False,
            listener_executor=listening,
        )
        self.attach(app, tools, pool)
        raw, kind = body(data)
        response = app.dispatch(BoltRequest(body=raw, headers={**headers(raw, kind)}))
        listening.shutdown(wait=True)
        pool.shutdown(wait=True)
        return response

    def say(self, words: str, user: str = "UANA") -> str:
        """`/leverage WORDS`, and what was told to who typed it."""
        before = len(self._alone(user))
        self.send(command(words, "", user=user))
        return self.told(user) if len(self._alone(user)) > before else ""

    def click(self, action_id: str, value: str = "", user: str = "UANA") -> BoltResponse:
        """A press on the button with this action."""
        data = press(value, user=user)
        data["actions"][0]["action_id"] = action_id
        return self.send(data)

    def told(self, user: str = "UANA") -> str:
        """What somebody alone was told last, blocks and all."""
        return json.dumps(self._alone(user)[-1], ensure_ascii=False)

    def _alone(self, user: str) -> list[dict[str, Any]]:
        told = [*self.slack.whispered(user), *self.slack.posted(f"D-{user}")]
        return sorted(told, key=lambda message: float(message["ts"]))

    def modal(self) -> dict[str, Any]:
        """The modal that was opened last."""
        view = self.slack.called("views.open")[-1].data["view"]
        found: dict[str, Any] = json.loads(view) if isinstance(view, str) else view
        return found

    def errors(self, response: BoltResponse) -> dict[str, str]:
        """What a sent form is said to have wrong, by field."""
        found: dict[str, str] = json.loads(response.body or "{}").get("errors", {})
        return found

    def submit(self, view: Mapping[str, Any], values: Mapping[str, str], user: str = "UANA") -> BoltResponse:
        """The modal sent with its initial values and these in place of some; "" is an emptied field."""
        state: dict[str, Any] = {}
        for block in view["blocks"]:
            if block["type"] != "input":
                continue
            element, name = block["element"], block["block_id"]
            begun = element.get("initial_value") or (element.get("initial_option") or {}).get("value")
            kind = element["type"]
            begun = begun or element.get("initial_time") or element.get("initial_conversation")
            value = values.get(name, begun) or None
            picked = {"timepicker": "selected_time", "conversations_select": "selected_conversation"}.get(kind, "value")
            chosen = {"selected_option": {"value": value} if value else None}
            given = chosen if kind == "static_select" else {picked: value}
            state[name] = {element["action_id"]: {"type": element["type"], **given}}
        sent = {**view, "id": "V1", "hash": "1.1", "state": {"values": state}}
        return self.send(
            {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": user, "team_id": "T1"}, "view": sent}
        )
