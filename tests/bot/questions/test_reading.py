"""What a question may be read as, and what a reading that says nothing more means."""

from __future__ import annotations

from datetime import date
from typing import get_args

from bot.questions.limits import NO_DEADLINE
from bot.questions.reading import Impossible, Intent, Missing, Reading, Refused, Told, Unclear, Understood, World
from storage.query import By, Query
from storage.records import Period
from tests.bot.questions.organisations import AS_OF, harbourline


def test_a_query_alone_asks_for_its_figures_by_their_value() -> None:
    reading = Understood(query=Query(metrics=("cost",), period=Period(date(2026, 10, 1), date(2026, 10, 31))))

    assert (reading.intent, reading.headline) == (Intent.FIGURES, By.VALUE)
    assert not reading.personal
    assert not reading.chart


def test_who_asks_is_the_operator_unless_somebody_is_named_and_time_is_not_short() -> None:
    world = World(directory=harbourline(), as_of=AS_OF)

    assert world.asker is None
    assert world.deadline is NO_DEADLINE


def test_a_question_is_read_as_a_query_or_as_one_of_five_reasons_why_not() -> None:
    assert set(get_args(Reading)) == {Understood, Unclear, Impossible, Missing, Refused, Told}
