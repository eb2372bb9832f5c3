"""A digest as Slack messages, with the buttons of its one action; and the form that subscribes to it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.preview.checks import view_problems
from bot.questions.answers.answer import Answer, Column, Row, Shape, Status
from bot.slack.blocks.parts import Message, as_json
from bot.slack.digest.blocks import CHOICES, asked, form, illustrated, plain, top
from tests.fakes.slack_blocks import problems

PARTS = {"teams": "Table by team", "chart": "Chart"}


def buttons(message: Message) -> list[tuple[str, str, Any]]:
    rows = [block for block in as_json(message.rich) if block["type"] == "actions"]
    return [
        (button["text"]["text"], button["action_id"], json.loads(button["value"]))
        for row in rows
        for button in row["elements"]
    ]


def test_the_first_sentence_stands_out_and_names_are_text() -> None:
    message = top("W46, R&D: a normal week. Nothing <else>.", "2026-W46")

    assert as_json(message.rich)[0]["text"]["text"] == "*W46, R&amp;D: a normal week.* Nothing &lt;else&gt;."
    assert message.text == "W46, R&amp;D: a normal week. Nothing &lt;else&gt;."
    assert buttons(message) == []


def test_an_action_brings_its_three_buttons_each_with_week_and_workflow() -> None:
    message = top("A. B.", "2026-W46", workflow="notes & <co>")

    about = {"week": "2026-W46", "workflow": "notes & <co>"}
    assert buttons(message) == [(label, f"digest:{name}", about) for name, label in CHOICES.items()]
    assert problems(as_json(message.rich)) == []


def test_a_rhythm_on_offer_stands_below_it_with_its_button() -> None:
    message = top("A. B.", "2026-W46", offer="Would every second week do?", subscription_id=7)

    assert buttons(message) == [("Every second week", "digest_rhythm", {"subscription": 7, "every": 2})]
    assert message.text.endswith("\nWould every second week do?")


@pytest.mark.parametrize(
    ("slower", "pause", "labels"),
    [
        (True, True, ["Every second week", "Pause it"]),
        (False, True, ["Pause it"]),
        (True, False, ["Every second week"]),
    ],
)
def test_the_owner_is_offered_what_would_change_something(slower: bool, pause: bool, labels: list[str]) -> None:
    assert [label for label, _, _ in buttons(asked("Sure?", 7, slower, pause))] == labels


def test_a_message_with_a_chart_comes_with_what_it_shows() -> None:
    weeks = [Row(labels={"week": f"2026-10-{day:02}"}, values={"tokens": float(day)}) for day in (5, 12, 19, 26)]
    columns = (Column(name="tokens", label="tokens", unit="tokens"),)
    series = Answer(status=Status.ANSWERED, text="It rose.", shape=Shape.SERIES, columns=columns, rows=tuple(weeks))

    (drawn,), (words,) = list(illustrated([series])), list(illustrated([Answer(status=Status.ANSWERED, text="Fine.")]))

    assert drawn[1] is not None
    assert drawn[1].times == ("2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26")
    assert words[1] is None


def test_our_words_are_one_paragraph() -> None:
    assert [block["text"]["text"] for block in as_json(plain("a < b").rich)] == ["a &lt; b"]


def fields(**more: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"channel": "C1", "direct": False, "teams": ["A & B"], "zone": "UTC", "parts": PARTS}
    view = form(**(given | {"state": "{}"} | more)).to_dict()
    assert view_problems(view, "modal") == []
    return {block["block_id"]: block["element"] for block in view["blocks"]}


def test_the_form_is_filled_with_what_is_most_likely_wanted() -> None:
    here, alone = fields(), fields(channel="D1", direct=True)

    assert (here["place"]["initial_option"]["value"], alone["place"]["initial_option"]["value"]) == ("channel", "me")
    assert here["channel"]["initial_conversation"] == "C1"
    assert "initial_conversation" not in alone["channel"]
    assert here["team"]["initial_option"]["value"] == "*"
    assert [option["value"] for option in here["team"]["options"]] == ["*", "A & B"]
    assert here["parts"]["initial_options"] == here["parts"]["options"]


@pytest.mark.parametrize("teams", [[f"Team {number}" for number in range(100)], ["x" * 76]])
def test_more_teams_than_a_list_takes_are_typed_in(teams: list[str]) -> None:
    assert fields(teams=teams)["team"]["type"] == "plain_text_input"
    assert fields(teams=[f"Team {number}" for number in range(99)])["team"]["type"] == "static_select"
