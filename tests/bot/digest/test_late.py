"""Digests posted before all data were there: which they are, and what they say otherwise later."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.digest.late import differences, is_open, said_before, stage
from bot.digest.value import Breadth, Digest, DigestState, Mover
from bot.digest.week import parse_week
from bot.statistics.weekly import Usual
from storage.keep import outbox
from storage.keep.digests import MADE, Issued

WEEK = parse_week("2026-W46")
USUAL = Usual(mean=1.0, moving_range=0.1, weeks=12)


def past(state: str = "incomplete", message_state: str = outbox.SENT, **value: Any) -> Issued:
    return Issued(
        id=1,
        week=str(WEEK),
        outcome=MADE,
        figures={"tokens_per_employee": value.pop("told", None)},
        message_state=message_state,
        value={"state": state, **value},
    )


def now(**more: Any) -> Digest:
    plain = Digest(
        week=WEEK,
        team=None,
        state=DigestState.NORMAL,
        value=1.92e6,
        usual=USUAL,
        weeks=12,
        confidence="high",
        coverage=1.0,
    )
    return replace(plain, **more)


def mover(team: str) -> Mover:
    return Mover(
        metric="tokens_per_employee",
        labels={"team": team},
        value=9.0,
        usual=USUAL,
        level_p=0.001,
        breadth_p=None,
        verdict=Breadth.TEAM_WIDE,
    )


@pytest.mark.parametrize(
    ("issued", "open_"),
    [
        (past(), True),
        (past(state="normal", provisional=True), True),
        (past(state="normal"), False),
        (past(message_state=outbox.WAITING), False),
        (past(left=True), False),
    ],
)
def test_open_is_what_was_sent_unfinished_and_not_left_as_it_is(issued: Issued, open_: bool) -> None:
    assert is_open(issued) is open_


def test_one_without_all_data_becomes_complete_and_a_provisional_one_final() -> None:
    assert stage(past()) == "complete"
    assert stage(past(state="normal", provisional=True)) == "final"


def test_what_was_said_beside_the_week_is_said_again() -> None:
    corrections = [{"week": "2026-W44", "metric": "tokens_per_employee", "old": 1.7e6, "new": 1.9e6}]

    assert said_before(past(notes=["Late."], corrections=corrections)) == [
        "Late.",
        "Correction to W44: tokens per employee 1.70M → 1.90M.",
    ]


def test_the_statements_that_are_others_now_are_named() -> None:
    before = past(told=1.71e6, movers=[{"metric": "tokens_per_employee", "labels": {"team": "Care"}}])

    assert differences(before, now(movers=(mover("Build"),))) == [
        "data incomplete → a normal week",
        "tokens per employee 1.71M → 1.92M",
        "changed: tokens per employee of Build",
        "no change after all: tokens per employee of Care",
    ]


def test_a_figure_within_two_percent_is_no_other_one_and_a_withheld_one_is() -> None:
    same = past(state="normal", provisional=True, told=1.9e6)

    assert differences(same, now()) == []
    assert differences(past(state="normal"), now()) == ["tokens per employee withheld → 1.92M"]
