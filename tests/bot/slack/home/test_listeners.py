"""Home and the side pane: what is the visitor's own, and nothing for strangers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.errors import UserError
from bot.home.board import Board
from bot.questions.answers.answer import Answer, Column, Receipt, Row, Shape, Status
from bot.questions.request import AskRequest
from bot.slack.home.listeners import HomeReplies, Visit
from bot.slack.questions.conversation import Conversations
from bot.sources.files.unmatched import Stranger
from storage.load.people import Unmatched
from tests.bot.conftest import Desktop
from tests.bot.slack.questions.tooling import tools_of
from tests.fakes.services import FakeServices
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import event, press


def figure(request: AskRequest) -> Answer:
    """Seven of everything, up from five; the tools of the team where those are asked."""
    scope = "Platform" if "my team" in request.text else "whole organisation"
    receipt = Receipt(
        metric="m", definition="d", period="October 2026", zone="UTC", scope=scope, newest="2026-11-18", coverage=1.0
    )
    if "by tool" in request.text:
        rows = tuple(Row(labels={"tool": name}, values={"tokens": used}) for name, used in (("slow", 1), ("fast", 9)))
        return Answer(status=Status.ANSWERED, text="", shape=Shape.LIST, rows=rows, receipt=receipt)
    column = Column(name="tokens_per_employee", label="tokens per employee", unit="tokens per person")
    row = Row(labels={}, values={"tokens_per_employee": 7, "previous": 5, "change": 2, "change_pct": 0.4})
    return Answer(status=Status.ANSWERED, text="7", shape=Shape.SINGLE, columns=(column,), rows=(row,), receipt=receipt)


def opened(tab: str, user: str = "UANA") -> dict[str, Any]:
    return event({"type": "app_home_opened", "user": user, "channel": f"D-{user}", "tab": tab})


def words(view: object) -> str:
    if isinstance(view, dict):
        return " ".join(words(inner) for inner in view.values())
    return " ".join(map(words, view)) if isinstance(view, list) else str(view)


def buttons(view: dict[str, Any]) -> list[dict[str, Any]]:
    return [element for block in view["blocks"] if block["type"] == "actions" for element in block["elements"]]


def test_home_shows_the_visitors_team_with_what_it_was_before(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.reply = figure
    desktop.services.shown_board = Board(policy="`/leverage privacy`")

    desktop.send(opened("home"))

    shown = words(slack.homes["UANA"])
    assert "Hello, Uana" in shown
    assert "Platform at a glance" in shown
    assert "▲ up 40.0% from 5" in shown
    assert "/leverage privacy" in shown
    assert {request.asker_email for request in desktop.services.asked} == {"ana@northwind.example"}


def test_home_comes_before_its_workflows_are_surveyed_and_once_more_with_them(
    desktop: Desktop, slack: FakeSlack
) -> None:
    desktop.services.reply = figure
    desktop.services.shown_board = Board(stages=(("manual", 3),))
    desktop.services.surveyed = False

    desktop.send(opened("home"))

    first, last = (words(call.data["view"]) for call in slack.called("views.publish"))
    assert "Platform at a glance" in first
    assert "I am looking at them" in first
    assert "3 by hand" in last


def test_the_prompts_are_about_the_visitors_team_and_the_tool_it_uses_most(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.reply = figure

    desktop.send(opened("messages"))

    asked = [prompt["message"] for prompt in slack.prompts["D-UANA"]["prompts"]]
    assert len(asked) == 4
    assert "weekly tokens per employee of Platform, last 12 weeks" in asked
    assert "adoption rate of fast by team last month" in asked


def test_where_the_team_is_too_small_the_organisation_stands_there(desktop: Desktop, slack: FakeSlack) -> None:
    def small(request: AskRequest) -> Answer:
        return Answer(status=Status.DENIED, text="small") if "my team" in request.text else figure(request)

    desktop.services.reply = small
    desktop.send(opened("home"))

    shown = words(slack.homes["UANA"])
    assert "Whole organisation at a glance" in shown
    assert "too small" in shown
    assert all("Platform" not in button["value"] for button in buttons(slack.homes["UANA"]))


def test_who_is_not_on_the_roster_is_told_so_and_gets_no_figure(desktop: Desktop, slack: FakeSlack) -> None:
    def unknown(request: AskRequest) -> Answer:
        raise UserError("You are not on the roster of <Northwind>.")

    desktop.services.reply = unknown
    desktop.send(opened("home"))
    desktop.send(opened("messages"))

    assert "not on the roster of &lt;Northwind&gt;" in words(slack.homes["UANA"])
    assert not buttons(slack.homes["UANA"])
    assert not slack.prompts


@pytest.mark.parametrize("user", ["UCY", "UEVE"])
def test_who_has_no_proven_address_is_asked_nothing_about(desktop: Desktop, slack: FakeSlack, user: str) -> None:
    desktop.send(opened("home", user))

    assert "I cannot tell who you are" in words(slack.homes[user])
    assert not desktop.services.asked


def test_a_question_pressed_on_home_is_answered_in_the_conversation(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.reply = figure
    desktop.send(opened("home"))
    pressed = press("tokens per employee by team last month")
    pressed["actions"][0]["action_id"] = "home:3"
    pressed["container"] = {"type": "view", "view_id": slack.homes["UANA"]["id"]}

    desktop.send(pressed)

    assert [message["channel"] for message in slack.posted()] == ["D-UANA"]
    assert "Answered in *Messages*: tokens per employee by team last month" in words(slack.homes["UANA"])


def test_a_slack_that_refuses_the_view_is_a_line_in_the_log_alone(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.reply = figure
    slack.refused_methods["views.publish"] = "not_enabled"

    assert desktop.send(opened("home")).status_code == 200
    assert not slack.messages


def test_a_link_pressed_on_home_is_made_in_the_name_of_who_pressed_it(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.reply = figure
    found = Unmatched("u-17", 1, 1, date(2026, 10, 3), date(2026, 10, 9))
    desktop.services.unmatched = (Stranger(found, ("bo@northwind.example",)),)
    desktop.send(opened("home"))
    (shown,) = [button for button in buttons(slack.homes["UANA"]) if button["action_id"] == "link:0:0"]
    pressed = press(shown["value"])
    pressed["actions"][0]["action_id"] = shown["action_id"]

    desktop.send(pressed)

    assert desktop.services.links == [(1, "ana@northwind.example", "u-17", "bo@northwind.example")]
    assert "u-17 is bo@northwind.example now." in words(slack.homes["UANA"])


def test_a_link_that_is_refused_says_why(desktop: Desktop, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> str:
        raise UserError("Only an admin may say who somebody is.")

    desktop.services.reply = figure
    monkeypatch.setattr(desktop.services, "link", refuse)
    pressed = press('["u-17", "bo@northwind.example"]')
    pressed["actions"][0]["action_id"] = "link:0:0"

    desktop.send(pressed)

    assert "Only an admin may say who somebody is." in words(slack.homes["UANA"])


def test_figures_are_asked_again_only_after_something_has_changed(slack: FakeSlack) -> None:
    services = FakeServices(figure)
    tools, pool = replace(tools_of(slack), services=services), ThreadPoolExecutor(1)
    replies = HomeReplies(tools, Conversations(tools, pool), pool)
    visit = Visit("T1", "", "UANA", "", "home", False)

    def asked_when(user: str, revision: int) -> int:
        before = len(services.asked)
        services.shown_board = Board(state=(revision, date(2026, 11, 18)))
        replies.show(replace(visit, user=user), "xoxb-1")
        assert "▲ up 40.0% from 5" in words(slack.homes[user])
        return len(services.asked) - before

    first = asked_when("UANA", 1)
    assert (asked_when("UANA", 1), asked_when("UBO", 1), asked_when("UANA", 2)) == (0, first, first)
    pool.shutdown()
