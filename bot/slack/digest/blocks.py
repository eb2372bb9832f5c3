"""A digest as Slack messages, with the buttons of its one action; and the form that subscribes to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from slack_sdk.models.blocks import (
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    InputInteractiveElement,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
    TimePickerElement,
)
from slack_sdk.models.views import View

from bot.drawing.line_chart import Picture
from bot.questions.answers.answer import Answer
from bot.slack.blocks.chart import Chart
from bot.slack.blocks.inputs import MAX_OPTIONS, field, modal, option
from bot.slack.blocks.parts import MAX_LABEL, MAX_TEXT, Message, actions, button, label, section
from bot.slack.blocks.picture import picture
from bot.slack.questions.blocks import render
from bot.text import cut, escape

CHOICE = "digest"  # the action_id of a button is "digest:" and what it says
CHOICES: Mapping[str, str] = {"accept": "Accept", "not now": "Not now", "not useful": "Not useful"}
CALLBACK = "digest_subscribe"
WHOLE = "*"  # the option for the whole organisation
VALUE = "value"  # the action_id of every field of the form
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
        buttons = [button(words, value, f"{CHOICE}:{name}") for name, words in CHOICES.items()]
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
            drawn = any(isinstance(block, Chart) for block in message.rich)
            yield message, picture(answer) if drawn else None


def asked(text: str, subscription_id: int, slower: bool = True, pause: bool = False) -> Message:
    """Words of ours with the buttons that make a digest come every second week, or not at all for now."""
    offers = [("Every second week", RHYTHM, {"every": 2})] if slower else []
    offers += [("Pause it", PAUSE, {})] if pause else []
    buttons = [button(words, json.dumps({"subscription": subscription_id} | more), id_) for words, id_, more in offers]
    blocks = (section(escape(text)), actions(buttons, f"{RHYTHM}:{subscription_id}"))
    return Message(text=cut(escape(text), MAX_TEXT), rich=blocks, plain=blocks)


def plain(text: str) -> Message:
    """Words of ours."""
    blocks = (section(escape(text)),)
    return Message(text=cut(escape(text), MAX_TEXT), rich=blocks, plain=blocks)


def form(*, channel: str, direct: bool, teams: Sequence[str], zone: str, parts: Mapping[str, str], state: str) -> View:
    """The modal of `/leverage subscribe`, filled with what is most likely wanted."""
    places = [option("This channel or another one", "channel"), option("To me alone, by direct message", "me")]
    days = [option(name, str(number)) for number, name in enumerate(DAYS, start=1)]
    rhythms = [option(words, value) for value, words in RHYTHMS.items()]
    boxes = [option(words, name) for name, words in parts.items()]
    select = ConversationSelectElement(
        action_id=VALUE,
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
        initial_conversation=channel if channel and not channel.startswith("D") else None,
    )
    time = TimePickerElement(action_id=VALUE, initial_time="09:00")
    zones = PlainTextInputElement(action_id=VALUE, initial_value=zone, max_length=64)
    ticked = CheckboxesElement(action_id=VALUE, options=boxes, initial_options=boxes)
    where = RadioButtonsElement(action_id=VALUE, options=places, initial_option=places[direct])
    often = StaticSelectElement(action_id=VALUE, options=rhythms, initial_option=rhythms[0])
    day = StaticSelectElement(action_id=VALUE, options=days, initial_option=days[1])
    blocks = [
        field("place", "Where", where, optional=False),
        field("channel", "Channel", select, optional=True),
        field("team", "Whose figures", _team(teams), optional=False),
        field("every", "How often", often, optional=True),
        field("day", "Day", day, optional=False),
        field("time", "Time", time, optional=False),
        field("zone", "Time zone", zones, optional=False),
        field("parts", "In its thread", ticked, optional=True),
    ]
    return modal(CALLBACK, "Weekly digest", blocks, submit="Subscribe", carries=state)


def _team(teams: Sequence[str]) -> InputInteractiveElement:
    """A list to choose from, or a line to type in where the list would be too long for Slack."""
    if len(teams) >= MAX_OPTIONS or any(len(name) > MAX_LABEL for name in teams):
        hint = label("a team's name; * is the whole organisation")
        return PlainTextInputElement(action_id=VALUE, initial_value=WHOLE, max_length=200, placeholder=hint)
    options = [option("Whole organisation", WHOLE), *(option(name, name) for name in teams)]
    return StaticSelectElement(action_id=VALUE, options=options, initial_option=options[0])


def _lead(text: str) -> tuple[str, str]:
    at = text.find(". ")
    return (text[: at + 1], text[at + 1 :]) if at > 0 else (text, "")
