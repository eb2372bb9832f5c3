"""What somebody chose or typed, in the shape in which Slack tells an app of it."""

from __future__ import annotations

from typing import Any

from bot.preview.checks.blocks import elements
from bot.preview.checks.values import some

Data = dict[str, Any]

PICKED = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
}
ONE_OPTION = frozenset({"static_select", "external_select", "radio_buttons", "overflow"})
MANY_OPTIONS = frozenset({"multi_static_select", "multi_external_select", "checkboxes"})


def block_name(block: Data, number: int) -> str:
    """The id of a block; Slack makes one up where it has none."""
    return str(block.get("block_id") or f"b{number}")


def find(blocks: list[Data], block_id: str, action_id: str) -> Data | None:
    """The element with these ids."""
    for number, block in enumerate(blocks):
        if block_name(block, number) == block_id:
            return next((element for element in elements(block) if element.get("action_id") == action_id), None)
    return None


def chosen(element: Data, raw: Any) -> Data:
    """The element's value from what the page sent: a text, the value of an option, or a list of those."""
    kind = element["type"]
    if kind in ONE_OPTION:
        return {"selected_option": next((option for option in offered(element) if option["value"] == raw), None)}
    if kind in MANY_OPTIONS:
        values = raw if isinstance(raw, list) else []
        return {"selected_options": [option for option in offered(element) if option["value"] in values]}
    if kind in PICKED:
        return {PICKED[kind]: raw or ([] if kind.startswith("multi_") else None)}
    if kind == "button":
        return {"value": element["value"]} if "value" in element else {}
    if kind == "feedback_buttons":
        side = "negative_button" if raw == "negative" else "positive_button"
        return {"value": element[side]["value"], "text": element[side]["text"]}
    return {"value": str(raw) if raw not in (None, "") else None}


def offered(element: Data) -> list[Data]:
    """The options of an element, out of their groups."""
    groups = some(element.get("option_groups")) or [element]
    return [option for group in groups for option in some(group.get("options"))]


def state(blocks: list[Data], values: Any) -> Data:
    """`state.values` of a view or a message: what stands in each element that keeps something."""
    told = values if isinstance(values, dict) else {}
    found: dict[str, Data] = {}
    for number, block in enumerate(blocks):
        name = block_name(block, number)
        for element in elements(block):
            if "action_id" not in element or element["type"] in {"button", "overflow", "feedback_buttons"}:
                continue
            raw = (told.get(name) or {}).get(element["action_id"])
            found.setdefault(name, {})[element["action_id"]] = {"type": element["type"], **chosen(element, raw)}
    return {"values": found}
