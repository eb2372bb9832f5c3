"""A workspace's own words for figures, put into those of the lexicon before anything reads the question."""

from __future__ import annotations

import re

from bot.questions.finders.names import fold
from bot.questions.lexicon.tables import entries, entry
from storage.names import Directory

_KEY = "own words for figures"


def in_lexicon_words(text: str, directory: Directory) -> str:
    """The text with each alias of a metric as the metric's first phrase."""
    held = directory.cache.get(_KEY)
    if held is None:
        held = directory.cache[_KEY] = _aliases(directory)
    pattern, meant = held
    if pattern is None:
        return text
    return str(pattern.sub(lambda found: meant[fold(found[0])], text))


def _aliases(directory: Directory) -> tuple[re.Pattern[str] | None, dict[tuple[str, ...], str]]:
    named = {fold(phrase): entry.name for entry in entries("metrics") for phrase in (*entry.words, entry.name)}
    meant = {
        fold(alias): entry("metrics", named[fold(name)]).words[0]
        for kind, name, alias in directory.aliases
        if kind == "metric" and fold(name) in named and fold(alias)
    }
    if not meant:
        return None, meant
    longest = sorted(meant, key=lambda words: -len(words))
    phrases = "|".join(r"[\s_-]+".join(map(re.escape, words)) for words in longest)
    return re.compile(rf"(?<!\w)(?:{phrases})(?!\w)", re.IGNORECASE), meant
