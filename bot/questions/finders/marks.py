"""What the finders give: a message as words and typed mentions in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.questions.periods import Calendar, CompareMatch, PeriodMatch


@dataclass(slots=True, eq=False)
class Mention:
    """A stretch of the message that may be a value of the query.

    kind      a dimension, period, compare, number, clock (a time of day) or unknown (a name that nobody knows)
    words     what the network sees after the marker
    doubtful  an everyday word that may be none
    context   of the query before
    part      one part of a longer name
    of_figure a figure is asked of it, by its place: "cost in Analysis"
    together  all its values are meant ("my reports"), not one of them
    said      the words as written
    """

    kind: str
    words: tuple[str, ...]
    values: tuple[Any, ...] = ()
    match: PeriodMatch | CompareMatch | None = None
    doubtful: bool = False
    context: bool = False
    part: bool = False
    of_figure: bool = False
    together: bool = False
    said: str = ""

    @property
    def several(self) -> bool:
        """Whether it may be one of several values, and nobody knows which."""
        return len(self.values) > 1 and not self.together


@dataclass(slots=True)
class Marked:
    """A message as words and mentions in order; `raws` are the last parts as they were written."""

    parts: list[str | Mention] = field(default_factory=list)
    calendar: Calendar | None = None
    echoes: list[str] = field(default_factory=list)
    problem: bool = False
    problems: tuple[str, ...] = ()
    raws: list[str] = field(default_factory=list)

    @property
    def mentions(self) -> list[Mention]:
        """The mentions in order."""
        return [part for part in self.parts if isinstance(part, Mention)]

    @property
    def here(self) -> list[tuple[str | Mention, str]]:
        """The parts of this message with what was written, without those of the query before."""
        first = len(self.parts) - len(self.raws)
        return list(zip(self.parts[first:], self.raws, strict=True))
