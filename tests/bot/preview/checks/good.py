"""Blocks that Slack shows, to change one thing of."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from bot.preview.checks import problems

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def option(text: str, value: str) -> Block:
    return {"text": plain(text), "value": value}


def button(**more: Any) -> Block:
    return {"type": "button", "action_id": "go", "text": plain("Go"), "value": "v", **more}


def select(**more: Any) -> Block:
    return {"type": "static_select", "action_id": "pick", "options": [option("A", "a"), option("B", "b")], **more}


def cell(text: str) -> Block:
    return {"type": "raw_text", "text": text}


def points(*values: float) -> list[Block]:
    return [{"label": f"W{number}", "value": value} for number, value in enumerate(values)]


GOOD: dict[str, Block] = {
    "section": {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "x"},
        "fields": [plain("f")],
        "accessory": button(),
    },
    "context": {"type": "context", "elements": [plain("x")]},
    "actions": {"type": "actions", "block_id": "b", "elements": [button(), select()]},
    "thumbs": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "fb",
                "positive_button": {"text": plain("Good"), "value": "1"},
                "negative_button": {"text": plain("Bad"), "value": "0"},
            }
        ],
    },
    "header": {"type": "header", "text": plain("H")},
    "divider": {"type": "divider"},
    "input": {"type": "input", "label": plain("L"), "element": {"type": "plain_text_input", "action_id": "t"}},
    "markdown": {"type": "markdown", "text": "# x"},
    "table": {
        "type": "table",
        "column_settings": [{"align": "left"}],
        "rows": [[cell("a"), cell("b")], [cell("1"), cell("2")]],
    },
    "data_table": {
        "type": "data_table",
        "caption": "C",
        "rows": [[cell("a")], [{"type": "raw_number", "value": 1, "text": "1"}]],
    },
    "line": {
        "type": "data_visualization",
        "title": "T",
        "chart": {
            "type": "line",
            "series": [{"name": "S", "data": points(1, -2)}],
            "axis_config": {"categories": ["W0", "W1"], "x_label": "Week"},
        },
    },
    "pie": {
        "type": "data_visualization",
        "title": "T",
        "chart": {"type": "pie", "segments": [{"label": "A", "value": 1}, {"label": "B", "value": 2}]},
    },
}


def put(*path: str | int, value: Any) -> Callable[[Block], None]:
    """Set one thing somewhere in a block."""

    def change(block: Any) -> None:
        for step in path[:-1]:
            block = block[step]
        block[path[-1]] = value

    return change


def is_found(name: str, change: Callable[[Block], None]) -> bool:
    """Whether a good block passes and the same block, changed, does not."""
    block = copy.deepcopy(GOOD[name])
    change(block)
    return problems([GOOD[name]]) == [] and problems([block]) != []
