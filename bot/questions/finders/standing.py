"""Whether words that fit a name stand as one: by capitals, by the words around them, or by quotation marks."""

from __future__ import annotations

from collections.abc import Sequence

from bot.questions.lexicon.tables import phrases
from bot.questions.lexicon.words import dimension_of, short_words, time_words, whole_words
from bot.questions.periods.words import word_set
from bot.questions.tokens import Token

_ENDS = frozenset((".", "?", "!", ";", ":", '"', "(", "-", "—", "–"))
_PLACES = word_set("in at for of from within inside across by via on to with without except under outside excluding")
_AFTER = word_set(
    ", : ; . ? ! ) - / — and or versus vs 's in last this since yesterday today over during for on from between"
)
_OF = frozenset(("of", "in", "for", "within"))
_LISTS = frozenset(("by", "per", "each", "every"))
_LISTED = _LISTS | {"split", "broken", "grouped", "so"}  # "so far this month"
_KIND_WORDS = {"person": frozenset(("person", "colleague"))}
_NOT_BEFORE = frozenset(("by", "per", "each", "every", "which", "what", "any"))


def word_at(tokens: Sequence[Token], at: int) -> str:
    """The word at a place as it would be written out, "" beyond the edges."""
    if not 0 <= at < len(tokens):
        return ""
    return short_words().get(tokens[at].text, tokens[at].text)


def is_shouted(tokens: Sequence[Token]) -> bool:
    """Whether the message is written in capitals anyway: most of its plain words begin with one."""
    plain = [token for token in tokens if token.raw[:1].isalpha() and token.text in whole_words("plain")]
    return len(plain) > 2 and 2 * sum(token.raw[:1].isupper() for token in plain) > len(plain)


def is_small(tokens: Sequence[Token]) -> bool:
    """Whether the writer uses no capitals: a small name says nothing then."""
    return not any(token.raw[:1].isupper() for token in tokens[1:] if len(token.raw) > 1)


def is_capital(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Written with capitals where a sentence writes none."""
    words = [token for token in tokens[start:end] if token.raw[:1].isalpha()]
    if not words or not all(token.raw[:1].isupper() for token in words) or is_shouted(tokens):
        return False
    first = start == 0 or tokens[start - 1].text in _ENDS
    return not first or len(words) > 1 or (len(words[0].raw) > 1 and words[0].raw.isupper())


def is_told(tokens: Sequence[Token], start: int, end: int, dimensions: frozenset[str]) -> bool:
    """Whether a word beside it says what it is: "the data team", "team Data", "in the review workflow"."""
    before, after = word_at(tokens, start - 1), word_at(tokens, end)
    if after == "'s":
        after = ""
    named = after and dimension_of(after) in dimensions and not (after.endswith("s") and before in _NOT_BEFORE)
    lead = before and dimension_of(before) in dimensions and not before.endswith("s")
    person = "person" in dimensions and before in _KIND_WORDS["person"]
    return bool(named or lead or person)


def is_quoted(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether it stands in quotation marks of its own."""
    return word_at(tokens, start - 1) == '"' and word_at(tokens, end) == '"'


def is_listed(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether it is a dimension that is listed by, whatever else is called so: "cost by office"."""
    said = " ".join(token.text for token in tokens[start:end])
    return word_at(tokens, start - 1) in _LISTS and bool(dimension_of(said))


def is_of_figure(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a figure is asked of it: "cost in Analysis by team", "failure rate for the review"."""
    at = start - 1 - (word_at(tokens, start - 1) in ("the", "our"))
    if at < 1 or word_at(tokens, at) not in _OF:
        return False
    words = [word_at(tokens, place) for place in range(at)]
    after = word_at(tokens, end + (word_at(tokens, end) == "the"))  # "in analysis the previous month"
    ended = not after or after in _AFTER or after in _LISTED or after in time_words()
    return ended and any(last == at for _, _, last in phrases("metrics").all(words))


def is_placed(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether it stands alone where a name stands: "tokens of Data", "in growth last month", "growth's cost"."""
    before, after = word_at(tokens, start - 1), word_at(tokens, end)
    if before in ("the", "our", "team"):
        before = word_at(tokens, start - 2) if after in _AFTER or not after else ""
    ended = not after or after in _AFTER or after in time_words()
    if after == "'s":
        return start == 0 or before not in _NOT_BEFORE
    if start == 0 and after in (":", ",", "-", "/", "—"):
        return True
    if start == 0 and after in ("versus", "or", "and") and end + 1 < len(tokens):
        return tokens[end + 1].raw[:1].isupper()
    return before in _PLACES and ended
