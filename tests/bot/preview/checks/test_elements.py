"""What Slack checks of buttons, selects and inputs: one thing wrong at a time."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from bot.preview.checks import problems
from bot.preview.checks.elements import CHECKS, IN_ACTIONS, IN_INPUTS, PROPERTIES, element_problems
from tests.bot.preview.checks.good import GOOD, Block, is_found, option, plain, put

BAD: dict[str, tuple[str, Callable[[Block], None]]] = {
    "a button's 76 letters": ("actions", put("elements", 0, "text", "text", value="x" * 76)),
    "a button in mrkdwn": ("actions", put("elements", 0, "text", "type", value="mrkdwn")),
    "a value of 2,001": ("actions", put("elements", 0, "value", value="x" * 2_001)),
    "an action without a name": ("actions", put("elements", 0, "action_id", value="")),
    "a style Slack has not": ("actions", put("elements", 0, "style", value="green")),
    "a property Slack has not": ("actions", put("elements", 1, "default_option", value=option("A", "a"))),
    "101 options": ("actions", put("elements", 1, "options", value=[option("x", str(n)) for n in range(101)])),
    "an option of 76": ("actions", put("elements", 1, "options", 0, "text", "text", value="x" * 76)),
    "a beginning that is no option": ("actions", put("elements", 1, "initial_option", value=option("C", "c"))),
    "a confirmation without a title": ("actions", put("elements", 0, "confirm", value={"text": plain("sure?")})),
    "feedback without a value": ("thumbs", put("elements", 0, "positive_button", "value", value="")),
    "an input that takes 3,001": ("input", put("element", "max_length", value=3_001)),
}


@pytest.mark.parametrize("wrong", BAD)
def test_what_slack_would_not_show_is_named(wrong: str) -> None:
    assert is_found(*BAD[wrong])


LONGEST = {
    "a button's 75 letters": ("actions", put("elements", 0, "text", "text", value="x" * 75)),
    "a value of 2,000": ("actions", put("elements", 0, "value", value="x" * 2_000)),
    "100 options": ("actions", put("elements", 1, "options", value=[option("x", str(n)) for n in range(100)])),
    "an option of 75": ("actions", put("elements", 1, "options", 0, "text", "text", value="x" * 75)),
    "a beginning that is an option": ("actions", put("elements", 1, "initial_option", value=option("A", "a"))),
    "an input that takes 3,000": ("input", put("element", "max_length", value=3_000)),
}


@pytest.mark.parametrize("long", LONGEST)
def test_what_is_just_within_a_limit_passes(long: str) -> None:
    name, change = LONGEST[long]
    block = copy.deepcopy(GOOD[name])
    change(block)

    assert problems([block]) == []


@pytest.mark.parametrize("kind", sorted(IN_INPUTS))
def test_every_element_that_may_be_an_input_has_a_check_and_its_properties(kind: str) -> None:
    assert kind in CHECKS
    assert kind in PROPERTIES


def test_where_an_element_belongs_is_checked() -> None:
    typed = {"type": "plain_text_input", "action_id": "t"}

    assert list(element_problems(typed, IN_INPUTS)) == []
    assert list(element_problems(typed, IN_ACTIONS)) == ["no element of type 'plain_text_input' here"]
