"""The one action of a digest, and what readers answer to it."""

from __future__ import annotations

from bot.digest.actions import ActionChoice, NoAdvice, WeekAdvice
from bot.digest.week import parse_week
from bot.slack.digest.blocks import CHOICES
from storage.answer.privacy import OPERATOR


def test_every_button_says_a_choice() -> None:
    assert {choice.value for choice in ActionChoice} == CHOICES.keys()


def test_where_nobody_advises_there_is_no_action_and_nothing_was_tried() -> None:
    assert NoAdvice().advise(parse_week("2026-W46"), None, OPERATOR) == WeekAdvice(action=None, ended=())
