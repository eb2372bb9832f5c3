"""The rules engine: reads a message in plain words as typed queries, or says why it cannot."""

from __future__ import annotations

from bot.questions.grammar.followups import read_in_thread
from bot.questions.grammar.parts import questions_of
from bot.questions.grammar.reader import read_question
from bot.questions.reading import Reading, Understood, World


def read(text: str, world: World, context: Understood | None = None) -> tuple[Reading, ...]:
    """The readings of one message, several where it holds several questions."""
    readings: list[Reading] = []
    before = context
    for part in questions_of(text, world):
        reading = read_in_thread(part, world, before) if before is not None else read_question(part, world)
        readings.append(reading)
        before = reading if isinstance(reading, Understood) else before
    return tuple(readings)
