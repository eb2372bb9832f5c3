"""What is refused as Slack refuses it: one thing wrong at a time in blocks that are otherwise good."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from bot.preview.checks import problems, too_long, view_problems

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


@pytest.mark.parametrize("name", GOOD)
def test_what_is_good_passes(name: str) -> None:
    assert problems([GOOD[name]]) == []


def put(*path: str | int, value: Any) -> Callable[[Block], None]:
    """Set one thing somewhere in a block."""

    def change(block: Any) -> None:
        for step in path[:-1]:
            block = block[step]
        block[path[-1]] = value

    return change


BAD: dict[str, tuple[str, Callable[[Block], None]]] = {
    "a section's text of 3,001": ("section", put("text", "text", value="x" * 3_001)),
    "an empty section": ("section", put("text", "text", value="")),
    "eleven fields": ("section", put("fields", value=[plain("f")] * 11)),
    "a field of 2,001": ("section", put("fields", 0, "text", value="x" * 2_001)),
    "an input beside a section": ("section", put("accessory", value={"type": "plain_text_input", "action_id": "t"})),
    "eleven in a context": ("context", put("elements", value=[plain("x")] * 11)),
    "a context of nothing": ("context", put("elements", value=[])),
    "26 buttons": ("actions", put("elements", value=[button(action_id=f"a{n}") for n in range(26)])),
    "a button's 76 letters": ("actions", put("elements", 0, "text", "text", value="x" * 76)),
    "a button in mrkdwn": ("actions", put("elements", 0, "text", "type", value="mrkdwn")),
    "a value of 2,001": ("actions", put("elements", 0, "value", value="x" * 2_001)),
    "an action without a name": ("actions", put("elements", 0, "action_id", value="")),
    "a style Slack has not": ("actions", put("elements", 0, "style", value="green")),
    "a property Slack has not": ("actions", put("elements", 1, "default_option", value=option("A", "a"))),
    "a name twice": ("actions", put("elements", 1, value=button())),
    "101 options": ("actions", put("elements", 1, "options", value=[option("x", str(n)) for n in range(101)])),
    "an option of 76": ("actions", put("elements", 1, "options", 0, "text", "text", value="x" * 76)),
    "a beginning that is no option": ("actions", put("elements", 1, "initial_option", value=option("C", "c"))),
    "a confirmation without a title": ("actions", put("elements", 0, "confirm", value={"text": plain("sure?")})),
    "a block_id of 256": ("actions", put("block_id", value="x" * 256)),
    "feedback without a value": ("thumbs", put("elements", 0, "positive_button", "value", value="")),
    "a header of 151": ("header", put("text", "text", value="x" * 151)),
    "a header in mrkdwn": ("header", put("text", "type", value="mrkdwn")),
    "a button as an input": ("input", put("element", value=button())),
    "an input without a label": ("input", put("label", value=None)),
    "an input that takes 3,001": ("input", put("element", "max_length", value=3_001)),
    "markdown of 12,001": ("markdown", put("text", value="x" * 12_001)),
    "an empty cell": ("table", put("rows", 1, 0, "text", value="")),
    "rows of two widths": ("table", put("rows", 1, value=[cell("1")])),
    "101 rows": ("table", put("rows", value=[[cell("x")]] * 101)),
    "21 columns": ("table", put("rows", value=[[cell("x")] * 21])),
    "10,001 letters": ("table", put("rows", value=[[cell("x" * 101)]] * 100)),
    "a table without a caption": ("data_table", put("caption", value="")),
    "a heading alone": ("data_table", put("rows", value=[[cell("a")]])),
    "a number that is none": ("data_table", put("rows", 1, 0, "value", value=float("nan"))),
    "pages of 101": ("data_table", put("page_size", value=101)),
    "a title of 51": ("line", put("title", value="x" * 51)),
    "a kind of chart Slack has not": ("line", put("chart", "type", value="radar")),
    "a gap in a line": ("line", put("chart", "series", 0, "data", 0, "value", value=None)),
    "a point that is no category": ("line", put("chart", "series", 0, "data", 0, "label", value="W9")),
    "a category of 21": ("line", put("chart", "axis_config", "categories", 0, value="x" * 21)),
    "seven lines": ("line", put("chart", "series", value=[{"name": f"S{n}", "data": points(1, 2)} for n in range(7)])),
    "an axis label of 51": ("line", put("chart", "axis_config", "x_label", value="x" * 51)),
    "a slice of nothing": ("pie", put("chart", "segments", 0, "value", value=0)),
    "two slices of one name": ("pie", put("chart", "segments", 1, "label", value="A")),
    "a type Slack has not": ("divider", put("type", value="ruler")),
}


@pytest.mark.parametrize("wrong", BAD)
def test_what_slack_would_not_show_is_named(wrong: str) -> None:
    name, change = BAD[wrong]
    block = copy.deepcopy(GOOD[name])
    change(block)

    assert problems([block])


def test_a_message_has_at_most_fifty_blocks_one_table_and_two_charts() -> None:
    assert problems([GOOD["divider"]] * 50) == []
    assert problems([GOOD["divider"]] * 51)
    assert problems([GOOD["table"]] * 2)
    assert problems([GOOD["line"]] * 2) == []
    assert problems([GOOD["line"]] * 3)


def test_a_block_that_the_workspace_does_not_have_yet_is_refused() -> None:
    assert problems([GOOD["table"]], refused=frozenset({"table"}))


def test_all_words_of_a_message_together_have_a_limit() -> None:
    long = {"type": "section", "text": plain("x" * 2_900)}

    assert not too_long([long] * 4)
    assert too_long([long] * 5)


@pytest.mark.parametrize("surface", ["modal", "home"])
def test_tables_and_charts_belong_into_messages(surface: str) -> None:
    assert problems([GOOD["table"]], surface=surface)
    assert problems([GOOD["line"]], surface=surface)
    assert problems([GOOD["divider"]] * 100, surface=surface) == []
    assert problems([GOOD["divider"]] * 101, surface=surface)


MODAL: Block = {"type": "modal", "title": plain("T"), "submit": plain("Go"), "blocks": [GOOD["input"]]}


@pytest.mark.parametrize(
    "change",
    [
        put("title", "text", value="x" * 25),
        put("submit", "text", value="x" * 25),
        put("submit", value=None),
        put("private_metadata", value="x" * 3_001),
        put("callback_id", value="x" * 256),
        put("type", value="home"),
        put("blocks", value=[GOOD["table"]]),
    ],
)
def test_a_modal_slack_would_not_open_is_named(change: Callable[[Block], None]) -> None:
    view = copy.deepcopy(MODAL)
    change(view)

    assert view_problems(MODAL, "modal") == []
    assert view_problems(view, "modal")
