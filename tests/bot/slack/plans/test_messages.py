"""Watches and budgets as messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.preview.checks.blocks import problems
from bot.slack.blocks.parts import as_json
from bot.slack.plans.messages import (
    END,
    NONE_YET,
    SET,
    SET_TARGET,
    budget_form,
    budgets_message,
    fired_message,
    target_form,
    targets_message,
    watches_message,
)
from storage.keep.plans import BudgetSet, TargetSet
from storage.keep.watches import RANGE, Watched

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
WATCH = Watched(id=7, workspace_id=1, email="a@x", key="k", kind=RANGE, query={}, level=None, title="R&D", since=NOON)
SET_ONCE = BudgetSet(
    scope="team", name="Core", month=date(2026, 11, 1), amount=5.0, currency="USD", set_by="ada@x", set_at=NOON
)


def test_every_watch_has_the_press_that_ends_it() -> None:
    listed, fired = (
        str(as_json(message.rich)) for message in (watches_message([WATCH]), fired_message(WATCH, "It changed."))
    )

    assert watches_message([]).text == NONE_YET
    assert "R&amp;D" in listed
    assert all(END in blocks and "'value': '7'" in blocks for blocks in (listed, fired))


def test_a_list_of_many_watches_is_one_message_that_slack_takes() -> None:
    listed = as_json(watches_message([replace(WATCH, id=number) for number in range(1, 30)]).rich)

    assert problems(listed) == []
    assert "…and 9 more" in str(listed)


def test_history_and_form_are_for_admins() -> None:
    others = str(as_json(budgets_message("62% used", False, [SET_ONCE]).rich))
    admins = str(as_json(budgets_message("62% used", True, [SET_ONCE]).rich))

    assert SET not in others
    assert "ada@x" not in others
    assert SET in admins
    assert "ada@x: Core, November 2026, $5.00" in admins
    assert {block.block_id for block in budget_form("2026-11", "EUR", "{}").blocks or []} == {
        "scope",
        "name",
        "month",
        "amount",
    }


def test_targets_have_their_history_and_form_for_admins_alone() -> None:
    entry = TargetSet(
        scope="team", name="R&D", metric="adoption_rate", value=0.8, by=date(2026, 12, 31), set_by="ada@x", set_at=NOON
    )

    others, admins = (str(as_json(targets_message("62%", admin, [entry]).rich)) for admin in (False, True))

    assert SET_TARGET not in others
    assert "ada@x" not in others
    assert SET_TARGET in admins
    assert "18 Nov 2026, 12:00 UTC, ada@x: R&amp;D, adoption rate by 31 December 2026, 80.0%" in admins
    form = target_form("2026-12", "{}").blocks or []
    assert [block.block_id for block in form] == ["scope", "name", "metric", "value", "by"]
