"""A question as items: words, and the tags that rules put in their place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

from bot.questions.grammar.patterns import compiled
from bot.questions.grammar.vocabulary import HARMLESS
from bot.questions.grammar.wordlists import words

STOPS = words(
    """
    , ; : . ! ? ( ) — – - / | " “ ” … * ~ ' ‘ ’
    """
)


@dataclass(frozen=True, slots=True)
class Item:
    """A word as it stands (`raw` is how it was typed), or a tag: one letter for its kind, a name and what it means.

    `start` and `end` are the token indexes it covers; `used` says that some rule has consumed it.
    """

    word: str
    raw: str
    start: int
    end: int
    tag: str = ""
    name: str = ""
    value: Any = None
    used: bool = False

    @property
    def text(self) -> str:
        """How patterns see it."""
        return f"{self.tag}.{self.name}.{self.start}" if self.tag else self.word


@dataclass(slots=True)
class Found:
    """A pattern's match, in items."""

    sentence: Sentence
    match: re.Match[str]
    first: int
    last: int  # exclusive

    def items(self, group: str | int = 0) -> list[Item]:
        """The items that the match or a group of it covers."""
        if (isinstance(group, str) and group not in self.match.re.groupindex) or self.match.start(group) < 0:
            return []
        first, last = self.sentence.between(*self.match.span(group))
        return self.sentence.items[first:last]

    def item(self, group: str) -> Item | None:
        """The one item of a group."""
        return next(iter(self.items(group)), None)

    def said(self, group: str | int = 0) -> str:
        """The matched words, "" where the group took no part."""
        return self.match[group] or ""


@dataclass(slots=True)
class Sentence:
    """Items in order, with the text that patterns are tried on."""

    items: list[Item]
    original: str = ""
    text: str = field(init=False, default="")
    _starts: list[int] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._join()

    def _join(self) -> None:
        parts, at = [], 0
        self._starts = []
        for item in self.items:
            text = item.text
            self._starts.append(at)
            parts.append(text)
            at += len(text) + 1
        self.text = " ".join(parts)

    def _replace(self, first: int, last: int, items: Sequence[Item]) -> None:
        """Put items in the place of [first, last), and their text in the place of theirs."""
        begin = self._starts[first] if first < len(self._starts) else len(self.text) + 1
        end = self._starts[last] if last < len(self._starts) else len(self.text) + 1
        texts = [item.text for item in items]
        starts = list(accumulate((len(text) + 1 for text in texts), initial=begin))
        moved = starts.pop() - end
        self._starts[first:] = [*starts, *(at + moved for at in self._starts[last:])]
        self.items[first:last] = items
        self.text = f"{self.text[:begin]}{''.join(f'{text} ' for text in texts)}{self.text[end:]}".removesuffix(" ")

    def _index(self, item: Item) -> int:
        """Where the item that begins at the same token stands."""
        return next(at for at, one in enumerate(self.items) if one.start == item.start)

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Item indexes of a stretch of the text."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return (first, last) if first < last else (0, 0)

    def find(self, pattern: str) -> Found | None:
        """The first place where a pattern stands."""
        return next(self.all(pattern), None)

    def has(self, pattern: str) -> bool:
        """Whether a pattern stands anywhere."""
        return self.find(pattern) is not None

    def said(self, pattern: str) -> bool:
        """Whether a pattern stands anywhere, consumed or not."""
        return compiled(pattern).search(self.text) is not None

    def worded(self) -> Sentence:
        """The same question with names and times as tags and all else as words."""
        plain = [replace(one, tag="") if one.tag in ("M", "D", "H", "N", "G", "O") else one for one in self.items]
        return Sentence(plain, self.original)

    def all(self, pattern: str) -> Iterator[Found]:
        """Every place where a pattern stands on words that no other rule has consumed."""
        for match in compiled(pattern).finditer(self.text):
            first, last = self.between(*match.span())
            if not any(one.used and not one.tag and one.word not in HARMLESS for one in self.items[first:last]):
                yield Found(self, match, first, last)

    def any(self, pattern: str) -> Iterator[Found]:
        """Every place where a pattern stands, consumed or not."""
        for match in compiled(pattern).finditer(self.text):
            yield Found(self, match, *self.between(*match.span()))

    def use(self, found: Found, *groups: str | int) -> None:
        """Mark the items of a match (or of some groups of it) as consumed."""
        for group in groups or (0,):
            if found.match.start(group) >= 0:
                self.use_range(*self.between(*found.match.span(group)))

    def use_words(self, found: Found) -> None:
        """Mark the words of a match as consumed, and leave its tags to others."""
        self.use_tags(one for one in found.items() if not one.tag)

    def use_range(self, first: int, last: int) -> None:
        """Mark items as consumed."""
        for index in range(first, last):
            self.items[index] = replace(self.items[index], used=True)

    def use_tags(self, items: Iterable[Item]) -> None:
        """Mark these tags as consumed wherever they stand now."""
        starts = {item.start for item in items}
        self.items = [replace(one, used=True) if one.start in starts else one for one in self.items]

    def put(self, found: Found, tag: str, name: str, value: Any = None, *, used: bool = False) -> Item:
        """Put one tag in the place of a whole match."""
        covered = self.items[found.first : found.last]
        item = Item(
            word=" ".join(one.word for one in covered), raw=" ".join(one.raw for one in covered),
            start=covered[0].start, end=covered[-1].end, tag=tag, name=name, value=value, used=used,
        )  # fmt: skip
        self._replace(found.first, found.last, [item])
        return item

    def swap(self, old: Item, new: Item) -> None:
        """Put one item in the place of another."""
        at = self._index(old)
        self._replace(at, at + 1, [new])

    def refresh(self) -> None:
        """Join the text again after items were set in place."""
        self._join()

    def drop(self, first: int, last: int) -> None:
        """Take items out: words that change nothing."""
        self._replace(first, last, [])

    def tags(self, kind: str, *, unused: bool = False) -> list[Item]:
        """The tags of a kind in order."""
        return [one for one in self.items if one.tag == kind and not (unused and one.used)]

    def rewrite(self, pattern: str, build: Callable[[Found], Item | None]) -> None:
        """Apply `build` to each match in turn; it puts a tag itself and gives it back, or None to leave the match."""
        position = 0
        while match := compiled(pattern).search(self.text, position):
            first, last = self.between(*match.span())
            put = build(Found(self, match, first, last))
            if put is None:
                position = match.end() if match.end() > match.start() else match.end() + 1
            else:
                position = self._starts[self._index(put)] + len(put.text)
