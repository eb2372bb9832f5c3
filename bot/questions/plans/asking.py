"""Whether a message asks about what is to come or was planned; taken before the reader, which knows the past alone."""

from __future__ import annotations

from bot.questions.plans.predictions import Read, predicted
from bot.questions.reading import Reading, Understood, World


def planned(text: str, world: World, before: Understood | None, read: Read) -> tuple[Reading, ...]:
    """The reading of such a message; empty for any other."""
    return predicted(text, world, read)
