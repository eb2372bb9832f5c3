"""The clauses of a message: which ask, and which only state, greet or give a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.questions.finders.marks import Mention
from bot.questions.lexicon.tables import phrases
from bot.questions.lexicon.words import dimension_of, single_words, stating_verbs, time_words, whole_words
from bot.questions.periods.words import word_set

Part = tuple[str | Mention, str]
_STOPS = frozenset((".", ";", ":", "?", "!", "(", ")", "—", "–", "..", "..."))
_PAUSES = frozenset((",", "-"))
_PERSONS = word_set("i we he she they it you there somebody someone everybody everyone nobody")
_OWNERS = word_set("my our his her their your the a an this that these two three some no")
_LEADS = word_set("how what which who whose whom when where why show list give plot rank compare break split chart")
_RESTRICTING = word_set(
    """
    only just those who which that whose of without with from in on at by and or but excluding except including
    minus plus not no never if while when where during since until till after before under over above below than per
    across within outside inside through via using used unless also then both either neither all any each every
    """
)
_OCCASIONS = word_set("for before ahead to as after following given because since due so writing preparing prepping")
_SUBORDINATE = word_set("as since while when if because")
_JOINING = frozenset(("and", "but", "so", "also", "ok", "okay", "well"))
_MASK = "§"
_RELATIVES = word_set("who which that whose whom where")
_GREETS = frozenset(
    ("hi", "hello", "hey", "thanks", "thank", "sorry", "pardon", "apologies", "excuse", "cheers", "dear")
)


@dataclass(frozen=True)
class Clause:
    """A stretch between stops, with what was written."""

    parts: tuple[Part, ...]
    aside: bool = False

    @property
    def words(self) -> list[str]:
        """Its plain words."""
        return [part for part, _ in self.parts if isinstance(part, str)]

    @property
    def mentions(self) -> list[Mention]:
        """Its mentions."""
        return [part for part, _ in self.parts if isinstance(part, Mention)]

    @property
    def said(self) -> str:
        """As it was written."""
        out = ""
        for _, raw in self.parts:
            glued = raw in ("'s", "'", "’") or not any(char.isalnum() for char in raw)
            out += raw if glued or not out else f" {raw}"
        return out

    @property
    def worth_saying(self) -> bool:
        """Whether passing it over is worth a word: more than manners."""
        plain = whole_words("plain")
        return bool(self.mentions) or any(word not in plain and word.isalpha() for word in self.words)


def clauses_of(parts: Sequence[Part], used: frozenset[int], asides: frozenset[int]) -> tuple[Clause, ...]:
    """The clauses of a message, sentences first, then what commas cut from the sentences that ask."""
    used = _needed(parts, used)
    sentences = list(_cut(list(enumerate(parts)), _STOPS))
    several = len(sentences) > 1
    out: list[Clause] = []
    for sentence in sentences:
        if several and _is_aside(sentence, used, asides, whole=True):
            out.append(_clause(sentence, aside=True))
            continue
        pieces = list(_cut(sentence, _PAUSES))
        out += [
            _clause(piece, aside=len(pieces) > 1 and _is_aside(piece, used, asides, whole=False)) for piece in pieces
        ]
    if all(clause.aside for clause in out):
        return tuple(Clause(clause.parts) for clause in out)
    return tuple(out)


def _needed(parts: Sequence[Part], used: frozenset[int]) -> frozenset[int]:
    """The used mentions without those whose value is used again further on: "we talk to OpenAI; OpenAI's cost"."""
    kept: set[int] = set()
    later: set[tuple[str, object]] = set()
    for part, _ in reversed(parts):
        if not isinstance(part, Mention) or id(part) not in used:
            continue
        key = (part.kind, part.values)
        if key not in later:
            kept.add(id(part))
        later.add(key)
    return frozenset(kept)


_Numbered = list[tuple[int, Part]]


def _clause(piece: _Numbered, *, aside: bool) -> Clause:
    return Clause(tuple(part for _, part in piece), aside)


def _cut(parts: Iterable[tuple[int, Part]], stops: frozenset[str]) -> Iterator[_Numbered]:
    held: _Numbered = []
    for at, (part, raw) in parts:
        if isinstance(part, str) and part in stops:
            if held:
                yield held
            held = []
        else:
            held.append((at, (part, raw)))
    if held:
        yield held


def _is_aside(piece: _Numbered, used: frozenset[int], asides: frozenset[int], *, whole: bool) -> bool:
    """Whether a stretch is context: nothing of it is asked, and it states, greets or names an occasion."""
    mentions = [part for _, (part, _) in piece if isinstance(part, Mention)]
    if any(id(mention) in used for mention in mentions):
        return False
    words = [part if isinstance(part, str) else _MASK for _, (part, _) in piece]
    words = [word for word in words if word == _MASK or any(map(str.isalnum, word))]
    if len(mentions) == 1 and mentions[0].kind == "number" and set(words) <= {_MASK, *time_words()}:
        return False  # "weekly tokens, 6 weeks"
    while len(words) > 1 and words[0] in _JOINING:
        words = words[1:]
    if not words or words[0] in _LEADS:
        return False
    tagged = [at in asides for at, (part, _) in piece if isinstance(part, str) and part.isalpha()]
    agreed = sum(tagged) * 3 > len(tagged) * 2
    if words[0] in _GREETS and not _asks(words):
        return True
    if agreed and not _asks(words) and not (words[0] in _RESTRICTING and not _occasion(words)):
        return True
    if mentions and not (agreed or (whole and _states(words))):
        return False
    return not _asks(words) and (_states(words, whole=whole) or _occasion(words))


def _asks(words: Sequence[str]) -> bool:
    """Whether it names a figure, a grouping or a question's beginning."""
    if any(word in _LEADS for word in words[:2]):
        return True
    if any(True for _ in phrases("metrics").all(list(words))) and not set(words) <= whole_words("plain"):
        return not _states(words)
    return any(word in ("by", "per", "each") and dimension_of(after) for word, after in pairwise(words))


def _states(words: Sequence[str], *, whole: bool = True) -> bool:
    """Somebody speaks, or something is stated: a subject, then a verb, and no condition that begins it.

    A whole sentence may have any subject; what commas cut off has a pronoun.
    """
    said = words[0] in _SUBORDINATE and (words[0] == "because" or (words[1:2] and words[1] in _PERSONS))
    if words[0] in _RESTRICTING and not said:
        return False
    if said or words[0] in _PERSONS:
        return True
    if not whole:
        near = words[1:5]
        return words[0] in _OWNERS and any(word in stating_verbs() for word in near) and not _RELATIVES & set(near)
    for at, word in enumerate(words[:9]):
        if at and word in _RELATIVES:
            return False
        if at and word in stating_verbs():
            return True
    return False


def _occasion(words: Sequence[str]) -> bool:
    """ "for the board deck", "before the audit", "as my boss asked"."""
    return words[0] in _OCCASIONS and any(word in single_words("occasions") for word in words[1:])
