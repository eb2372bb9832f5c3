"""Whether a word is plain English, by how often people write it: such a word is no slip of the pen."""

from __future__ import annotations

from functools import cache, lru_cache
from threading import Lock

from spellchecker import SpellChecker

COMMON = 600  # times in the list's two billion words of subtitles; slips that many people make stay below


_LOADING = Lock()


@cache
def _counted() -> SpellChecker:
    return SpellChecker(language="en")


def load() -> None:
    """Read the list (some 150 ms) once, whoever comes first."""
    with _LOADING:
        _counted()


@lru_cache(maxsize=8192)
def is_english(word: str) -> bool:
    """Whether a lower-case word is one that people often write."""
    load()
    return int(_counted().word_frequency[word]) >= COMMON
