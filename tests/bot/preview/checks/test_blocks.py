"""What Slack checks of the blocks of a message, a modal or App Home: one thing wrong at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.preview.checks import problems, too_long
from tests.bot.preview.checks.good import GOOD, Block, button, is_found, plain, put

BAD: dict[str, tuple[str, Callable[[Block], None]]] = {
    "a section's text of 3,001": ("section", put("text", "text", value="x" * 3_001)),
    "an empty section": ("section", put("text", "text", value="")),
    "eleven fields": ("section", put("fields", value=[plain("f")] * 11)),
    "a field of 2,001": ("section", put("fields", 0, "text", value="x" * 2_001)),
    "an input beside a section": ("section", put("accessory", value={"type": "plain_text_input", "action_id": "t"})),
    "eleven in a context": ("context", put("elements", value=[plain("x")] * 11)),
    "a context of nothing": ("context", put("elements", value=[])),
    "26 buttons": ("actions", put("elements", value=[button(action_id=f"a{n}") for n in range(26)])),
    "a name twice": ("actions", put("elements", 1, value=button())),
    "a block_id of 256": ("actions", put("block_id", value="x" * 256)),
    "a header of 151": ("header", put("text", "text", value="x" * 151)),
    "a header in mrkdwn": ("header", put("text", "type", value="mrkdwn")),
    "a button as an input": ("input", put("element", value=button())),
    "an input without a label": ("input", put("label", value=None)),
    "markdown of 12,001": ("markdown", put("text", value="x" * 12_001)),
    "a type Slack has not": ("divider", put("type", value="ruler")),
}


@pytest.mark.parametrize("wrong", BAD)
def test_what_slack_would_not_show_is_named(wrong: str) -> None:
    assert is_found(*BAD[wrong])


@pytest.mark.parametrize("name", GOOD)
def test_what_is_good_passes(name: str) -> None:
    assert problems([GOOD[name]]) == []


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
