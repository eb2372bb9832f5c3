"""Every regular expression of the program, and texts that are hard for it, made of the pattern itself."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import BuiltinFunctionType, ModuleType
from typing import Any

from bot.questions.lexicon.patterns import LatePattern

FEW = 9  # so often may a part come whose repetitions can be told apart in several ways
MOST_FORMS = 20_000
SPOILS = ("\0", " , ; \0 ,")  # ends that no repetition goes on with
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_SINGLE = (op.IN, op.LITERAL, op.NOT_LITERAL, op.ANY)
_ANY = "\x01"  # stands for a character of a class


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """A package with all that is below it, but for what runs under Alembic alone or where the reader is trained."""
    yield package
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not found.name.endswith("migrations.env") and ".training" not in found.name:
            yield importlib.import_module(found.name)


def held(value: Any) -> Iterator[re.Pattern[str]]:
    """The patterns in a value of a module: itself, in a table, or as the owner of a bound method."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, LatePattern):
        yield value.compiled
    elif isinstance(value, Mapping):
        yield from _held_in(value.values())
    elif isinstance(value, tuple | list | set | frozenset):
        yield from _held_in(value)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _held_in(getattr(value, field.name) for field in fields(value))
    elif isinstance(value, BuiltinFunctionType):
        yield from held(value.__self__)


def _held_in(values: Iterable[Any]) -> Iterator[re.Pattern[str]]:
    for value in values:
        yield from held(value)


def told_apart_in_two_ways(pattern: re.Pattern[str]) -> Iterator[str]:
    """The repeated parts of a pattern whose repetitions can be told apart in two ways: what fails after n of them is
    tried in 2ⁿ ways."""
    for _, (_, most, body) in _repeats(parser.parse(pattern.pattern, pattern.flags)):
        if most > FEW and not (len(body) == 1 and body[0][0] in _SINGLE):
            forms = _forms(body)
            if forms is not None and (why := _ambiguity(forms)):
                yield why


def _ambiguity(forms: Sequence[str]) -> str:
    twice = [form for form, count in Counter(forms).items() if count > 1]
    if twice:
        return f"{twice[0]!r} stands there twice"
    words = set(forms) - {""}
    # Sardinas and Patterson: what is left over of one word after another is never a word itself.
    left = {word[len(two) :] for word in words for two in _beginnings(word, words)}
    seen: set[str] = set()
    while left:
        if left & words:
            return f"{(left & words).pop()!r} ends one and is one"
        seen |= left
        longer = {word[len(rest) :] for rest in left for word in words if word.startswith(rest)}
        left = (longer | {rest[len(word) :] for rest in left for word in _beginnings(rest, words)}) - seen
    return ""


def _beginnings(text: str, words: Collection[str]) -> Iterator[str]:
    return (text[:at] for at in range(1, len(text)) if text[:at] in words)


def _forms(tree: Iterable[Any]) -> list[str] | None:
    """All texts of a parsed pattern, a class standing for one character; None where there are too many."""
    out = [""]
    for code, value in tree:
        each = _forms_of(code, value)
        if each is None or len(out) * len(each) > MOST_FORMS:
            return None
        out = [start + other for start in out for other in each]
    return out


def _forms_of(code: Any, value: Any) -> list[str] | None:
    if code is op.LITERAL:
        return [chr(value)]
    if code in _SINGLE:
        return [_ANY]
    if code is op.BRANCH:
        each = [_forms(branch) for branch in value[1]]
        return [form for forms in each for form in forms or ()] if None not in each else None
    if code in (op.SUBPATTERN, op.ATOMIC_GROUP):
        return _forms(value[3] if code is op.SUBPATTERN else value)
    if code in _REPEATS:
        least, most, body = value
        if most > FEW and len(body) == 1 and body[0][0] in _SINGLE:
            return [_ANY] if least else ["", _ANY]
        each = [_forms([*body] * count) for count in range(least, min(most, least + 2) + 1)]
        return [form for forms in each for form in forms or ()] if None not in each else None
    return [""]


def hard_texts(pattern: re.Pattern[str], length: int, dice: random.Random) -> Iterator[str]:
    """Texts of a length that nearly match: the whole pattern again and again, its words in any order, and each of its
    repeated parts again and again after what leads to it, with an end that spoils the match."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    writer = _Writer(dice)
    wholes = [writer.text(tree) for _ in range(4)]
    yield _pumped("", [f"{wholes[0]} "], length, dice)
    yield _pumped("", [f"{word} " for whole in wholes for word in whole.split()], length, dice)
    for before, (_, most, body) in _repeats(tree):
        if most > FEW:
            lead = writer.text(before)
            pieces = [writer.text(body) for _ in range(24)]
            yield _pumped(lead, pieces, length, dice) + SPOILS[0]
            yield _pumped(lead, pieces[:1], length, dice) + SPOILS[1]


def _pumped(lead: str, pieces: Sequence[str], length: int, dice: random.Random) -> str:
    pieces = [piece for piece in pieces if piece] or ["a "]
    text = lead
    while len(text) < length:
        text += dice.choice(pieces)
    return text


def _repeats(tree: Iterable[Any], before: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Each repeated part, (least, most, body), with what stands before it."""
    for node in tree:
        code, value = node
        if code in _REPEATS:
            yield before, value
        for inner in _parts(code, value):
            yield from _repeats(inner, before)
        before = (*before, node)


def _parts(code: Any, value: Any) -> Sequence[Any]:
    if code is op.BRANCH:
        return list(value[1])
    if code in _REPEATS:
        return [value[2]]
    if code is op.SUBPATTERN:
        return [value[3]]
    if code in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    return [value] if code is op.ATOMIC_GROUP else []


class _Writer:
    """Writes texts that a parsed pattern matches, its assertions aside."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.groups: dict[int, str] = {}

    def text(self, tree: Iterable[Any]) -> str:
        return "".join(self._one(*node) for node in tree)

    def _one(self, code: Any, value: Any) -> str:
        if code is op.LITERAL:
            return chr(value)
        if code is op.IN:
            return self._of(value)
        if code in _SINGLE:
            return "b" if value == ord("a") else "a"
        if code is op.BRANCH:
            return self.text(self.dice.choice(value[1]))
        if code in _REPEATS:
            least, most, body = value
            return "".join(self.text(body) for _ in range(self.dice.randint(least, min(most, least + 3))))
        if code is op.GROUPREF:
            return self.groups.get(value, "")
        if code is op.SUBPATTERN:
            self.groups[value[0]] = said = self.text(value[3])
            return said
        return self.text(value) if code is op.ATOMIC_GROUP else ""

    def _of(self, members: Sequence[Any]) -> str:
        if members[0][0] is op.NEGATE:
            return self.dice.choice("aethno")
        code, value = self.dice.choice(members)
        if code is op.LITERAL:
            return chr(value)
        if code is op.RANGE:
            return chr(self.dice.randint(*value))
        return {op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " "}.get(value, "a")
