"""A digest as Slack messages, with the buttons of its one action; and the form that subscribes to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from bot.questions.answers.answer import Answer
from bot.slack.blocks.chart import CHART
from bot.slack.blocks.parts import MAX_TEXT, Block, Message, actions, button, clean, cut, escape, section
from bot.slack.blocks.picture import Picture, picture
from bot.slack.questions.blocks import render

CHOICE = "digest"  # the action_id of a button is "digest:" and what it says
CHOICES: Mapping[str, str] = {"accept": "Accept", "not now": "Not now", "not useful": "Not useful"}
CALLBACK = "digest_subscribe"
WHOLE = "*"  # the option for the whole organisation
MAX_OPTIONS = 100
MAX_OPTION = 75
RHYTHM = "digest_rhythm"  # the action_id of a button that changes how often it comes
PAUSE = "digest_pause"  # and of the one that pauses it
RHYTHMS: Mapping[str, str] = {"1": "Every week", "2": "Every second week"}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def top(text: str, week: str, workflow: str = "", offer: str = "", subscription_id: int = 0) -> Message:
    """The top message: its first sentence stands out; buttons only where there is an action, or a rhythm on offer."""
    lead, rest = _lead(text)
    blocks = [section(f"*{escape(lead)}*{escape(rest)}")]
    if workflow:
        value = json.dumps({"week": week, "workflow": workflow}, ensure_ascii=False)
        buttons = [button(label, value, f"{CHOICE}:{name}") for name, label in CHOICES.items()]
        blocks.append(actions(buttons, f"{CHOICE}:{week}"))
    if offer:
        blocks += asked(offer, subscription_id).plain
        text = f"{text}\n{offer}"
    shown = tuple(blocks)
    return Message(text=cut(escape(text), MAX_TEXT), rich=shown, plain=shown)


def thread(details: Sequence[Answer]) -> tuple[Message, ...]:
    """The messages below it."""
    return tuple(message for message, _ in illustrated(details))


def illustrated(details: Sequence[Answer]) -> Iterator[tuple[Message, Picture | None]]:
    """The same, with what a message's chart shows, for where Slack does not draw it."""
    for answer in details:
        for message in render(answer):
            drawn = any(block["type"] == CHART for block in message.rich)
            yield message, picture(answer) if drawn else None


def asked(text: str, subscription_id: int, slower: bool = True, pause: bool = False) -> Message:
    """Words of ours with the buttons that make a digest come every second week, or not at all for now."""
    offers = [("Every second week", RHYTHM, {"every": 2})] if slower else []
    offers += [("Pause it", PAUSE, {})] if pause else []
    buttons = [button(label, json.dumps({"subscription": subscription_id} | more), id_) for label, id_, more in offers]
    blocks = (section(escape(text)), actions(buttons, f"{RHYTHM}:{subscription_id}"))
    return Message(text=cut(escape(text), MAX_TEXT), rich=blocks, plain=blocks)


def plain(text: str) -> Message:
    """Words of ours."""
    blocks = (section(escape(text)),)
    return Message(text=cut(escape(text), MAX_TEXT), rich=blocks, plain=blocks)


def form(*, channel: str, direct: bool, teams: Sequence[str], zone: str, parts: Mapping[str, str], state: str) -> Block:
    """The modal of `/leverage subscribe`, filled with what is most likely wanted."""
    places = [_option("This channel or another one", "channel"), _option("To me alone, by direct message", "me")]
    select: Block = {"type": "conversations_select", "action_id": "value"}
    select["filter"] = {"include": ["public", "private"], "exclude_bot_users": True}
    if channel and not channel.startswith("D"):
        select["initial_conversation"] = channel
    days = [_option(name, str(number)) for number, name in enumerate(DAYS, start=1)]
    boxes = [_option(label, name) for name, label in parts.items()]
    rhythms = [_option(label, value) for value, label in RHYTHMS.items()]
    blocks: list[Block] = [
        _input("place", "Where", {"type": "radio_buttons", "options": places, "initial_option": places[direct]}),
        _input("channel", "Channel", select, optional=True),
        _input("team", "Whose figures", _team(teams)),
        _input("every", "How often", {"type": "static_select", "options": rhythms, "initial_option": rhythms[0]}, True),
        _input("day", "Day", {"type": "static_select", "options": days, "initial_option": days[1]}),
        _input("time", "Time", {"type": "timepicker", "initial_time": "09:00"}),
        _input("zone", "Time zone", {"type": "plain_text_input", "initial_value": zone, "max_length": 64}),
        _input("parts", "In its thread", {"type": "checkboxes", "options": boxes, "initial_options": boxes}, True),
    ]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": _words("Weekly digest"),
        "submit": _words("Subscribe"),
        "close": _words("Cancel"),
        "private_metadata": state,
        "blocks": blocks,
    }


def _team(teams: Sequence[str]) -> Block:
    """A list to choose from, or a line to type in where the list would be too long for Slack."""
    if len(teams) >= MAX_OPTIONS or any(len(name) > MAX_OPTION for name in teams):
        hint = _words("a team's name; * is the whole organisation")
        return {"type": "plain_text_input", "initial_value": WHOLE, "max_length": 200, "placeholder": hint}
    options = [_option("Whole organisation", WHOLE), *(_option(name, name) for name in teams)]
    return {"type": "static_select", "options": options, "initial_option": options[0]}


def _input(name: str, label: str, element: Block, optional: bool = False) -> Block:
    element = {"action_id": "value", **element}
    return {"type": "input", "block_id": name, "label": _words(label), "element": element, "optional": optional}


def _option(label: str, value: str) -> Block:
    return {"text": _words(label), "value": value}


def _words(text: str) -> Block:
    return {"type": "plain_text", "text": cut(clean(text), MAX_OPTION) or "…", "emoji": False}


def _lead(text: str) -> tuple[str, str]:
    at = text.find(". ")
    return (text[: at + 1], text[at + 1 :]) if at > 0 else (text, "")
