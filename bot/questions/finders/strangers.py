"""Names that nobody knows: a capitalised word where a name stands is one, and no slip of some other word."""

from __future__ import annotations

from collections.abc import Sequence

from bot.questions.finders.marks import Mention
from bot.questions.finders.naming import MARKS
from bot.questions.finders.standing import is_capital, is_placed, is_quoted, is_shouted, word_at
from bot.questions.finders.timing import Laid
from bot.questions.lexicon.tables import phrases
from bot.questions.lexicon.words import dimension_of, known_products, language_words, single_words, time_words
from bot.questions.tokens import Token

_ACRONYM = 4  # letters; "CFO", "HR", "VAT" are words


def unknown_names(laid: Laid) -> None:
    """Mark the runs of capitalised words that no name, period or word of the language is."""
    tokens = laid.tokens
    covered = {at for start, (end, _) in laid.spans.items() for at in range(start, end)} | laid.blocked
    conditions = phrases("conditions").all([token.text for token in tokens])
    covered |= {at for _, start, end in conditions for at in range(start, end)}
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and end not in covered and is_stranger(tokens, end):
            end += 1
        if end > at and _named(tokens, at, end):
            laid.add(at, end, [Mention("unknown", tuple(token.text for token in tokens[at:end]))])
        at = max(end, at + 1)


def is_stranger(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is written like a name and is no word of the language."""
    token = tokens[at]
    if token.text in known_products():
        return True
    if not token.raw[:1].isupper() or token.text in MARKS or len(token.text) < 3 or is_shouted(tokens):
        return False
    if token.raw.isupper() and len(token.raw) <= _ACRONYM:
        return False
    return token.text not in language_words() | time_words() | single_words("occasions")


def _named(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the run stands where a name stands, or is written like one inside a sentence."""
    if any(token.text in known_products() for token in tokens[start:end]):
        return True
    before, after = word_at(tokens, start - 1), word_at(tokens, end)
    told = bool(dimension_of(after) or (dimension_of(before) and not before.endswith("s")))
    if is_capital(tokens, start, end) or is_quoted(tokens, start, end):
        return True
    return told or after == "'s" or (start > 0 and is_placed(tokens, start, end))
