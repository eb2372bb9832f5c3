"""Several questions in one message: where one ends and the next begins."""

from __future__ import annotations

from bot.questions.reading import World


def questions_of(text: str, world: World) -> list[str]:
    """The questions of a message in order."""
    return [text]
