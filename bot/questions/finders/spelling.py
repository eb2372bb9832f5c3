"""Words near to known words: plurals, and one or two letters off."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.questions.finders.english import is_english

SHORTEST = 4  # letters; nearer names are too easily hit by chance
_ACCEPT, _MARGIN, _SUGGEST = 80.0, 6.0, 66.0


def plural(word: str) -> str:
    """The plural of an English noun, as far as names need it."""
    if word.endswith("sis"):
        return f"{word[:-2]}es"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return f"{word}es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}s"


def singular(word: str) -> str:
    """The singular, where the word looks like a plural."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def corrected(word: str, known: Collection[str], strong: Collection[str] = ()) -> str | None:
    """The one known word this is a slip of, else None: clearly the nearest, and at most two letters off.

    Between equals one of the `strong` words is meant.
    """
    if len(word) < SHORTEST or is_english(word) or is_english(singular(word)):
        return None
    known = [target for target in known if target[0] == word[0] or target[:2] == word[1::-1]]  # seldom the first letter
    close = process.extract(word, known, scorer=fuzz.ratio, limit=3, score_cutoff=_ACCEPT - _MARGIN)
    scores = {target: max(fuzz.ratio(word, target), _swapped(word, target)) for target, _, _ in close}
    order = sorted(scores, key=lambda target: -scores[target])
    if not order or scores[order[0]] < _ACCEPT or OSA.distance(word, order[0]) > (1 if len(word) < 6 else 2):
        return None
    near_by = [target for target in order if scores[target] > scores[order[0]] - _MARGIN]
    best = [target for target in near_by if target in strong] or near_by
    if len({singular(target) for target in best}) > 1 or len(best[0]) < SHORTEST:
        return None
    return best[0]


def _swapped(word: str, target: str) -> float:
    # Two letters in the wrong order are one slip, which plain ratio counts as two.
    return 100.0 * (1 - OSA.distance(word, target) / max(len(word), len(target)))


def near(text: str, names: Collection[str], limit: int = 3) -> list[str]:
    """Names to offer for one that is unknown, the nearest first."""
    folded = {name.casefold(): name for name in names}
    found = process.extract(text.casefold(), list(folded), scorer=fuzz.WRatio, limit=limit, score_cutoff=_SUGGEST + 6)
    good = [name for name, _, _ in found if _alike(text.casefold(), name) or _shares_word(text, name)]
    return [folded[name] for name in good]


def _alike(text: str, name: str) -> bool:
    """Whole names near each other; a short name inside a long one is not near it."""
    short, long = sorted((len(text), len(name)))
    return fuzz.ratio(text, name) >= _SUGGEST and 2 * OSA.distance(text, name) <= long and 5 * short >= 3 * long


def _shares_word(text: str, name: str) -> bool:
    ours, theirs = text.casefold().split(), name.replace("-", " ").replace("_", " ").split()
    return any(
        fuzz.ratio(a, b) >= _ACCEPT and (a[0] == b[0] or len(a) == len(b))
        for a in ours
        for b in theirs
        if len(a) >= SHORTEST and b
    )
