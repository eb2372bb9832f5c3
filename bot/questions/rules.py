"""The rules engine: reads a message in plain words as typed queries, or says why it cannot."""

from __future__ import annotations

from dataclasses import replace

from bot.questions.answers.answer import Option
from bot.questions.grammar.followups import read_in_thread
from bot.questions.grammar.parts import questions_of
from bot.questions.grammar.reader import read_question
from bot.questions.reading import Impossible, Reading, Unclear, Understood, World


def _with_readable_options(reading: Reading, world: World, before: Understood | None) -> Reading:
    """Only options that, asked in the same thread, are understood."""
    if not isinstance(reading, Unclear | Impossible) or not reading.options:
        return reading
    return replace(reading, options=tuple(option for option in reading.options if _understood(option, world, before)))


def _understood(option: Option, world: World, before: Understood | None) -> bool:
    again = read_in_thread(option.ask, world, before) if before is not None else read_question(option.ask, world)
    return isinstance(again, Understood)


def read(text: str, world: World, context: Understood | None = None) -> tuple[Reading, ...]:
    """The readings of one message, several where it holds several questions."""
    readings: list[Reading] = []
    before = context
    for part in questions_of(text, world):
        reading = read_in_thread(part, world, before) if before is not None else read_question(part, world)
        if isinstance(reading, Understood) and before is not None:
            reading = replace(reading, former=before.query)
        readings.append(_with_readable_options(reading, world, before))
        before = reading if isinstance(reading, Understood) else before
    return tuple(readings)
