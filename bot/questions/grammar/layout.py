"""Lays tags over tokens: the pieces already found, then times, numbers and the words of the language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.questions.grammar.gazetteer import Name
from bot.questions.grammar.lexicon import Lexeme, fold_words, lexicon, longest_phrase
from bot.questions.grammar.numbers import read_number
from bot.questions.grammar.sentence import STOPS, Item, Sentence
from bot.questions.grammar.vocabulary import SHORT
from bot.questions.grammar.wordlists import words
from bot.questions.periods import Calendar, CompareMatch, GrainMatch, PeriodMatch, PeriodProblem, Span, find, find_grain
from bot.questions.tokens import Token

_COUNTED = words(
    """
    top bottom than least most over under above below first last only fewer more max min best worst the
    """
)
_MASK = "§"
_STEPS = frozenset(("day", "week", "month", "quarter"))


@dataclass(slots=True)
class Tagged:
    """A sentence with its tags, and what was noticed on the way."""

    sentence: Sentence
    tokens: list[Token]
    listed: bool = False
    echoes: list[str] = field(default_factory=list)

    @property
    def periods(self) -> list[PeriodMatch]:
        """The periods asked for."""
        return [one.value for one in self.sentence.tags("T") if one.name == "period"]

    @property
    def comparisons(self) -> list[CompareMatch]:
        """What periods are compared."""
        return [one.value for one in self.sentence.tags("T") if one.name == "compare" and one.value]

    @property
    def problems(self) -> list[PeriodProblem]:
        """Time phrases nobody can read without more."""
        return [one.value for one in self.sentence.tags("T") if one.name == "problem"]

    @property
    def grains(self) -> list[GrainMatch]:
        """The grain phrases."""
        return [one.value for one in self.sentence.tags("G")]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of tokens that one tag will cover."""

    start: int
    end: int
    tag: str
    name: str
    value: Any = None
    used: bool = False


def times(out: Tagged, calendar: Calendar, pieces: Sequence[Piece]) -> list[Piece]:
    """Period, comparison and grain phrases; a name is no part of one ("month-end close")."""
    words = [one.text for one in out.tokens]
    for at in range(1, len(words) - 1):
        if words[at] == "/" and words[at + 1] in _STEPS and words[at - 1].isalpha():
            words[at] = "per"  # "cost/day"
    for piece in pieces:
        words[piece.start : piece.end] = [_MASK] * (piece.end - piece.start)
    found = find(words, calendar)
    out.listed = found.listed
    laid = [Piece(one.span.start, one.span.end, "T", "period", one) for one in found.periods]
    for compared in found.comparisons:
        for at, span in enumerate(compared.spans):
            laid.append(Piece(span.start, span.end, "T", "compare", None if at else compared))
    laid += [Piece(one.span.start, one.span.end, "T", "problem", one) for one in found.problems]
    laid += [Piece(span.start, span.end, "T", "absorbed", None, used=True) for span in found.absorbed]
    laid = _apart(laid)
    for grain in find_grain(words):
        if not any(_overlap(grain.span, piece) for piece in laid):
            laid.append(Piece(grain.span.start, grain.span.end, "G", grain.kind, grain))
    return laid


def _apart(pieces: list[Piece]) -> list[Piece]:
    """Pieces that do not overlap; a comparison's words give way to the period they hold."""
    out: list[Piece] = []
    for piece in sorted(pieces, key=lambda one: (one.start, one.end, one.name != "compare" or one.value is None)):
        start = max(piece.start, out[-1].end) if out else piece.start
        if start < piece.end:
            out.append(Piece(start, piece.end, piece.tag, piece.name, piece.value, piece.used))
    return out


def _overlap(span: Span, piece: Piece) -> bool:
    return span.start < piece.end and piece.start < span.end


def items(tokens: Sequence[Token], pieces: Sequence[Piece]) -> list[Item]:
    """The items of a sentence: pieces as they are, numbers and words of the language tagged, the rest as words."""
    at_start = {piece.start: piece for piece in pieces}
    words = [SHORT.get(one.text, one.text) for one in tokens]
    blocked = {at for piece in pieces for at in range(piece.start, piece.end)}
    out: list[Item] = []
    index = 0
    while index < len(tokens):
        piece = at_start.get(index) or _number(words, index, blocked) or _lexical(words, index, blocked)
        end = piece.end if piece else index + 1
        raw = " ".join(one.raw for one in tokens[index:end])
        word = " ".join(words[index:end])
        if piece:
            out.append(Item(word, raw, index, end, piece.tag, piece.name, piece.value, piece.used))
        else:
            out.append(Item(word, raw, index, end))
        index = end
    return out


def _number(words: Sequence[str], index: int, blocked: set[int]) -> Piece | None:
    if words[index] in ("one", "dozen", "half", "zero") and not (index and words[index - 1] in _COUNTED - {"the"}):
        following = words[index + 1] if index + 1 < len(words) else ""
        if (
            words[index] != "half" and following not in ("million", "billion", "hundred", "thousand")
        ) or following == "of":
            return None
    taken = read_number(words, index)
    if taken is None or any(at in blocked for at in range(index, taken[1])):
        return None
    return Piece(index, taken[1], "N", taken[0].unit or "plain", taken[0])


def _lexical(words: Sequence[str], index: int, blocked: set[int]) -> Piece | None:
    for end, key in _windows(words, index, blocked):
        lexeme = lexicon().get(key)
        if lexeme is not None and not (lexeme.tag == "E" and _overtaken(words, index, end, blocked)):
            return Piece(index, end, lexeme.tag, lexeme.name, _meaning(lexeme, words[index:end]))
    return None


def _overtaken(words: Sequence[str], index: int, end: int, blocked: set[int]) -> bool:
    """ "by human minutes": a metric begins inside the phrase and reaches further."""
    for start in range(index + 1, end):
        for longer, key in _windows(words, start, blocked):
            lexeme = lexicon().get(key)
            if lexeme is not None and lexeme.tag == "M" and longer > end:
                return True
    return False


def _windows(words: Sequence[str], index: int, blocked: set[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Stretches of free words from a place on, the longest first, each with its key."""
    keys: list[tuple[int, tuple[str, ...]]] = []
    key: tuple[str, ...] = ()
    for end in range(index, min(len(words), index + longest_phrase() + 2)):
        word = words[end]
        if end in blocked or word in STOPS or word == "'s":
            break
        folded = fold_words(word)
        if not (key or folded):
            break  # a phrase begins with a word, too
        key += folded
        if folded:  # a phrase ends with a word: "tokens + cost" is two
            keys.append((end + 1, key))
    return reversed(keys)


def _meaning(lexeme: Lexeme, words: Sequence[str]) -> Any:
    if lexeme.tag == "E":
        return (Name(lexeme.name, lexeme.value, " ".join(words)),)
    return lexeme
