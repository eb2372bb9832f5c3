"""A condition that nothing records is never claimed away, whatever a model calls it."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from itertools import groupby

import pytest

from bot.questions.answers.answer import Status
from bot.questions.llm.breaker import Breaker
from bot.questions.llm.failure import ModelFailure
from bot.questions.llm.linking import Linked, link
from bot.questions.llm.plan import PlanInputs, readings_of
from bot.questions.llm.wire import ToolCall
from bot.questions.periods import Calendar
from bot.questions.reading import Understood
from bot.questions.reading import World as Known
from storage.names import read_directory
from tests.bot.questions.llm.calls import query
from tests.bot.questions.llm.conditions import CONDITIONS, QUESTIONS, ways
from tests.bot.questions.llm.conftest import Setup
from tests.bot.questions.llm.world import AS_OF, Store
from tests.fakes.openai_api import Data, chat
from tests.sampling import sampled, size, some

SEED = 12


@pytest.fixture(scope="module")
def known(world: Store) -> Known:
    with world.reading.connect() as connection:
        return Known(directory=read_directory(connection, world.workspace), as_of=AS_OF)


def is_answered(calls: list[Data], linked: Linked, known: Known) -> bool:
    """Whether these calls would be answered."""
    made = [ToolCall(call["function"]["name"], call["function"]["arguments"]) for call in calls]
    calendar = Calendar(known.as_of, known.directory.first_day)
    try:
        readings = readings_of(made, PlanInputs(linked, known, calendar))
    except ModelFailure:
        return False
    return all(isinstance(reading, Understood) for reading in readings)


def tried(condition: str) -> Iterator[tuple[str, str, list[Data]]]:
    """Every question with the condition, and every way to claim it away."""
    for question in QUESTIONS:
        text = question.format(condition)
        yield from ((text, name, calls) for name, calls in ways(text, condition))


@sampled
@pytest.mark.parametrize("condition", some([*CONDITIONS], 7))
def test_no_way_to_claim_a_condition_away_is_answered(known: Known, condition: str) -> None:
    answered = []
    for text, ways_of_it in groupby(tried(condition), key=lambda way: way[0]):
        linked = link(text, known)
        answered += [(text, name) for _, name, calls in ways_of_it if is_answered(calls, linked, known)]

    assert answered == []


@sampled
def test_nor_is_it_through_a_model_server(world: Store, engine: Setup) -> None:
    dice = random.Random(SEED)
    every = [
        way for condition in some([*CONDITIONS], 14, start=1) for way in dice.sample([*tried(condition)], size(1, 3))
    ]
    playing: list[list[Data]] = [[]]
    reader = engine(lambda _: chat(*playing[0]), mode="openai", deadline=10.0)

    for text, name, calls in every:
        playing[0] = calls
        reader.client().breaker = Breaker(time.monotonic)  # each is the first
        answer = world.ask(reader.read, text, asker=None)
        assert answer.status is not Status.ANSWERED, (text, name, answer.title)
    assert len(engine.server.requests) > len(every) / 2


def test_without_its_condition_each_question_is_answered(known: Known) -> None:
    linked = link("tokens by team in February", known)

    assert is_answered([query("tokens", time="in February", group_by=["team"])], linked, known)


def test_there_are_forty_conditions_and_more() -> None:
    assert len(CONDITIONS) >= 40
