"""What Slack checks of the elements in blocks: buttons, selects, inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from bot.preview.checks.values import ANY_TEXT, MAX_ID, Data, confirm, count, one_of, options, plain, some, string

Check = Callable[[Data], Iterator[str]]


def element_problems(value: Any, allowed: frozenset[str]) -> Iterator[str]:
    """Everything wrong with an element that may be one of `allowed`."""
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in allowed:
        yield f"no element of type {kind!r} here"
        return
    yield from CHECKS[kind](value)
    for name in value.keys() - KNOWN - PROPERTIES.get(kind, KNOWN):
        yield f"invalid additional property: {name}"
    if "action_id" in value or kind in NAMED:
        yield from string(value.get("action_id"), MAX_ID, "action_id")
    if "confirm" in value:
        yield from confirm(value["confirm"])
    if "placeholder" in value:
        yield from plain(value["placeholder"], 150, "placeholder")


def _button(value: Data) -> Iterator[str]:
    yield from plain(value.get("text"), 75)
    yield from one_of(value.get("style"), ("primary", "danger"), "style")
    if "value" in value:
        yield from string(value["value"], 2_000, "value")
    if "url" in value:
        yield from string(value["url"], 3_000, "url")
    if "accessibility_label" in value:
        yield from string(value["accessibility_label"], 75, "accessibility_label")


def _image(value: Data) -> Iterator[str]:
    yield from string(value.get("alt_text"), 2_000, "alt_text")
    if "slack_file" not in value:
        yield from string(value.get("image_url"), 3_000, "image_url")


def _select(value: Data) -> Iterator[str]:
    if "option_groups" in value:
        yield from count(value["option_groups"], 1, 100, "option groups")
        for group in some(value["option_groups"]):
            yield from plain(group.get("label"), 75, "a group's label")
            yield from options(group.get("options"), 100)
    else:
        yield from options(value.get("options"), 100)
    chosen = [value["initial_option"]] if "initial_option" in value else value.get("initial_options", [])
    groups = some(value.get("option_groups")) or [value]
    offered = [option for group in groups for option in some(group.get("options"))]
    if any(option not in offered for option in chosen):
        yield "the initial option is none of the options"


def _choices(value: Data) -> Iterator[str]:
    yield from options(value.get("options"), 10, ANY_TEXT)
    chosen = [value["initial_option"]] if "initial_option" in value else value.get("initial_options", [])
    if "initial_options" in value and not chosen:
        yield "initial_options must not be empty"
    if any(option not in some(value.get("options")) for option in chosen):
        yield "the initial option is none of the options"


def _overflow(value: Data) -> Iterator[str]:
    yield from options(value.get("options"), 5)


def _typed(value: Data, longest: int) -> Iterator[str]:
    most = value.get("max_length", longest)
    if not isinstance(most, int) or not 0 < most <= longest or not 0 <= value.get("min_length", 0) <= most:
        yield f"lengths must lie within 0 and {longest}"
    if len(str(value.get("initial_value", ""))) > longest:
        yield f"initial_value has more than {longest} characters"


def _number(value: Data) -> Iterator[str]:
    if not isinstance(value.get("is_decimal_allowed"), bool):
        yield "is_decimal_allowed is needed"


def _feedback(value: Data) -> Iterator[str]:
    for name in ("positive_button", "negative_button"):
        button = value.get(name) or {}
        yield from plain(button.get("text"), 75, name)
        yield from string(button.get("value"), 2_000, f"{name}'s value")


def _icon(value: Data) -> Iterator[str]:
    yield from plain(value.get("text"), 75)
    yield from one_of(value.get("icon"), ("trash",), "icon")


def _anything(value: Data) -> Iterator[str]:
    yield from ()


CHECKS: dict[str, Check] = {
    "button": _button,
    "image": _image,
    "static_select": _select,
    "multi_static_select": _select,
    "checkboxes": _choices,
    "radio_buttons": _choices,
    "overflow": _overflow,
    "plain_text_input": partial(_typed, longest=3_000),
    "email_text_input": _anything,
    "url_text_input": _anything,
    "number_input": _number,
    "feedback_buttons": _feedback,
    "icon_button": _icon,
    **dict.fromkeys(
        (
            "datepicker",
            "timepicker",
            "datetimepicker",
            *(
                f"{many}{what}_select"
                for many in ("", "multi_")
                for what in ("external", "users", "conversations", "channels")
            ),
        ),
        _anything,
    ),
}

# What an element may hold beside what each may; a name that is none of these is refused by Slack.
KNOWN = frozenset({"type", "action_id"})
_ASKING = {"confirm", "placeholder", "focus_on_load"}
_SOURCES: dict[str, set[str]] = {
    "static": {"options", "option_groups"},
    "external": {"min_query_length"},
    "users": set(),
    "conversations": {"default_to_current_conversation", "filter"},
    "channels": set(),
}
_CHOSEN = {
    "static": "option",
    "external": "option",
    "users": "user",
    "conversations": "conversation",
    "channels": "channel",
}
_TYPED = {"initial_value", "placeholder", "focus_on_load", "dispatch_action_config"}
PROPERTIES: dict[str, frozenset[str]] = {
    "button": frozenset({"text", "url", "value", "style", "confirm", "accessibility_label", "agent_prompt"}),
    "image": frozenset({"image_url", "slack_file", "alt_text"}),
    "checkboxes": frozenset({"options", "initial_options", "confirm", "focus_on_load"}),
    "radio_buttons": frozenset({"options", "initial_option", "confirm", "focus_on_load"}),
    "overflow": frozenset({"options", "confirm"}),
    "plain_text_input": frozenset(_TYPED | {"multiline", "min_length", "max_length"}),
    "email_text_input": frozenset(_TYPED),
    "url_text_input": frozenset(_TYPED),
    "number_input": frozenset(_TYPED | {"is_decimal_allowed", "min_value", "max_value"}),
    "datepicker": frozenset(_ASKING | {"initial_date"}),
    "timepicker": frozenset(_ASKING | {"initial_time", "timezone"}),
    "datetimepicker": frozenset({"initial_date_time", "confirm", "focus_on_load"}),
    "feedback_buttons": frozenset({"positive_button", "negative_button"}),
    "icon_button": frozenset({"icon", "text", "value", "confirm", "accessibility_label", "visible_to_user_ids"}),
    **{
        f"{what}_select": frozenset(_ASKING | own | {f"initial_{_CHOSEN[what]}", "response_url_enabled"})
        for what, own in _SOURCES.items()
    },
    **{
        f"multi_{what}_select": frozenset(_ASKING | own | {f"initial_{_CHOSEN[what]}s", "max_selected_items"})
        for what, own in _SOURCES.items()
    },
}

NAMED = frozenset(CHECKS) - {"image"}  # each of them sends something when it is used
SELECTS = frozenset(kind for kind in CHECKS if kind.endswith("_select"))
PICKERS = frozenset({"datepicker", "timepicker"})
CHOICES = frozenset({"checkboxes", "radio_buttons"})

IN_ACTIONS = SELECTS | PICKERS | CHOICES | {"button", "overflow", "datetimepicker"}
IN_SECTIONS = (IN_ACTIONS | {"image"}) - {"datetimepicker"}
IN_INPUTS = (
    SELECTS
    | PICKERS
    | CHOICES
    | {"plain_text_input", "email_text_input", "url_text_input", "number_input", "datetimepicker"}
)
IN_CONTEXT_ACTIONS = frozenset({"feedback_buttons", "icon_button"})
