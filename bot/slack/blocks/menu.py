"""A menu of presses behind one button, where a row of buttons would be too long; each is heard like a button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Option, OverflowMenuElement

from bot.slack.blocks.parts import label

MORE = "more"  # the action_id of every menu
MOST = 5  # entries of a menu
Choice = tuple[str, str, str]  # what it says, and the action_id and value of the button that it stands for


def menu(choices: Sequence[Choice]) -> OverflowMenuElement:
    """The menu, of at least one choice; those past Slack's limit are left out."""
    entries = [Option(text=label(text), value=f"{action_id} {value}") for text, action_id, value in choices[:MOST]]
    return OverflowMenuElement(action_id=MORE, options=entries)


def as_button(action: Mapping[str, Any]) -> dict[str, Any]:
    """A press as that of the button which a choice stands for; a button's own press as it is."""
    if action.get("action_id") != MORE:
        return dict(action)
    action_id, _, value = str((action.get("selected_option") or {}).get("value") or "").partition(" ")
    return {**action, "action_id": action_id, "value": value}
