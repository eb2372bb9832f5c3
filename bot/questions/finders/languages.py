"""A message in another language than English, told by its function words."""

from __future__ import annotations

from functools import cache

from bot.questions.lexicon.tables import entries, entry
from bot.questions.lexicon.words import language_words, whole_words
from bot.questions.reading import Impossible
from bot.questions.tokens import tokenise

_FEWEST = 3


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(entry("languages", name).words)


def foreign(text: str) -> Impossible | None:
    """One clear line in the message's language, None for English."""
    words = [token.text for token in tokenise(text).tokens if token.text.isalpha()]
    raws = [token.raw.lower() for token in tokenise(text).tokens if token.text.isalpha()]
    english = sum(word in whole_words("plain", "metrics", "comparisons") for word in words)
    counts = {}
    for language in entries("languages"):
        held = [word for word in {*words, *raws} if word in _words(language.name)]
        own = [word for word in held if word not in language_words()]
        counts[language.name] = (len(own), len(held))
    name, (own_count, count) = max(counts.items(), key=lambda item: (item[1][1], item[1][0]))
    if own_count < 2 or count < _FEWEST or count <= english:
        return None
    return Impossible(text=entry("languages", name).text, steps=(f"language: {name}",))
