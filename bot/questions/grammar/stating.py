"""What makes a stretch of a message a statement, an occasion or manners, and no condition on the figure asked."""

from __future__ import annotations

from collections.abc import Sequence

from bot.questions.grammar.patterns import compiled
from bot.questions.grammar.sentence import Item
from bot.questions.grammar.vocabulary import CONTEXT
from bot.questions.grammar.wordlists import words

PERSONS = words("i me my we us our they he she him her somebody someone everybody everyone")
# What makes a stretch a statement rather than a condition on the figure, such as "at night" or "no embeddings".
_STATING = (
    r"(?:[^ ]+ ){1,8}?(?:is|are|was|were|has|have|had|will|would|came|went|feels?|looks?|seems?|keeps?|insists?|"
    r"wonders?|"
    r"asked|asks?|wants?|needs?|thinks?|believes?|says?|claims?|hinges|depends|do|does|did) (?!(?:out|off|in|gone|"
    r"up|down)(?: |$))[^ ]+"
)
_OCCASIONS = words("for before ahead to as after with preparing writing planning following given because since")


_MANNERED = words("apologies pardon sorry thanks thank excuse forgive")


def states(inside: Sequence[Item], plain: Sequence[str]) -> bool:
    """Whether somebody speaks, something is stated, or an occasion is named."""
    if (PERSONS | {"you", "your"}) & set(plain):
        return True
    if inside[0].word in _OCCASIONS and any(word in CONTEXT for word in plain):
        return True
    if plain[:1] and plain[0] in _MANNERED and plain[1:2] != ["to"] and not any(one.tag for one in inside):
        return True
    if " ".join(plain) in ("nothing more", "nothing urgent", "next"):
        return True
    return compiled(_STATING).match(" ".join(one.text for one in inside)) is not None
