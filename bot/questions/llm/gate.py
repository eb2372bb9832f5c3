"""What a model may say around figures: slots, each once, and between them only words that claim nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from bot.questions.llm.slots import FigureSlot
from bot.questions.periods.words import word_set

LONGEST = 300  # characters outside slots
MOST_SENTENCES = 3
_SLOT = re.compile(r"\{\{(f\d)\}\}", re.ASCII)
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_MARKS = frozenset(" ,.;:'-\n")
_NUMBERS = word_set(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fifteen twenty thirty forty fifty "
    "sixty seventy eighty ninety hundred thousand million billion half third quarter fifth tenth double twice triple "
    "dozen couple most majority minority several nearly almost about roughly around all none few many first second"
)
_DIRECTIONS = word_set(
    "up down rose risen fell fallen more less higher lower best worst grew grown growing shrank dropped jumped climbed "
    "increase increased decrease decreased above below over under top bottom ahead behind better worse surged soared "
    "improved declined highest lowest largest smallest than same unchanged stable flat"
)
_CAUSES = word_set(
    "because due caused cause causes thanks since so therefore hence thus driven drove led leads why reason explains "
    "explained owing result resulted"
)
# None of these says that something is or is not, more or less, before or after: they only point.
ALLOWED = word_set(
    "a also and another as at background beside besides by consider context detail figure figures finally for further "
    "glance here in it keep kept look mind next note noted noting of on picture read reading recorded see seen show "
    "shown side stands taken that the them these this those to together useful view with worth"
)


class Breach(Exception):
    """The text does not go out; the message names the rule, never the text."""


def gated(text: str, known: Sequence[FigureSlot], names: Iterable[Sequence[str]] = ()) -> str:
    """The text with its slots filled. `names` are the words of names of groups. Raises Breach."""
    plain = unicodedata.normalize("NFKC", text).strip()
    phrases = {slot.id: slot.text for slot in known}
    used = _SLOT.findall(plain)
    outside = _SLOT.sub("\n", plain)
    _slots_hold(used, phrases)
    _marks_hold(outside)
    words = _WORD.findall(outside.lower())
    _words_hold(words, names)
    if sum(outside.count(mark) for mark in ".;:") > 2 * MOST_SENTENCES or outside.count(".") > MOST_SENTENCES:
        raise Breach("too many sentences")
    return " ".join(_SLOT.sub(lambda found: phrases[found[1]], plain).split())


def _slots_hold(used: Sequence[str], phrases: Mapping[str, str]) -> None:
    if not used:
        raise Breach("no slot")
    if len(set(used)) < len(used):
        raise Breach("a slot twice")
    if not set(used) <= phrases.keys():
        raise Breach("an unknown slot")


def _marks_hold(outside: str) -> None:
    if len(outside) > LONGEST:
        raise Breach("too long")
    for mark in outside:
        if unicodedata.category(mark).startswith("N") or mark.isnumeric():
            raise Breach("a number")
        if mark not in _MARKS and not (mark.isascii() and mark.isalpha()):
            raise Breach("a mark")


def _words_hold(words: Sequence[str], names: Iterable[Sequence[str]]) -> None:
    for rule, among in (("a number", _NUMBERS), ("a direction", _DIRECTIONS), ("a cause", _CAUSES)):
        if among & set(words):
            raise Breach(rule)
    said = f" {' '.join(words)} "
    if any(f" {' '.join(name)} " in said for name in names if name):
        raise Breach("a name")
    if not set(words) <= ALLOWED:
        raise Breach("a word that may claim something")
