"""All that reads more than the reader does, each step over the one before it."""

from __future__ import annotations

from collections.abc import Callable

from bot.questions.growth import with_growth
from bot.questions.money import in_currency
from bot.questions.reading import Read
from bot.questions.rewording import in_other_words
from bot.questions.several import with_several_figures
from bot.questions.unsaid import with_the_unsaid
from bot.questions.workflow_items import with_items_named

STEPS: tuple[Callable[[Read], Read], ...] = (
    in_other_words,
    in_currency,
    with_the_unsaid,
    with_growth,
    with_items_named,
    with_several_figures,
)


def widened(read: Read) -> Read:
    """The reader with every step around it."""
    for step in STEPS:
        read = step(read)
    return read
