"""Several questions in one message: where one ends and the next begins."""

from __future__ import annotations

import re

from bot.questions.grammar.sentence import Sentence
from bot.questions.grammar.tagging import tag
from bot.questions.periods import Calendar
from bot.questions.reading import World

MOST = 6
_BOUNDARY = re.compile(
    (
        r"(?<=[?!;])\s++|(?<=\w\w)\.\s++(?=[A-Z])|(?<!\s)\s*\n\s*+|(?:,|(?<!\s))\s++(?:and|&)(?: also| then)?\s++"
        r"(?=(?:how (?:much|many)|what|which|who|whats|what's|is|are|did)\b)|,\s*+(?:and )?also\s++(?=\w)"
    ),
    re.IGNORECASE,
)
_LEAD = re.compile(
    (
        r"^(?:and |also |then |so |ok |please |, )*+(?:how|what|whats|what's|which|who|whose|show|give|list|is|are|"
        r"was|were|did|does|do|has|have|tell|compare|rank|can|could)\b"
    ),
    re.IGNORECASE,
)


def questions_of(text: str, world: World) -> list[str]:
    """The questions of a message in order; the whole message where it is one."""
    pieces = [piece.strip() for piece in _BOUNDARY.split(text) if piece and piece.strip()]
    if len(pieces) < 2:
        return [text]
    calendar = Calendar(world.as_of, world.directory.first_day, world.fiscal_start)
    out: list[str] = []
    held: set[str] = set()
    for piece in pieces[: 2 * MOST]:
        sentence = tag(piece, world, calendar).sentence
        metrics = _metrics(sentence)
        own = (
            bool(metrics)
            and (_LEAD.match(piece) is not None or _whole(sentence))
            and bool(metrics - held or _names(sentence))
        )
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


def _metrics(sentence: Sentence) -> set[str]:
    counted = sentence.has(r"(?:how many|number of) (?:[^ ]+ ){0,3}?(?:<H>|<E=kind|title|workflow>)")
    return {one.name for one in sentence.tags("M")} | ({"a count"} if counted else set())


def _names(sentence: Sentence) -> bool:
    return bool(sentence.tags("E") or sentence.tags("D"))


def _whole(sentence: Sentence) -> bool:
    return bool(sentence.tags("M")) and _names(sentence)
