"""What a guard looks at: the message in clauses, the query it became, and what of the message the query used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.questions.finders.marks import Marked, Mention
from bot.questions.guards.clauses import Clause, clauses_of
from bot.questions.reading import Intent, World
from storage.query import Query


@dataclass(frozen=True)
class Choice:
    """What the network chose of a message, as far as guards ask.

    roles    of each mention in order
    asides   indexes of the parts that it takes for context
    """

    roles: tuple[str, ...]
    asides: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Scene:
    """A message and what became of it; `query` is None where nothing is answered."""

    marked: Marked
    choice: Choice
    world: World
    query: Query | None = None
    before: Query | None = None
    intent: Intent = Intent.FIGURES
    clauses: tuple[Clause, ...] = field(init=False)
    used: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        pairs = zip(self.marked.mentions, self.choice.roles, strict=True)
        used = frozenset(id(mention) for mention, role in pairs if role != "ignore")
        object.__setattr__(self, "used", used)
        first = len(self.marked.parts) - len(self.marked.raws)
        asides = frozenset(at - first for at in self.choice.asides if at >= first)
        object.__setattr__(self, "clauses", clauses_of(self.marked.here, used, asides))

    @property
    def asked(self) -> Iterator[Clause]:
        """The clauses of the question."""
        return (clause for clause in self.clauses if not clause.aside)

    @property
    def passed_over(self) -> tuple[str, ...]:
        """What is context, as it was written."""
        return tuple(clause.said for clause in self.clauses if clause.aside and clause.worth_saying)

    def is_used(self, mention: Mention) -> bool:
        """Whether the query holds a mention."""
        return id(mention) in self.used

    def said(self) -> str:
        """The whole message, lower case, its names as they were written."""
        parts = (part if isinstance(part, str) else part.said.casefold() for part, _ in self.marked.here)
        return " ".join(parts)

    def words(self) -> list[str]:
        """All plain words of the message, lower case."""
        return [part for part, _ in self.marked.here if isinstance(part, str)]
