"""Every content word of the question is one of the language here, else it is asked back by its name."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.questions.finders.english import is_english
from bot.questions.finders.spelling import singular
from bot.questions.guards.clauses import Clause
from bot.questions.guards.scene import Scene
from bot.questions.lexicon.tables import phrases
from bot.questions.lexicon.words import short_words, single_words, time_words, whole_words
from bot.questions.reading import Reading, Unclear

_PLAIN = re.compile(r"'\w*|\d+(?:st|nd|rd|th|k|m|bn|%)?|i\.e|e\.g|[qhw]\d+|\w{1,3}-?wise")
_SLIP = 0.74
_SLIPS_FROM = 5  # letters; a shorter word is near to some other one whatever it is
_STEM = 5
_ENDINGS = ("ing", "ed", "d", "s", "es", "ly", "er", "wise", "ish", "n't")


def unknown_words(scene: Scene) -> Reading | None:
    """Ask back where a word means nothing here."""
    stems = _stems(scene)
    unknown: list[str] = []
    for clause in scene.asked:
        scene.world.deadline.check()
        unknown += [raw for raw in strange(clause) if raw.lower()[:_STEM] not in stems]
    if unknown[:1] == _purpose(scene):
        unknown = unknown[1:]
    if not unknown:
        return None
    said = ", ".join(f"“{word}”" for word in dict.fromkeys(unknown[:4]))
    return Unclear(text=f"I did not understand {said} in that question, and will not guess.", steps=("guard: words",))


def _purpose(scene: Scene) -> list[str]:
    """The verb of "To allocate the bill, I need …"."""
    first = scene.clauses[0].parts[:2] if scene.clauses else ()
    return [first[1][1]] if len(scene.clauses) > 1 and len(first) > 1 and first[0][0] == "to" else []


def _stems(scene: Scene) -> set[str]:
    """How the words of the names that are used begin: "invoices matched" beside invoice matching."""
    values = (str(value) for mention in scene.marked.mentions if scene.is_used(mention) for value in mention.values)
    return {word[:_STEM] for value in values for word in value.lower().split() if len(word) >= _STEM}


def strange(clause: Clause) -> list[str]:
    """The words of a clause that are none of the language."""
    known = single_words("occasions") if clause.words[:1] and clause.words[0] in _LEADS_IN else frozenset()
    words = [part if isinstance(part, str) else _MASK for part, _ in clause.parts]
    covered = {at for file in _OF_FIGURES for _, start, end in phrases(file).all(words) for at in range(start, end)}
    return [
        raw
        for at, (part, raw) in enumerate(clause.parts)
        if isinstance(part, str) and at not in covered and part not in known and not is_known(part)
    ]


_OF_FIGURES = ("metrics", "dimensions", "values", "comparisons")
_MASK = "§"
_LEADS_IN = frozenset(("for", "before", "ahead", "as", "after", "given", "following", "hi", "hello", "hey", "dear"))


@cache
def _language() -> frozenset[str]:
    """Words that mean something by themselves, not only as a part of a phrase."""
    return whole_words(*_OF_FIGURES, "plain") | time_words() | frozenset(short_words())


@lru_cache(maxsize=8192)
def is_known(word: str) -> bool:
    """Whether a word is of the language, by itself, inflected, or as a slip of the pen."""
    if not any(map(str.isalpha, word)) or len(word) == 1 or _PLAIN.fullmatch(word):
        return True
    if word in _language() or singular(word) in _language():
        return True
    stems = {word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)}
    stems |= {f"{stem}e" for stem in stems} | {stem[:-1] for stem in stems if stem[-1:] == stem[-2:-1]}
    if any(len(stem) > 2 and stem in _language() for stem in stems):
        return True
    if len(word) < _SLIPS_FROM:
        return len(word) > 2 and _lacks_a_vowel(word)
    if is_english(word) or is_english(singular(word)):
        return False
    return process.extractOne(word, _long(), scorer=OSA.normalized_similarity, score_cutoff=_SLIP) is not None


def _lacks_a_vowel(word: str) -> bool:
    """ "mny" for "many", "wich" for "which": a short word is near to some other whatever it is, unless a vowel or an h
    inside was left out."""
    longer = (known for known in _long() if len(known) == len(word) + 1)
    return any(known[:at] + known[at + 1 :] == word for known in longer for at in _vowels(known))


def _vowels(word: str) -> list[int]:
    return [at for at in range(1, len(word) - 1) if word[at] in "aeiouh"]


@cache
def _long() -> list[str]:
    return sorted(word for word in _language() if len(word) > 3)
