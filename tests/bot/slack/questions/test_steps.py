"""Buttons under an answer: the thread for who asked, a private answer for anybody else, a file in a direct message."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.questions.answers.answer import Audience, Row, Shape
from bot.questions.answers.following import Following
from tests.bot.conftest import Desktop
from tests.fakes.services import seven
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import mention, press


def step(which: str, number: str = "5", user: str = "UANA") -> dict[str, Any]:
    pressed = press(number, user=user)
    pressed["actions"][0]["action_id"] = f"step:{which}"
    return pressed


def test_who_asked_gets_the_step_in_the_thread(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.askers[5] = "ana@northwind.example"

    desktop.send(step("trend"))

    ((request, number, following),) = desktop.services.followed
    assert (number, following, request.audience) == (5, Following.TREND, Audience.MEMBERS)
    assert [posted["thread_ts"] for posted in slack.posted("C1")] == ["100.1"]


def test_somebody_else_is_answered_as_themselves_and_alone(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.askers[5] = "ana@northwind.example"

    desktop.send(step("compare", user="UBO"))

    ((request, _, _),) = desktop.services.followed
    assert (request.asker_email, request.audience) == ("bo@northwind.example", Audience.PRIVATE)
    assert not slack.posted("C1")
    assert [message["text"] for message in slack.whispered("UBO")] == ["It is 7."]


def test_an_export_is_made_for_who_presses_and_goes_to_them_alone(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.askers[5] = "ana@northwind.example"
    desktop.services.reply = lambda request: replace(seven(request), title="tokens")

    desktop.send(step("csv"))

    ((request, _, following),) = desktop.services.followed
    assert (following, request.audience) == (Following.SAME, Audience.PRIVATE)
    (shared,) = slack.called("files.completeUploadExternal")
    assert shared.data["channel_id"] == "D-UANA"
    assert not slack.posted("C1")


def test_a_step_that_is_not_ours_is_nobodys(desktop: Desktop) -> None:
    assert desktop.send(step("everything")).status_code == 404
    assert not desktop.services.followed


def test_next_rows_are_asked_anew_for_who_presses_and_begin_where_the_table_ended(
    desktop: Desktop, slack: FakeSlack
) -> None:
    query = {"metrics": ["tokens"], "period": {"start": "2026-10-01", "end": "2026-10-31"}, "group_by": ["person"]}
    rows = tuple(Row(labels={"person": f"p{at}"}, values={"tokens": at}) for at in range(140))
    desktop.services.reply = lambda request: replace(
        seven(request), number=5, query=query, shape=Shape.LIST, rows=rows, title="tokens, by person"
    )
    desktop.send(mention("tokens by person"))
    (button,) = [
        element
        for block in slack.posted("C1")[-1]["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
        if element["action_id"] == "step:rows"
    ]
    assert button["value"] == "5:99"

    desktop.send(step("rows", button["value"], user="UBO"))

    ((request, number, following),) = desktop.services.followed
    assert (request.asker_email, number, following) == ("bo@northwind.example", 5, Following.SAME)
    (told,) = slack.whispered("UBO")
    assert told["text"].startswith("From row 100 of 140 on.")
    (table,) = [block for block in told["blocks"] if block["type"] == "table"]
    assert [row[0]["text"] for row in table["rows"][1:]] == [f"p{at}" for at in range(99, 140)]
    assert "step:rows" not in str(told["blocks"])


def test_watch_this_is_for_who_presses_alone(desktop: Desktop, slack: FakeSlack) -> None:
    desktop.services.askers[5] = "ana@northwind.example"

    desktop.send(step("watch"))

    assert [following for _, _, following in desktop.services.followed] == [Following.WATCH]
    assert not slack.posted("C1")
    assert slack.whispered("UANA")
