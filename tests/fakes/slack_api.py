"""A Slack of our own: a real HTTP server with the part of the Web API the bot uses, and scripted faults."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Event, Thread
from typing import Any
from urllib.parse import parse_qsl

from tests.fakes.slack_blocks import problems, too_long

Data = dict[str, Any]
BOT_USER = "UBOT"
BOT = "BBOT"


@dataclass(frozen=True)
class Call:
    """One call that came in: the method, what was passed, whose token."""

    method: str
    data: Data
    token: str = ""


@dataclass
class Fault:
    """What goes wrong at one call: an HTTP status or an error word, before or after the call took effect; `silent`
    gives no reply at all."""

    status: int = 200
    error: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    after: bool = False
    silent: bool = False
    hang: bool = False


class Refused(Exception):
    """An error word with what belongs to it."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.body = {"ok": False, "error": error, **more}


class FakeSlack:
    """The state of a workspace, and every call made to it. Use as a context manager."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.messages: list[Data] = []
        self.users: dict[str, Data] = {}
        self.channels: dict[str, Data] = {}
        self.members: dict[str, list[str]] = defaultdict(list)
        self.refused_blocks: frozenset[str] = frozenset()
        self.refused_methods: dict[str, str] = {}
        self.hook_uses = 5
        self.socket_url = ""
        self._faults: dict[str, list[Fault]] = defaultdict(list)
        self._changed = Condition()
        self._released = Event()
        self._clock = 1_000
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = False
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> FakeSlack:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/api/"

    @property
    def hook(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/hook/1"

    def user(self, user: str, email: str = "", **more: Any) -> None:
        """Let there be a user; a member of T1 unless told otherwise."""
        self.users[user] = {
            "id": user,
            "team_id": "T1",
            "name": user.lower(),
            "profile": {"real_name": user.title(), **({"email": email} if email else {})},
            **more,
        }

    def channel(self, channel: str, members: list[str], **more: Any) -> None:
        """Let there be a channel with these members beside the bot."""
        self.channels[channel] = {"id": channel, "is_channel": True, **more}
        self.members[channel] = [*members, BOT_USER]

    def fault(self, method: str, *faults: Fault) -> None:
        """What the next calls of a method meet, one each."""
        self._faults[method] += faults

    def posted(self, channel: str | None = None) -> list[Data]:
        """What everybody in a channel can see of the bot."""
        return [one for one in self.messages if not one.get("to") and channel in (None, one["channel"])]

    def whispered(self, user: str | None = None) -> list[Data]:
        """What one person alone can see, by an ephemeral message or a response_url."""
        return [one for one in self.messages if one.get("to") and user in (None, one["to"])]

    def called(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    def wait(self, until: Callable[[], object], seconds: float = 10.0) -> None:
        """Wait for something to become true; a call coming in is when it is looked at."""
        with self._changed:
            if not self._changed.wait_for(until, seconds):
                raise AssertionError(f"it did not happen; the last calls: {[call.method for call in self.calls[-20:]]}")

    def handle(self, call: Call) -> tuple[int, Data, Mapping[str, str]] | None:
        """The reply to a call; None is no reply."""
        fault = self._next_fault(call.method)
        with self._changed:
            self.calls.append(call)
            reply = (fault.status, {"ok": False, "error": fault.error}, fault.headers) if fault else None
            if fault is None or fault.after:
                done: tuple[int, Data, Mapping[str, str]] = (200, self._do(call), {})
                reply = reply or done
            self._changed.notify_all()
        if fault and fault.hang:
            self._released.wait(5)
        return None if fault and (fault.silent or fault.hang) else reply

    def _next_fault(self, method: str) -> Fault | None:
        waiting = self._faults[method]
        return waiting.pop(0) if waiting else None

    def _do(self, call: Call) -> Data:
        try:
            if call.method in self.refused_methods:
                raise Refused(self.refused_methods[call.method])
            return {"ok": True, **METHODS[call.method](self, call.data)}
        except Refused as refusal:
            return refusal.body

    def post(self, data: Data, to: str = "") -> Data:
        blocks = data.get("blocks") or []
        wrong = problems(blocks, self.refused_blocks)
        if wrong:
            raise Refused("invalid_blocks", response_metadata={"messages": wrong})
        if too_long(blocks):
            raise Refused("msg_blocks_too_long")
        if not data.get("text"):
            raise Refused("no_text")
        self._clock += 1
        ts = f"{self._clock}.000100"
        self.messages.append({**data, "blocks": blocks, "ts": ts, "to": to})
        return {"ts": ts, "channel": data.get("channel", "")}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                where, _, method = self.path.strip("/").partition("/")
                data = _data(body, self.headers.get("Content-Type") or "")
                token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
                self._reply(fake.handle(Call("hook" if where == "hook" else method, data, token)))

            def _reply(self, reply: tuple[int, Data, Mapping[str, str]] | None) -> None:
                self.close_connection = True
                if reply is None:
                    return
                status, data, headers = reply
                body = json.dumps(data).encode()
                self.send_response(status)
                for name, value in {**headers, "Content-Type": "application/json"}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def _data(body: str, kind: str) -> Data:
    if kind.startswith("application/json"):
        data: Data = json.loads(body or "{}")
        return data
    fields: Data = dict(parse_qsl(body, keep_blank_values=True))
    for name in ("blocks", "metadata"):
        if name in fields:
            fields[name] = json.loads(fields[name])
    return fields


def _page(items: list[Any], data: Data, name: str) -> Data:
    start, limit = int(data.get("cursor") or 0), int(data.get("limit") or 100)
    following = start + limit
    cursor = str(following) if following < len(items) else ""
    return {name: items[start:following], "response_metadata": {"next_cursor": cursor}}


def _post_message(fake: FakeSlack, data: Data) -> Data:
    channel = data["channel"]
    if not channel.startswith("D") and BOT_USER not in fake.members[channel]:
        raise Refused("not_in_channel" if channel in fake.channels else "channel_not_found")
    return fake.post(data)


def _post_ephemeral(fake: FakeSlack, data: Data) -> Data:
    if data["channel"] not in fake.channels:
        raise Refused("channel_not_found")
    if data["user"] not in fake.members[data["channel"]]:
        raise Refused("user_not_in_channel")
    return {"message_ts": fake.post(data, to=data["user"])["ts"]}


def _hook(fake: FakeSlack, data: Data) -> Data:
    if fake.hook_uses <= 0:
        raise Refused("used_url")
    fake.hook_uses -= 1
    fake.post({**data, "channel": ""}, to="hook")
    return {}


def _user(fake: FakeSlack, data: Data) -> Data:
    if data["user"] not in fake.users:
        raise Refused("user_not_found")
    return {"user": fake.users[data["user"]]}


def _channel(fake: FakeSlack, data: Data) -> Data:
    if data["channel"] not in fake.channels:
        raise Refused("channel_not_found")
    return {"channel": fake.channels[data["channel"]]}


def _messages(fake: FakeSlack, data: Data) -> Data:
    return {"messages": [one for one in fake.posted(data["channel"])]}


def _installed(fake: FakeSlack, data: Data) -> Data:
    if data.get("code") != "good":
        raise Refused("invalid_code")
    return {
        "app_id": "A1",
        "team": {"id": "T7", "name": "Seven"},
        "access_token": "xoxb-seven",
        "bot_user_id": BOT_USER,
        "scope": "chat:write,commands",
        "authed_user": {"id": "UANA"},
    }


METHODS: dict[str, Callable[[FakeSlack, Data], Data]] = {
    "oauth.v2.access": _installed,
    "auth.test": lambda fake, data: {"user_id": BOT_USER, "bot_id": BOT, "team_id": "T1"},
    "users.info": _user,
    "users.list": lambda fake, data: _page(list(fake.users.values()), data, "members"),
    "conversations.info": _channel,
    "conversations.members": lambda fake, data: _page(fake.members[data["channel"]], data, "members"),
    "conversations.open": lambda fake, data: {"channel": {"id": f"D-{data['users']}"}},
    "conversations.replies": _messages,
    "conversations.history": _messages,
    "chat.postMessage": _post_message,
    "chat.postEphemeral": _post_ephemeral,
    "hook": _hook,
    "assistant.threads.setStatus": lambda fake, data: {},
    "apps.connections.open": lambda fake, data: {"url": fake.socket_url},
}
