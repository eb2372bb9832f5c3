"""A message without a hint is not looked at closely."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.questions.looks import asking
from bot.questions.looks.hints import looked
from bot.questions.read import read
from bot.questions.reading import Reading, World
from storage.names import Directory

WORLD = World(directory=Directory(1, 1, (), (), (), {}, None, None), as_of=date(2026, 11, 18))


def test_a_hint_or_a_recorded_event_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def closely(text: str, *_: object) -> tuple[Reading, ...]:
        seen.append(text)
        return ()

    monkeypatch.setattr(asking, "looked", closely)
    noted = replace(WORLD, directory=replace(WORLD.directory, events=((date(2026, 9, 3), "Big day", ""),)))

    for text in ("tokens per employee by team last month", "cost by tool", "What would October have cost on Haiku"):
        looked(text, WORLD, None, read)
    looked("cost before and after the big day", noted, None, read)

    assert seen == ["What would October have cost on Haiku", "cost before and after the big day"]
