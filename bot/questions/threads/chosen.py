"""A typed answer to a question asked back: which of the options offered it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.questions.answers.answer import Option
from bot.questions.finders.spelling import singular
from bot.questions.periods.words import word_set
from bot.questions.tokens import tokenise

MOST_WORDS = 8
_LOOSE = word_set(
    """
    the a an one ones i mean meant of it is was that s yes yeah please sorry and in for by as per no not oh ah
    just rather then let us go with take make both person team tool model workflow location title provider
    """
)


def offered(options: Iterable[Option]) -> list[list[str]]:
    """Options as they are kept with a thread: label and question."""
    return [[option.label, option.ask] for option in options]


def chosen(text: str, kept: Mapping[str, Any] | None) -> str | None:
    """The question of the one option whose label holds every word of a short reply; None where none or several do."""
    said = {singular(word) for word in _words(text)} - _LOOSE
    options = kept.get("offered") if kept else None
    if not said or not isinstance(options, list) or len(said) > MOST_WORDS:
        return None
    fits = [ask for label, ask in options if said <= {singular(word) for word in _words(label)} | _LOOSE]
    return fits[0] if len(fits) == 1 else None


def _words(text: str) -> list[str]:
    return [
        word for token in tokenise(text).tokens for word in token.text.replace("_", "-").split("-") if word.isalnum()
    ]
