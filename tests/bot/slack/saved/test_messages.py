"""Saved questions as messages and forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.preview.checks.blocks import problems
from bot.slack.blocks.parts import as_json
from bot.slack.saved.messages import END, FAILED, NONE_YET, saved_message, schedule_form, when
from storage.keep.saved import FAILING, Scheduled

QUESTION = Scheduled(
    id=7,
    workspace_id=1,
    email="a@x",
    text="cost of R&D last month",
    slack_team="T1",
    owner="U1",
    channel="C1",
    weekday=1,
    minute=545,
    zone="Europe/Berlin",
    since=datetime(2026, 11, 21, tzinfo=UTC),
)


def test_ones_own_can_be_run_and_ended_and_anothers_only_ended() -> None:
    own, others = (str(as_json(saved_message([QUESTION], email).rich)) for email in ("a@x", "admin@x"))

    assert "cost of R&amp;D last month" in own
    assert "every Monday 9:05 (Europe/Berlin) in <#C1>" in own
    assert END in own
    assert END in others
    assert ("Run now" in own, "Run now" in others) == (True, False)
    assert ("set up by" in own, "set up by <@U1>" in others) == (False, True)
    assert FAILED in str(as_json(saved_message([replace(QUESTION, state=FAILING)], "a@x").rich))
    assert saved_message([], "a@x").text == NONE_YET


def test_a_list_of_many_is_one_message_that_slack_takes() -> None:
    many = [replace(QUESTION, id=number, state=FAILING) for number in range(1, 30)]

    assert problems(as_json(saved_message(many, "a@x").rich)) == []
    assert "…and 9 more" in str(as_json(saved_message(many, "a@x").rich))


def test_the_form_begins_with_the_question_and_the_channel_it_was_asked_in() -> None:
    asked, _, _, place = as_json(schedule_form("cost last month", "C1").blocks or [])
    assert asked["element"]["initial_value"] == "cost last month"
    assert place["element"]["initial_conversation"] == "C1"
    assert "initial_conversation" not in as_json(schedule_form("", "D1").blocks or [])[3]["element"]
    assert when(replace(QUESTION, minute=0)).startswith("every Monday 0:00")
