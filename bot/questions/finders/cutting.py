"""Several questions in one message: where one ends and the next begins."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.questions.finders.context import is_statement
from bot.questions.finders.names import fold, gazetteer
from bot.questions.lexicon.tables import phrases
from bot.questions.lexicon.words import dimension_of
from bot.questions.limits import MAX_QUESTION
from bot.questions.reading import World
from bot.questions.tokens import tokenise

MOST = 6
_BOUNDARY = re.compile(
    r"(?<=[?!;])\s++|(?<=\w\w)\.\s++(?=[A-Z])|(?<!\s)\s*\n\s*+|(?:,|(?<!\s))\s++(?:and|&)(?: also| then)?\s++"
    r"(?=(?:how (?:much|many)|what|which|who|whats|what's|is|are|did)\b)|,\s*+(?:and )?also\s++(?=\w)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:(?:and|also|then|so|ok|please|,)\s+){0,4}(?:how|what|whats|what's|which|who|whose|show|give|list|is|are|was|"
    r"were|did|does|do|has|have|tell|compare|rank|can|could)\b",
    re.IGNORECASE,
)


def questions_of(text: str, world: World) -> list[str]:
    """The questions of a message in order; the whole message where it is one."""
    text = text[:MAX_QUESTION]
    pieces = [piece.strip() for piece in _BOUNDARY.split(text) if piece and piece.strip()]
    if len(pieces) < 2:
        return [text]
    out: list[str] = []
    held: set[str] = set()
    for piece in pieces[: 2 * MOST]:
        metrics, named = _asks(piece, world)
        if not out and not piece.endswith("?") and is_statement(piece):
            metrics = set()  # what is stated first asks nothing
        own = bool(metrics) and (_LEAD.match(piece) is not None or named) and bool(metrics - held or named)
        if out and held and own:
            out.append(piece)
            held = metrics
        elif out:
            out[-1] = f"{out[-1]} {piece}"
            held |= metrics
        else:
            out.append(piece)
            held = metrics
    return out[:MOST] if len(out) > 1 else [text]


def _asks(piece: str, world: World) -> tuple[set[str], bool]:
    """The metrics of a piece, and whether it names something."""
    words = [token.text for token in tokenise(piece).tokens]
    metrics = {name for name, _, _ in phrases("metrics").all(words)}
    if any(pair in (("how", "many"), ("number", "of")) for pair in pairwise(words)):
        metrics.add("a count")
    names = gazetteer(world.directory)
    return metrics, any(dimension_of(word) or names.find(fold(word)) for word in words)
