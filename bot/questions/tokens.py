"""Cuts a question into tokens: comparable forms beside the words as written."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.questions.limits import MAX_QUESTION
from bot.questions.periods.words import CALENDAR_WORDS, word_set

_DROPPED = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))  # control, zero-width, bidi, unassigned
_PLAIN_MARKS = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc\u00b4`\u2032", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"')
)
# Letters that no decomposition takes apart.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i", "ß": "ss"})
_TOKEN = re.compile(
    r"""
      <[@!][^>\s]{1,80}>                                    # a mention, as Slack writes it
    | [\w.+-]++@[\w-]++(?:\.[\w-]++)+                       # an e-mail address
    | \d{4}-\d{1,2}-\d{1,2}(?![\w-])                        # 2026-11-09
    | \d{4}-[qhw]?\d{1,2}(?![\w-])                          # 2026-11, 2026-w46, 2026-q3
    | \d{1,4}/\d{1,2}(?:/\d{1,4})?(?![\w/])                 # 10/5, 9/11/2026
    | (?<![\w/])[a-z]/(?:[a-z](?![\w/])|(?![\w/]))          # w/w, w/c, "w/" for with
    | (?P<chain>[^\W_]+(?:\.\d+)*(?:[-_][^\W_]+(?:\.\d+)*)+)  # month-to-date, gpt-5, 9-15
    | [$€£]?\d+(?:[.,:]\d+)*[^\W_]*%?                       # 3,5  $20  15m  9th  6.5%
    | '\d\d(?!\d)                                           # '25
    | 'til(?!\w) | 's(?!\w) | (?<=s)'(?!\w)                              # the possessive
    | [^\W_]+(?:(?:'(?!s(?!\w)|\d)|[&.])[^\W_]+)*           # words; r&d, don't, node.js
    | \.\.+
    | \S
    """,
    re.VERBOSE | re.IGNORECASE,
)
_EMOJI = re.compile(r"(?<!\S):(?=[0-9_+'-]*[a-z])[a-z0-9_+'-]++:(?!\S)", re.IGNORECASE)
_MARKS = (frozenset(string.punctuation) - frozenset("*~^\\#_")) | {"€", "£"}
_PIECE = re.compile(r"[^-_]+")
_PERIOD_HEAD = re.compile(r"(?:q[1-4]|h[12]|(?:w|wk|cw|kw|fy)\d{1,4})$")
_COUNTING = word_set("top bottom first last past trailing previous week wk")


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is the form to compare, `raw` the word as written at [start, end) of the cleaned text."""

    text: str
    raw: str
    start: int
    end: int

    @property
    def mark(self) -> bool:
        """Whether it is punctuation."""
        return not any(char.isalnum() for char in self.text)


@dataclass(frozen=True, slots=True)
class Tokens:
    """A question in tokens; `truncated` where it was longer than what is read."""

    text: str
    tokens: tuple[Token, ...]
    truncated: bool

    @property
    def words(self) -> list[str]:
        """The comparable forms alone."""
        return [token.text for token in self.tokens]


def tokenise(text: str) -> Tokens:
    """The tokens of a question, at most as much of it as is read.

    Words joined by hyphens or underscores come apart ("month-to-date", "tokens_per_employee") unless they are a name
    with a number in it ("gpt-5"); a hyphen stays as a token of its own where it means "to" ("9-15", "jan-mar").
    """
    cleaned, truncated = clean(text)
    tokens = tuple(token for match in _TOKEN.finditer(cleaned) for token in _cut(match))
    return Tokens(cleaned, tokens, truncated)


def clean(text: str) -> tuple[str, bool]:
    """Visible characters in their compatible form, plain quotes and hyphens; and whether some were cut off."""
    kept = text[: 4 * MAX_QUESTION]
    if not (kept.isascii() and kept.isprintable()):
        kept = unicodedata.normalize("NFKC", kept.translate(_PLAIN_MARKS)).translate(_PLAIN_MARKS)
        kept = "".join(_visible(kept))
    kept = _EMOJI.sub(" ", kept.replace("`", "'"))
    return kept[:MAX_QUESTION], len(kept) > MAX_QUESTION or len(text) > 4 * MAX_QUESTION


def too_long(text: str) -> bool:
    """Whether a question is longer than what is read of one."""
    return len(text) > MAX_QUESTION or clean(text)[1]


def _visible(text: str) -> Iterator[str]:
    for char in text:
        if char.isspace():
            yield " "
        elif unicodedata.category(char) not in _DROPPED:
            yield char


def fold(word: str) -> str:
    """Lower case without accents."""
    word = word.lower()
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _cut(match: re.Match[str]) -> Iterator[Token]:
    raw, start = match[0], match.start()
    if match["chain"]:
        yield from _chain(raw, start)
    elif raw == "'" and start and match.string[start - 1] in "sS":
        yield Token("'s", raw, start, match.end())
    elif len(raw) > 1 or raw.isalnum() or raw in _MARKS:
        text = fold(raw)
        if text:
            yield Token(text, raw, start, match.end())


def _chain(raw: str, start: int) -> Iterator[Token]:
    pieces = [Token(fold(m[0]), m[0], start + m.start(), start + m.end()) for m in _PIECE.finditer(raw)]
    words = [piece.text for piece in pieces]
    if not _comes_apart(words):
        yield Token(fold(raw), raw, start, start + len(raw))
        return
    for at, piece in enumerate(pieces):
        if at and raw[piece.start - start - 1] == "-" and _means_to(words[at - 1], words[at]):
            yield Token("-", "-", piece.start - 1, piece.start)
        yield piece


def _comes_apart(words: list[str]) -> bool:
    """Whether a chain is words or a span of days rather than a name with a number in it."""
    if not any(char.isdigit() for word in words for char in word):
        return True
    if all(word.isdecimal() or word.isalpha() for word in words):
        plain = words[0].isdecimal() or words[0] in _COUNTING
        return plain or any(word in CALENDAR_WORDS for word in words)
    return _PERIOD_HEAD.match(words[0]) is not None


def _means_to(word: str, other: str) -> bool:
    """9-15, jan-mar, q1-q3: from one to the other."""
    if word in CALENDAR_WORDS or _PERIOD_HEAD.match(word):
        return (
            other in CALENDAR_WORDS or _PERIOD_HEAD.match(other) is not None or (_short(other) and not word.isalpha())
        )
    return word.isdecimal() and (_short(other))


def _short(word: str) -> bool:
    return word.isdecimal() and len(word) <= 2
