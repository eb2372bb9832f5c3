"""Which recorded event a question names."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.looks.naming_events import event_of, named_event
from storage.errors import NoData
from storage.names import Directory

SPRING, AUTUMN = (date(2026, 3, 1), "Rollout", ""), (date(2026, 10, 1), "Rollout", "")
EVENTS = (SPRING, (date(2026, 9, 3), "Claude rollout", "Core"), AUTUMN)
DIRECTORY = Directory(1, 1, (), (), (), {}, None, None, events=EVENTS)


def test_the_longest_name_is_meant_and_of_one_name_the_newest() -> None:
    named = [named_event(text, DIRECTORY) for text in ("usage after the claude-rollout", "since the rollout", "x")]

    assert [found and found[0] for found in named] == [EVENTS[1], AUTUMN, None]
    assert event_of("Rollout", DIRECTORY) == EVENTS[2]
    with pytest.raises(NoData):
        event_of("Launch", DIRECTORY)
