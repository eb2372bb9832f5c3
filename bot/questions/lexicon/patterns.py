"""Regular expressions that are compiled when a text first holds the words that they cannot do without.

Compiling hundreds of them is a good part of a start, and few are ever tried on a question. What each needs is looked up
beforehand (`needs.json`, by `python -m tests.bot.questions.lexicon.needs`); one that is not in there is just compiled.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from hashlib import blake2b
from pathlib import Path

NEEDS = Path(__file__).with_name("needs.json")
Needs = Sequence[Sequence[str]]


class LatePattern:
    """A pattern that is compiled when it is first tried; used like a compiled one."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, flags

    def search(self, text: str) -> re.Match[str] | None:
        """Its first place in a text."""
        return self.compiled.search(text) if self.may_fit(text) else None

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        """What it makes of a text from there on."""
        if "compiled" in self.__dict__ or self.may_fit(text):  # at one place it is tried sooner than what it needs
            return self.compiled.match(text, at)
        return None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """What it makes of a whole text."""
        return self.compiled.fullmatch(text) if self.may_fit(text) else None

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with something else in each of its places."""
        return self.compiled.sub(new, text) if self.may_fit(text) else text

    def may_fit(self, text: str) -> bool:
        """Whether a text holds one word of each group that it needs."""
        if not text.isascii():  # some letters beyond ASCII pass for one of it
            return True
        lower = text.lower()
        return all(any(word in lower for word in words) for words in self._needs)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self.pattern, self.flags)

    @cached_property
    def _needs(self) -> Needs:
        return _known().get(key_of(self.pattern), ())


def key_of(pattern: str) -> str:
    """Under which key it is known what a pattern needs."""
    return blake2b(pattern.encode(), digest_size=8).hexdigest()


@cache
def _known() -> Mapping[str, Needs]:
    known: Mapping[str, Needs] = json.loads(NEEDS.read_bytes())
    return known
