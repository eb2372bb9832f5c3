"""What somebody chose or typed, in the shape in which Slack tells it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.preview.inputs import block_name, chosen, find, offered, state
from tests.bot.preview.checks.good import Block, button, option, plain, select

A, B = option("A", "a"), option("B", "b")
TYPED = {"type": "plain_text_input", "action_id": "typed"}


@pytest.mark.parametrize(
    ("element", "raw", "told"),
    [
        (select(), "b", {"selected_option": B}),
        (select(), "z", {"selected_option": None}),
        (select(type="multi_static_select"), ["b", "a", "z"], {"selected_options": [A, B]}),
        (select(type="checkboxes"), None, {"selected_options": []}),
        (select(option_groups=[{"label": plain("G"), "options": [A]}]), "a", {"selected_option": A}),
        ({"type": "datepicker"}, "2026-11-18", {"selected_date": "2026-11-18"}),
        ({"type": "datepicker"}, "", {"selected_date": None}),
        ({"type": "multi_users_select"}, "", {"selected_users": []}),
        ({"type": "conversations_select"}, "C1", {"selected_conversation": "C1"}),
        (button(), None, {"value": "v"}),
        ({"type": "button", "text": plain("Go")}, None, {}),
        (TYPED, "Ana", {"value": "Ana"}),
        (TYPED, "", {"value": None}),
        (TYPED, 7, {"value": "7"}),
    ],
)
def test_each_kind_of_element_tells_what_was_chosen_in_its_own_words(element: Block, raw: Any, told: Block) -> None:
    assert chosen(element, raw) == told


@pytest.mark.parametrize(("raw", "value"), [("negative", "0"), ("positive", "1"), (None, "1")])
def test_feedback_tells_which_thumb_it_was(raw: str | None, value: str) -> None:
    sides = {
        name: {"text": plain(name), "value": number}
        for name, number in (("positive_button", "1"), ("negative_button", "0"))
    }

    assert chosen({"type": "feedback_buttons", **sides}, raw)["value"] == value


def test_an_element_is_found_by_its_block_and_action_wherever_the_block_holds_it() -> None:
    blocks: list[Block] = [
        {"type": "section", "accessory": button(action_id="a")},
        {"type": "actions", "block_id": "row", "elements": [button(action_id="a"), select(action_id="s")]},
        {"type": "input", "element": TYPED},
    ]

    assert [block_name(block, at) for at, block in enumerate(blocks)] == ["b0", "row", "b2"]
    assert find(blocks, "b0", "a") == button(action_id="a")
    assert find(blocks, "row", "s") == select(action_id="s")
    assert find(blocks, "b2", "typed") == TYPED
    assert find(blocks, "row", "typed") is find(blocks, "b9", "a") is None


def test_the_state_has_what_stands_in_each_element_that_keeps_something() -> None:
    blocks: list[Block] = [
        {"type": "input", "block_id": "name", "element": TYPED},
        {"type": "actions", "block_id": "row", "elements": [button(), select()]},
    ]

    assert state(blocks, {"name": {"typed": "Ana"}, "row": {"pick": "a", "go": "v"}}) == {
        "values": {
            "name": {"typed": {"type": "plain_text_input", "value": "Ana"}},
            "row": {"pick": {"type": "static_select", "selected_option": A}},
        }
    }
    assert state(blocks, None)["values"]["name"]["typed"]["value"] is None


def test_options_are_offered_out_of_their_groups() -> None:
    groups = [{"label": plain("1"), "options": [A]}, {"label": plain("2"), "options": [B]}]

    assert offered(select()) == offered({"option_groups": groups}) == [A, B]
