"""App Home as blocks: whatever is missing or odd, Slack takes it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from bot.preview.checks import view_problems
from bot.slack.home.blocks import home
from bot.slack.home.page import HomeFigure, HomePage, SuggestedPrompt
from bot.sources.files.unmatched import Stranger
from storage.catalogue import Unit
from storage.load.people import Unmatched

GREW = HomeFigure(label="tokens per employee", unit="tokens per person", value=7.0, previous=5.0, change=0.4)
FULL = HomePage(
    scope="Checkout",
    period="October 2026",
    before="September 2026",
    figures=(GREW,) * 4,
    prompts=(SuggestedPrompt("A", "a?"),),
)


def said(page: HomePage, **more: Any) -> str:
    return json.dumps(home("Ana", page, **more).to_dict(), ensure_ascii=False)


@pytest.mark.parametrize(
    "page",
    [
        FULL,
        HomePage(),
        HomePage(note="x" * 5_000),
        HomePage(figures=(GREW,)),
        HomePage(scope="x" * 500, period="y" * 5_000, figures=(GREW,)),
        HomePage(prompts=(SuggestedPrompt("x" * 500, "y" * 1_900),) * 4),
        HomePage(scope="<!channel> & co", figures=(HomeFigure(label="<b>", unit="", value=0),)),
    ],
)
def test_slack_takes_it(page: HomePage) -> None:
    assert view_problems(home("Ana", page).to_dict(), "home") == []
    assert view_problems(home("", page, "x" * 1_900).to_dict(), "home") == []


def test_a_figure_stands_with_what_it_was_before() -> None:
    fell = HomeFigure(label="cost", unit=Unit.USD, value=8.0, previous=10.0, change=-0.2)
    same = HomeFigure(label="adoption rate", unit=Unit.FRACTION, value=1.0, previous=1.0, change=0.0)
    new = HomeFigure(label="hours", unit="hours", value=3.0)
    shown = said(HomePage(scope="Checkout", period="October 2026", figures=(GREW, fell, same, new)))

    assert "▲ up 40.0% from 5" in shown
    assert "▼ down 20.0% from $10.00" in shown
    assert "the same as before" in shown
    assert "_nothing to compare with_" in shown


def test_names_of_people_and_teams_are_text() -> None:
    shown = said(
        HomePage(scope="R&D", period="<!channel>", figures=(GREW,), prompts=FULL.prompts, note="<@U1>"), answered="<b>"
    )

    assert "<!channel>" not in shown
    assert "<@U1>" not in shown
    assert "&lt;b&gt;" in shown


def test_the_question_pressed_is_said_to_be_answered_in_messages() -> None:
    assert "Answered in *Messages*: a?" in said(FULL, answered="a?")
    assert "Answered" not in said(FULL)


def stranger(outside_id: str, *suggested: str) -> Stranger:
    return Stranger(Unmatched(outside_id, 123_456, 789, date(2026, 10, 3), date(2026, 10, 9), ("openai",)), suggested)


def test_an_admin_sees_whom_nobody_knows_without_their_figures() -> None:
    shown = said(HomePage(), strangers=(stranger("u-<17>", "ana@acme.example"), stranger("u-18")), linked="u-9 is Bo.")

    assert "*u-&lt;17&gt;* (openai), first seen on 3 Oct" in shown
    assert "It is ana@acme.example" in shown
    assert shown.count('"type": "actions"') == 1
    assert "u-9 is Bo." in shown
    assert "123" not in shown
    assert "789" not in shown


def test_slack_takes_ids_and_addresses_of_any_length() -> None:
    long = tuple(stranger("i" * 320, *(f"{n}{'e' * 318}" for n in range(3))) for _ in range(5))

    assert view_problems(home("Ana", FULL, "x", long, "y" * 900).to_dict(), "home") == []


def test_without_anybody_to_link_there_is_no_card() -> None:
    assert "the roster does not know" not in said(FULL)
