"""The small nouns of forms: whatever is put in, Slack takes what comes out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import PlainTextInputElement, StaticSelectElement

from bot.errors import UserError
from bot.preview.checks import view_problems
from bot.slack.blocks.inputs import carried_texts, field, modal, number_of, option


@given(st.text(max_size=200), st.lists(st.text(max_size=200), min_size=1, max_size=100))
def test_slack_takes_a_form_of_any_words(words: str, choices: list[str]) -> None:
    options = [option(text, str(number)) for number, text in enumerate(choices)]
    chosen = field("chosen", words, StaticSelectElement(action_id="chosen", options=options), optional=True)
    typed = field("typed", words, PlainTextInputElement(action_id="typed"), optional=False)

    form = modal("form", words, [chosen, typed], submit=words, carries="{}").to_dict()

    assert view_problems(form, "modal") == []
    assert [block["block_id"] for block in form["blocks"]] == ["chosen", "typed"]
    assert [block["optional"] for block in form["blocks"]] == [True, False]


def test_a_form_brings_back_what_it_was_opened_with() -> None:
    assert modal("form", "a", [], submit="b", carries='{"workflow": "w"}').private_metadata == '{"workflow": "w"}'


def test_what_a_button_carries_is_ours_or_nothing() -> None:
    numbers = ("7", "0", "", None, "-1", "1.5", "٣", "9" * 30, "x")
    assert [number_of({"value": value}) for value in numbers] == [7, 0, 0, 0, 0, 0, 0, 0, 0]

    assert carried_texts('["u-17", "ana@acme.example"]', 2) == ("u-17", "ana@acme.example")
    for value in (None, "", "{}", "[", '["a"]', '["a", 1]', '["a", ""]', '["a", "b", "c"]'):
        with pytest.raises(UserError, match="another release"):
            carried_texts(value, 2)
