"""What is plain in a message is not left to the network."""

from __future__ import annotations

import pytest

from bot.questions.read import read
from bot.questions.reading import Understood
from storage.query import Filter
from tests.bot.questions.finders.bureau import world


@pytest.mark.parametrize("mode", ["human", "assisted", "agent"])
def test_a_mode_called_so_is_that_mode(mode: str) -> None:
    (reading,) = read(f"human minutes in mode {mode} in October", world())

    assert isinstance(reading, Understood)
    assert Filter("mode", (mode,)) in reading.query.filters


@pytest.mark.parametrize("metric", ["requests", "cost", "tokens", "adoption", "headcount"])
def test_a_question_that_names_recorded_days_is_not_refused_for_its_days(metric: str) -> None:
    (reading,) = read(f"{metric} in October 2026", world())

    assert isinstance(reading, Understood)
    assert str(reading.query.period.start) == "2026-10-01"
