"""The small nouns of Block Kit: whatever is put in, Slack takes what comes out."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.slack.blocks.parts import (
    Message,
    actions,
    as_json,
    button,
    code,
    context,
    fields,
    header,
    section,
    sections,
    weight,
)
from bot.text import escape
from tests.fakes.slack_blocks import problems

words = st.text(min_size=1, max_size=200).filter(lambda text: escape(text) != "") | st.just("long " * 2_000)


def shown(block: Block) -> dict[str, Any]:
    (found,) = as_json([block])
    return found


@given(words, st.text(max_size=400))
def test_slack_takes_every_part_of_any_length(text: str, name: str) -> None:
    said = escape(text)
    blocks = [
        header(text),
        section(said),
        fields([said] * 4),
        context(said),
        actions([button(text, "value", f"press:{number}") for number in range(30)], name),
    ]

    assert problems(as_json(blocks)) == []


def test_a_paragraph_makes_no_links_of_names() -> None:
    assert shown(section("a"))["text"] == {"type": "mrkdwn", "text": "a", "verbatim": True}


def test_a_button_without_words_is_still_one_to_press() -> None:
    assert button("\u202e", "value", "press").to_dict()["text"]["text"] == "…"


def test_a_row_without_a_name_leaves_it_to_slack() -> None:
    assert "block_id" not in shown(actions([button("a", "b", "c")]))
    assert shown(actions([button("a", "b", "c")], "thread:1"))["block_id"] == "thread:1"


def test_a_text_of_any_length_is_in_as_many_paragraphs_as_it_needs() -> None:
    text = " ".join(f"word{number}" for number in range(2_000))

    said = " ".join(block["text"]["text"] for block in as_json(sections(text)))

    assert said == text


def test_preformatted_lines_are_never_broken() -> None:
    rows = [f"team {number:04}  {number}" for number in range(600)]

    blocks = as_json(code("\n".join(rows)))

    assert [line for block in blocks for line in block["text"]["text"].strip("`\n").splitlines()] == rows


def test_the_weight_of_blocks_is_that_of_each() -> None:
    blocks = [section("ü" * 100), context("b")]

    assert weight(blocks) == weight(blocks[:1]) + weight(blocks[1:])
    assert 100 < weight(blocks[:1]) < 200


def test_a_message_is_kept_as_what_is_sent() -> None:
    message = Message(text="a", rich=(section("b"),), plain=(context("c"),))

    assert message.to_json() == {"text": "a", "rich": [shown(section("b"))], "plain": [shown(context("c"))]}
