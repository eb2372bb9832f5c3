"""What words ask to list, "by department", "split by use case", "for each model", put as the weights know it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.questions.finders.marks import Mention
from bot.questions.lexicon.tables import entry, phrases
from storage.catalogue import DIMENSIONS

LISTS = frozenset(("by", "per", "each", "every"))
_OF_CODE_TOO = frozenset(("branch", "branches"))
_MASK = "§"


def listed(words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Each dimension that is asked for as a list, and where the words for it begin and end."""
    found = phrases("dimensions")
    for at in range(1, len(words)):
        named = found.at([*words], at) if words[at - 1] in LISTS and words[at] else None
        if named is None or named[0] not in DIMENSIONS:
            continue
        after = words[named[1]] if named[1] < len(words) else ""
        if words[at - 1] == "per" and after.isalpha() and after not in entry("plain", "function").words:
            continue  # "per tool call" is of calls
        yield named[0], at, named[1]


def in_plain_lists(parts: Sequence[str | Mention]) -> list[str | Mention]:
    """The parts with lists in the fewest words, as many parts as before: "split by use case" as "by workflow"."""
    out = list(parts)
    words = [part if isinstance(part, str) and part else _MASK for part in parts]
    for name, start, end in [*listed(words)]:
        if words[start] not in _OF_CODE_TOO:
            out[start:end] = [DIMENSIONS[name].label, *[""] * (end - start - 1)]
        first = _leading(words, start)
        if first < start:
            out[first:start] = ["by", *[""] * (start - first - 1)]
    return out


def _leading(words: Sequence[str], end: int) -> int:
    """Where words that say no more than "by" begin, before a place: "broken down by"."""
    leads = (tuple(said.split()) for said in entry("asked", "leads to a list").words)
    return next((end - len(lead) for lead in leads if tuple(words[max(0, end - len(lead)) : end]) == lead), end)
