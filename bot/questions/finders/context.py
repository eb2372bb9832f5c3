"""What a message says before it asks: a greeting, a reason or a statement that the question holds without."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.questions.lexicon.tables import entry, phrases
from bot.questions.lexicon.words import short_words, single_words, stating_verbs
from bot.questions.periods.words import CALENDAR_WORDS, word_set
from bot.questions.tokens import tokenise

_BREAK = re.compile(r"[;:.!]\s+|\s[—–]\s|,\s+(?:hence|so|therefore|thus)\s+", re.IGNORECASE)
_REASON = re.compile(
    r"(?P<why>because|since|as|given that|now that|before|after|when|while)\s[^,;:.?!]{3,200}[,:]\s", re.IGNORECASE
)
_BECAUSE = re.compile(r",?\s(?P<why>because\s[^,;:.?!]{6,160}),\s", re.IGNORECASE)
# "My boss wants the company's cost", "Legal asked me for …": who asks is not what is asked.
_WISH = re.compile(
    r"(?P<who>[^,;:.?!]{2,60}?)\s(?:asked|asks|wants|wanted|needs|needed|demands|demanded)\s"
    r"(?:(?:me|us)\s)?(?:for\s|about\s|to know\s|to see\s)?",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:[qh][1-4]|last|this|past|previous|yesterday|today|ytd|mtd|qtd)\b|\d", re.IGNORECASE)
_SUBJECTS = word_set("i we he she they it there you somebody someone everybody everyone nobody")
_POINTS_BACK = word_set("there it its them their they he she his her him that those these same such this")
_UNITS = word_set("day week month quarter year period")
_AT_A_TIME = word_set("since before after when while as")
_FEWEST = 3


def question_alone(text: str, *, threaded: bool = False) -> Iterator[tuple[str, str]]:
    """Each context with the question that is left without it; none where the question points back at it."""
    for context, question in _cuts(text):
        if (threaded or names_a_figure(question)) and not _points_back(question):
            yield context.strip(" ,;:—–"), question


def _cuts(text: str) -> Iterator[tuple[str, str]]:
    reason = _REASON.match(text)
    if reason is not None and _is_reason(reason, text):
        yield reason[0], text[reason.end() :]
    because = _BECAUSE.search(text)
    if because is not None:
        yield because["why"], f"{text[: because.start()]}, {text[because.end() :]}"
    for found in reversed(list(_BREAK.finditer(text))):
        context = text[: found.end()]
        if "?" not in context and (is_statement(context) or _is_greeting(context)):
            yield context, text[found.end() :]
    wish = _WISH.match(text)
    opens = entry("asked", "opens a question").words
    if (
        wish is not None
        and _words(wish["who"])[:1] not in [[word] for word in opens]
        and not names_a_figure(wish["who"])
    ):
        yield wish[0], text[wish.end() :]


def is_statement(text: str) -> bool:
    """Whether a stretch states something and restricts nothing: "the landlord raises the rent"."""
    words = _words(text)
    if len(words) < _FEWEST or set(words) & set(entry("asked", "restricts").words):
        return False
    if words[0] in entry("asked", "opens a question").words:
        return False
    return words[0] in _SUBJECTS or any(word in stating_verbs() for word in words[1:9])


def names_a_figure(text: str) -> bool:
    """Whether a message says which figure it asks for."""
    return any(True for _ in phrases("metrics").all([token.text for token in tokenise(text).tokens]))


def _words(text: str) -> list[str]:
    tokens = tokenise(text).tokens
    return [short_words().get(token.text, token.text).partition("'")[0] for token in tokens if token.text[:1].isalpha()]


def _is_reason(reason: re.Match[str], text: str) -> bool:
    """Somebody does something, or an occasion; where it could be a time, the question has to name its own."""
    words = _words(reason[0])[1:]
    subject = words[:1] and words[0] in _SUBJECTS
    occasion = any(word in single_words("occasions") or word == "call" for word in words[:4])
    stated = subject or any(word in stating_verbs() for word in words[1:9])
    if reason["why"].lower() not in _AT_A_TIME:
        return True
    if reason["why"].lower() in ("since", "as"):
        occasion = bool(stated)
    rest = text[reason.end() :]
    dated = bool(CALENDAR_WORDS & set(_words(rest))) or _DATED.search(rest) is not None
    return bool(subject or occasion) and dated


def _is_greeting(text: str) -> bool:
    return all(word in entry("plain", "manners").words for word in _words(text))


def _points_back(question: str) -> bool:
    words = [token.text for token in tokenise(question).tokens]
    following = [*words[1:], ""]
    return any(word in _POINTS_BACK and after not in _UNITS for word, after in zip(words, following, strict=True))
