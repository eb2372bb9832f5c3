"""A message in a thread: a new question, or a change to the one before."""

from __future__ import annotations

from bot.questions.grammar.reader import read_question
from bot.questions.reading import Reading, Understood, World


def read_in_thread(text: str, world: World, before: Understood) -> Reading:
    """The reading of a message that has a question before it."""
    return read_question(text, world)
