"""The workspace: its people, conversations, messages and views, and every call that was made to it."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Condition, Event
from typing import Any

from bot.preview.checks import problems, too_long
from bot.preview.faults import ApiCall, ApiError, Fault, Limits

Data = dict[str, Any]
Reply = tuple[int, Data, Mapping[str, str]]
Method = Callable[["Slack", Data], Data]

TEAM, APP, BOT_USER, BOT = "T1", "A1", "UBOT", "BBOT"
HOOK_USES, HOOK_SECONDS = 5, 1_800.0
TRIGGER_SECONDS = 3.0
MAX_VIEWS = 3  # of a stack of modals


@dataclass
class Hook:
    """A response_url: whom its messages are for, which message it came with, and how long it lives."""

    user: str
    channel: str
    thread_ts: str = ""
    message_ts: str = ""
    uses: int = HOOK_USES
    until: float = float("inf")


@dataclass
class Trigger:
    """A trigger_id: who did something, and until when it opens a modal."""

    user: str
    until: float
    used: bool = False


@dataclass
class Slack:
    """The state of a workspace; `handle` takes one call. Every change raises `version` and wakes who waits."""

    clock: Callable[[], float] = time.time
    limits: Limits | None = None
    methods: Mapping[str, Method] = field(default_factory=dict)
    refused_blocks: frozenset[str] = frozenset()
    refused_methods: dict[str, str] = field(default_factory=dict)
    socket_url: str = ""
    address: str = ""  # where it was last called: an app is told to send its files there
    users: dict[str, Data] = field(default_factory=dict)
    channels: dict[str, Data] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    calls: list[ApiCall] = field(default_factory=list)
    messages: list[Data] = field(default_factory=list)
    homes: dict[str, Data] = field(default_factory=dict)
    views: dict[str, Data] = field(default_factory=dict)
    stacks: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    prompts: dict[str, Data] = field(default_factory=dict)
    statuses: dict[tuple[str, str], str] = field(default_factory=dict)
    hooks: dict[str, Hook] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    files: dict[str, Data] = field(default_factory=dict)
    version: int = 0

    def __post_init__(self) -> None:
        self.changed = Condition()
        self.released = Event()
        self._faults: dict[str, list[Fault]] = defaultdict(list)
        self._last = 0.0
        self._number = 0

    def user(self, user: str, email: str = "", **more: Any) -> None:
        """Let there be a user; a member of the workspace unless told otherwise."""
        self.users[user] = {
            "id": user,
            "team_id": TEAM,
            "name": user.lower(),
            "profile": {"real_name": user.title(), **({"email": email} if email else {})},
            **more,
        }

    def channel(self, channel: str, members: Sequence[str], **more: Any) -> None:
        """Let there be a channel with these members beside the bot."""
        self.channels[channel] = {"id": channel, "is_channel": True, "is_member": True, **more}
        self.members[channel] = [*members, BOT_USER]

    def fault(self, method: str, *faults: Fault) -> None:
        """What the next calls of a method meet, one each."""
        self._faults[method] += faults

    def posted(self, channel: str | None = None) -> list[Data]:
        """What everybody in a channel can see of the bot."""
        return [message for message in self._said() if not message["to"] and channel in (None, message["channel"])]

    def whispered(self, user: str | None = None) -> list[Data]:
        """What one person alone can see of the bot, by an ephemeral message or a response_url."""
        return [message for message in self._said() if message["to"] and user in (None, message["to"])]

    def _said(self) -> list[Data]:
        return [message for message in self.messages if message["user"] == BOT_USER]

    def called(self, method: str) -> list[ApiCall]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    def wait(self, until: Callable[[], object], seconds: float = 10.0) -> None:
        """Wait for something to become true; a change is when it is looked at."""
        with self.changed:
            if not self.changed.wait_for(until, seconds):
                raise AssertionError(f"it did not happen; the last calls: {[call.method for call in self.calls[-20:]]}")

    def touch(self) -> None:
        """Say that something changed; the caller holds `changed`."""
        self.version += 1
        self.changed.notify_all()

    def handle(self, call: ApiCall) -> Reply | None:
        """The reply to a call; None is no reply."""
        waiting = self._faults[call.method]
        fault = waiting.pop(0) if waiting else None
        with self.changed:
            self.calls.append(call)
            reply = (fault.status, {"ok": False, "error": fault.error}, fault.headers) if fault else None
            if fault is None or fault.after:
                done = self._do(call)
                reply = reply or done
            self.touch()
        if fault and fault.hang:
            self.released.wait(5)
        return None if fault and (fault.silent or fault.hang) else reply

    def _do(self, call: ApiCall) -> Reply:
        pause = self.limits.wait(call) if self.limits else 0
        if pause:
            return 429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(pause)}
        try:
            if call.method in self.refused_methods:
                raise ApiError(self.refused_methods[call.method])
            if call.method not in self.methods:
                raise ApiError("unknown_method", req_method=call.method)
            return 200, {"ok": True, **self.methods[call.method](self, call.data)}, {}
        except ApiError as refusal:
            return 200, refusal.body, {}
        except KeyError as missing:
            return (
                200,
                {"ok": False, "error": "invalid_arguments", "response_metadata": {"messages": [str(missing)]}},
                {},
            )

    def complaints(self, blocks: Any) -> list[str]:
        """What is wrong with the blocks of a message."""
        return problems(blocks, self.refused_blocks)

    def check(self, data: Data) -> None:
        """Raise `ApiError` for what Slack would not show as a message."""
        blocks = data.get("blocks") or []
        wrong = self.complaints(blocks)
        if wrong:
            raise ApiError("invalid_blocks", response_metadata={"messages": wrong})
        if too_long(blocks):
            raise ApiError("msg_blocks_too_long")
        if not data.get("text") and not data.get("markdown_text") and not data.get("files"):
            raise ApiError("no_text")
        if data.get("markdown_text") and (data.get("text") or blocks):
            raise ApiError("markdown_text_conflict")

    def post(self, data: Data, to: str = "") -> Data:
        """Add a message of the bot; `to` is who alone can see it."""
        self.check(data)
        own = {"type": "message", "user": BOT_USER, "bot_id": BOT, "app_id": APP, "team": TEAM}
        message = {**data, **own, "blocks": data.get("blocks") or [], "ts": self.stamp(), "to": to}
        self.messages.append(message)
        self.statuses.pop((message.get("channel", ""), message.get("thread_ts", "")), None)
        return message

    def message(self, channel: str, ts: str) -> Data:
        """The message of the bot with this ts. Raises `ApiError`."""
        for message in self.messages:
            if message.get("channel") == channel and message["ts"] == ts and not message["to"]:
                if message["user"] != BOT_USER:
                    raise ApiError("cant_update_message")
                return message
        raise ApiError("message_not_found")

    def stamp(self) -> str:
        """A ts that no message has yet."""
        self._last = max(self.clock(), self._last + 0.0001)
        return f"{self._last:.6f}"

    def number(self) -> int:
        """A number that nothing has yet."""
        self._number += 1
        return self._number

    def new_hook(self, hook: Hook) -> str:
        """Let there be a response_url; gives its last part."""
        key = f"{self.number()}"
        hook.until = self.clock() + HOOK_SECONDS
        self.hooks[key] = hook
        return key

    def new_trigger(self, user: str) -> str:
        """A trigger_id, good for three seconds and one modal."""
        key = f"{self.number()}.{TEAM}.preview"
        self.triggers[key] = Trigger(user, self.clock() + TRIGGER_SECONDS)
        return key

    def use_trigger(self, key: str) -> str:
        """Who did what this trigger_id stands for. Raises `ApiError`."""
        trigger = self.triggers.get(key)
        if trigger is None:
            raise ApiError("invalid_trigger_id")
        if trigger.used:
            raise ApiError("exchanged_trigger_id")
        if self.clock() > trigger.until:
            raise ApiError("expired_trigger_id")
        trigger.used = True
        return trigger.user
