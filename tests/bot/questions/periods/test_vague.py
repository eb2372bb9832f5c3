"""Times that no calendar knows are asked back, never guessed."""

from __future__ import annotations

import pytest

from bot.questions.periods.phrase import Doubt
from tests.bot.questions.periods.phrases import atom, phrase, said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("last sprint", "the calendar does not say"),
        ("sprint 12", "the calendar does not say"),
        ("over the summer", "the calendar does not say"),
        ("since christmas", "the calendar does not say"),
        ("since the reorg", "the calendar does not say"),
        ("before the new launch", "the calendar does not say"),
        ("last half year", "a half of the calendar year or six months"),
        ("last few weeks", "how many is not said"),
        ("several months ago", "how many is not said"),
        ("last 2.5 weeks", "only whole days"),
        ("last 24 hours", "only whole days are recorded"),
        ("tonight", "only whole days are recorded"),
        ("last 5 working days", "working days are not told"),
        ("early october", "no exact days"),
        ("late last week", "no exact days"),
    ],
)
def test_each_says_what_is_not_known(text: str, why: str) -> None:
    found = atom(text)

    assert isinstance(found, Doubt)
    assert why in found.reason


def test_hours_are_offered_as_the_days_that_hold_them() -> None:
    found = atom("yesterday evening")

    assert isinstance(found, Doubt)
    assert [said(option) for option in found.options] == ["2026-11-17..2026-11-17", "2026-11-18..2026-11-18"]


@pytest.mark.parametrize("text", ["recently", "lately", "these days", "of late"])
def test_lately_is_as_if_nothing_were_said(text: str) -> None:
    assert said(phrase(text)) == "2026-10-21..2026-11-17"
    assert phrase(text).kind == "vague"


@pytest.mark.parametrize("text", ["last week", "christmas tree", "spring in", "october", "the launch"])
def test_other_words_are_not_vague(text: str) -> None:
    found = atom(text)

    assert not (isinstance(found, Doubt) and found.reason)
