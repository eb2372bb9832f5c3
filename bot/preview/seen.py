"""What one person of the workspace can see, as the page draws it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from bot.preview.inputs import block_name
from bot.preview.methods.lookup import direct
from bot.preview.slack import BOT_USER, Data, Slack


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody whom the page can be; `role` says in a few words what makes them worth being."""

    id: str
    name: str
    email: str
    title: str
    role: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel of the page."""

    id: str
    name: str
    topic: str
    members: tuple[str, ...]
    shared_with: str = ""  # another organisation that reads along


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewScene:
    """The workspace as the page begins with it.

    opening      what is asked before anybody looks: person, room, question
    suggestions  by place ("channel", "thread", "direct", "command"): what the page offers to press
    """

    organisation: str
    people: tuple[Member, ...]
    rooms: tuple[Channel, ...]
    guests: Mapping[str, str] = field(default_factory=dict)
    opening: tuple[tuple[str, str, str], ...] = ()
    suggestions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def boot(scene: PreviewScene, commands: Mapping[str, str]) -> Data:
    """What never changes while the page is open."""
    return {
        "organisation": scene.organisation,
        "people": [asdict(person) for person in scene.people],
        "rooms": [asdict(room) for room in scene.rooms],
        "guests": dict(scene.guests),
        "suggestions": {place: list(words) for place, words in scene.suggestions.items()},
        "commands": dict(commands),
        "bot": BOT_USER,
    }


def snapshot(slack: Slack, user: str) -> Data:
    """All that `user` may see just now; the caller holds the lock."""
    places = {channel for channel, members in slack.members.items() if user in members} | {direct(user)}
    shown = [message for message in slack.messages if message.get("channel") in places and message["to"] in ("", user)]
    statuses = [
        {"channel": channel, "thread_ts": thread, "status": status}
        for (channel, thread), status in slack.statuses.items()
        if channel in places
    ]
    views = [_named(slack.views[view]) for view in slack.stacks[user]]
    home = slack.homes.get(user)
    told = {
        "version": slack.version,
        "channel": direct(user),
        "messages": [_named(message) for message in shown],
        "statuses": statuses,
        "views": views,
        "home": _named(home) if home else None,
        "prompts": slack.prompts.get(direct(user)),
    }
    # A copy: what is told must not change while it is being written out.
    return dict(json.loads(json.dumps(told)))


def _named(holder: Data) -> Data:
    """With a block_id on every block, as Slack gives them."""
    blocks = [{**block, "block_id": block_name(block, at)} for at, block in enumerate(holder.get("blocks") or [])]
    return {**holder, "blocks": blocks}
