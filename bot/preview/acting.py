"""What somebody does in the workspace, and what Slack then sends the app."""

from __future__ import annotations

import re
from typing import Any

from bot.preview import requests
from bot.preview.delivery import AppReply, Delivery
from bot.preview.faults import ApiError
from bot.preview.inputs import chosen, find, state
from bot.preview.methods.lookup import direct
from bot.preview.methods.views import change, show
from bot.preview.slack import APP, BOT, BOT_USER, TEAM, Data, Hook, Slack

SLACKBOT = "USLACKBOT"
APP_NAME = "Fulcrum"
MENTION = re.compile(r"@([\w.’'-]+(?: [\w.’'-]+)?)")


class Acting:
    """Does what a person at the page does; `base` is the address of the workspace itself."""

    def __init__(self, slack: Slack, delivery: Delivery, base: str, commands: frozenset[str]) -> None:
        self._slack = slack
        self._delivery = delivery
        self._base = base
        self._commands = commands

    def say(self, user: str, channel: str, text: str, thread_ts: str = "") -> str:
        """Write a message; gives its ts. A mention in a channel reaches the app as two events, as in Slack."""
        slack, words = self._slack, self._entities(text)
        with slack.changed:
            message: Data = {"type": "message", "user": user, "text": words, "ts": slack.stamp(), "team": TEAM}
            message |= {"channel": channel} | ({"thread_ts": thread_ts} if thread_ts else {})
            slack.messages.append({**message, "to": "", "blocks": []})
            slack.touch()
        kind = "im" if channel.startswith("D") else "channel"
        self._event({**message, "channel_type": kind, "event_ts": message["ts"]})
        if kind == "channel" and f"<@{BOT_USER}>" in words:
            self._event({**message, "type": "app_mention", "event_ts": message["ts"]})
        return str(message["ts"])

    def command(self, user: str, channel: str, typed: str) -> None:
        """Type a slash command; what the app does not take, Slack itself answers."""
        word, _, rest = typed.strip().partition(" ")
        if word not in self._commands:
            self._tell(user, channel, f"{word} is not a valid command.")
            return
        hook = self._hook(Hook(user, channel))
        trigger = self._trigger(user)
        reply = self._delivery.now(requests.command(word, self._entities(rest), user, channel, hook, trigger))
        if not reply.ok:
            why = "timed out" if reply.status in (0, 404) else "failed"
            self._tell(user, channel, f"{word} {why}: the app did not respond.")
        elif reply.body.strip():
            self._show(user, channel, reply)

    def press(self, user: str, where: Data, block_id: str, action_id: str, raw: Any, values: Any) -> None:
        """Use an element of a message or of a view; `where` names it."""
        slack = self._slack
        holder = self._holder(user, where)
        element = find(holder["blocks"], block_id, action_id)
        if element is None:
            raise ApiError("no_such_element")
        action = {"type": element["type"], "action_id": action_id, "block_id": block_id, **chosen(element, raw)}
        action |= {"action_ts": slack.stamp()} | ({"text": element["text"]} if "text" in element else {})
        told = requests.interaction("block_actions", user, actions=[action], trigger_id=self._trigger(user))
        told["state"] = state(holder["blocks"], values)
        self._answered(user, where, self._delivery.now(told | self._place(user, where, holder, told["state"])))

    def submit(self, user: str, view_id: str, values: Any) -> Data:
        """Submit the modal on top; gives the errors by block that the app found."""
        view = self._mine(user, view_id)
        told = {**view, "state": state(view["blocks"], values)}
        sent = requests.interaction("view_submission", user, view=told, trigger_id=self._trigger(user))
        reply = self._delivery.now(sent)
        if not reply.ok:
            return {"": "We had some trouble connecting. Try again?"}
        with self._slack.changed:
            try:
                return self._after(user, view, reply.data())
            except ApiError as refusal:
                return {"": f"Slack refuses what the app answered: {refusal.body['error']}"}
            finally:
                self._slack.touch()

    def close(self, user: str, view_id: str) -> None:
        """Close the modal on top."""
        view = self._mine(user, view_id)
        with self._slack.changed:
            self._slack.stacks[user].remove(view_id)
            self._slack.touch()
        if view.get("notify_on_close"):
            self._delivery.now(requests.interaction("view_closed", user, view=view, is_cleared=False))

    def open(self, user: str, tab: str) -> None:
        """Open the app's Home or its conversation."""
        view = self._slack.homes.get(user)
        inner: Data = {"type": "app_home_opened", "user": user, "channel": direct(user), "tab": tab}
        inner |= {"event_ts": self._slack.stamp()} | ({"view": view} if view and tab == "home" else {})
        self._event(inner)

    def _after(self, user: str, view: Data, answer: Data) -> Data:
        """What the app's answer to a submission does to the open modals; the caller holds the lock."""
        stack, action = self._slack.stacks[user], answer.get("response_action")
        if action == "errors":
            return dict(answer.get("errors") or {})
        if action == "update":
            change(self._slack, view, answer["view"])
        elif action == "push":
            show(self._slack, user, answer["view"])
        elif action == "clear":
            stack.clear()
        elif view["id"] in stack:
            stack.remove(view["id"])
        return {}

    def _holder(self, user: str, where: Data) -> Data:
        """The message or the view that holds what was pressed."""
        if where.get("view"):
            home = self._slack.homes.get(user)
            return home if home and home["id"] == where["view"] else self._mine(user, str(where["view"]))
        for message in self._slack.messages:
            if (
                message["ts"] == where.get("ts")
                and message["channel"] == where.get("channel")
                and message["to"] in ("", user)
            ):
                return message
        raise ApiError("message_not_found")

    def _mine(self, user: str, view_id: str) -> Data:
        if view_id not in self._slack.stacks[user]:
            raise ApiError("not_found")
        return self._slack.views[view_id]

    def _place(self, user: str, where: Data, holder: Data, values: Data) -> Data:
        if where.get("view"):
            view = {**holder, "state": values}
            return {"container": {"type": "view", "view_id": holder["id"]}, "view": view}
        thread = holder.get("thread_ts", "")
        container: Data = {"type": "message", "message_ts": holder["ts"], "channel_id": holder["channel"]}
        container |= {"is_ephemeral": bool(holder["to"])} | ({"thread_ts": thread} if thread else {})
        shown: Data = {"ts": holder["ts"], "bot_id": BOT, "app_id": APP, "text": holder.get("text", "")}
        shown |= {"blocks": holder["blocks"]} | ({"thread_ts": thread} if thread else {})
        return {
            "container": container,
            "channel": {"id": holder["channel"]},
            "response_url": self._hook(Hook(user, holder["channel"], thread, holder["ts"])),
            **({} if holder["to"] else {"message": shown}),
        }

    def _answered(self, user: str, where: Data, reply: AppReply) -> None:
        if not reply.ok and where.get("channel"):
            self._tell(user, str(where["channel"]), "This app did not respond. Try again in a moment.")

    def _show(self, user: str, channel: str, reply: AppReply) -> None:
        """The answer to a command that came with its acknowledgement."""
        data = reply.data() or {"text": reply.body}
        with self._slack.changed:
            everyone = data.get("response_type") == "in_channel"
            self._slack.post({**data, "channel": channel}, to="" if everyone else user)
            self._slack.touch()

    def _tell(self, user: str, channel: str, text: str) -> None:
        """Slack's own word to one person."""
        slack = self._slack
        with slack.changed:
            told = {"type": "message", "user": SLACKBOT, "text": text, "channel": channel, "to": user}
            slack.messages.append({**told, "ts": slack.stamp(), "blocks": []})
            slack.touch()

    def _event(self, inner: Data) -> None:
        self._delivery.later(requests.event(inner, f"Ev{self._slack.number()}"))

    def _hook(self, hook: Hook) -> str:
        return f"{self._base}/hook/{self._slack.new_hook(hook)}"

    def _trigger(self, user: str) -> str:
        return self._slack.new_trigger(user)

    def _entities(self, text: str) -> str:
        """Typed words as Slack sends them: escaped, with users by their ids."""
        safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        names = {
            str((user.get("profile") or {}).get("real_name", "")).lower(): name
            for name, user in self._slack.users.items()
        }
        names[APP_NAME.lower()] = BOT_USER

        def entity(match: re.Match[str]) -> str:
            whole, first = match.group(1), match.group(1).partition(" ")[0]
            for words in (whole, first):
                if words.lower() in names:
                    return f"<@{names[words.lower()]}>{whole[len(words) :]}"
            return match.group(0)

        return MENTION.sub(entity, safe)
