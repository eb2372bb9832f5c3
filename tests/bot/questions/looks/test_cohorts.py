"""Cohorts and weeks since the last use as answers."""

from __future__ import annotations

from bot.questions.answers.answer import Status
from bot.questions.looks.cohorts import JOINED
from tests.bot.questions.plans.conftest import Asked


def test_the_cohorts_add_up_to_everybody_with_any_use(ask: Asked) -> None:
    found = ask("people by month of first use")

    assert found.status is Status.ANSWERED
    people = sum(int(row.values["people"] or 0) for row in found.rows)
    assert people == ask("active people all time").rows[0].values["active_people"]
    active = sum(int(row.values["still_active"] or 0) for row in found.rows)
    assert active == ask("active people in the last 28 days").rows[0].values["active_people"]
    assert f"{people:,} people" in found.text


def test_others_than_the_operator_see_groups(ask: Asked) -> None:
    found = ask("weeks since the last use", "oluwaseun.castillo@larkspur.example")

    assert JOINED in found.caveats
    assert all(int(row.values["people"] or 0) >= 5 for row in found.rows)
