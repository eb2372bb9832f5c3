"""The people of a roster by the words of their names and addresses, looked at where a question has such words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from bot.questions.finders.folding import Words, fold, folded
from bot.questions.finders.name import Fit, Name, runs
from storage.names import PersonName
from storage.roster_records import Kind


class PeopleNames:
    """Finds people by whole names, addresses and parts of either."""

    def __init__(self, people: Iterable[PersonName]) -> None:
        self._people = tuple(people)
        self._with_word: dict[str, list[PersonName]] = defaultdict(list)
        self._of_domains: set[str] = set()  # words that tell nobody apart
        self.longest = 0
        for person in self._people:
            local, _, domain = person.email.partition("@")
            name, before, after = folded(person.name), folded(local), fold(domain)
            self.longest = max(self.longest, len(name), len(before) + len(after))
            self._of_domains.update(after)
            for word in {*name, *before}:
                self._with_word[word].append(person)

    @property
    def words(self) -> set[str]:
        """All words of names and addresses."""
        return self._of_domains.union(self._with_word)

    @cached_property
    def whole(self) -> tuple[Name, ...]:
        """Everybody by their own name."""
        return tuple(_name(person, Fit.WHOLE) for person in self._people)

    def find(self, words: Words) -> list[Name]:
        """Everybody whom these words may mean."""
        having = [self._with_word[word] for word in words if word in self._with_word]
        if not having or not all(word in self._with_word or word in self._of_domains for word in words):
            return []
        fewest = min(having, key=len)  # of a first name and a surname the rarer one
        fits = ((person, _fit(person, words)) for person in fewest)
        return [_name(person, fit) for person, fit in fits if fit is not None]


def _name(person: PersonName, fit: Fit) -> Name:
    return Name("person", person.email, person.name or person.email, fit)


def _fit(person: PersonName, words: Words) -> Fit | None:
    """How well words fit somebody."""
    names = fold(person.name)
    if words in (names, fold(person.email)):
        return Fit.WHOLE
    return Fit.PART if words == _local(person) or _are_part(person, names, words) else None


def _local(person: PersonName) -> Words:
    """What stands before the @, where that is more than a word."""
    local = fold(person.email.partition("@")[0])
    return local if len(local) > 1 else ()


def _are_part(person: PersonName, names: Words, words: Words) -> bool:
    """Whether words are a part of a name by which somebody is called."""
    if person.kind == Kind.AGENT:
        return words in runs(names) and (len(words) > 1 or words[0] not in ("bot", "agent"))
    if len(names) > 1 and words in (names[::-1], (names[0], names[-1])):
        return True
    return len("".join(words)) > 1 and words in map(fold, person.name.replace("-", " ").split())
