"""Conditions that nothing records, and words around a question, put into messages."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.questions.finders.marking import mark
from bot.questions.finders.marks import Mention
from bot.questions.lexicon.tables import entries
from bot.questions.reader.schema import NO_NAMES, TOPICS
from bot.questions.reading import World
from bot.questions.training.labels import MentionTarget, Word
from bot.questions.training.phrases import metric_at

HERE = Path(__file__).parent
KNOWN = 20_000  # marked phrases that are kept
_SLOT = re.compile(r"\{(\w+)\}")
_DAYS = ("yesterday", "monday", "last friday", "tomorrow", "thursday", "next week", "friday", "last week", "wednesday")
Inserted = list[tuple[str | Mention, MentionTarget | None]]


@dataclass(frozen=True, slots=True)
class InsertedPhrase:
    """A line of the data files: where it may stand, what it says, and its topic."""

    place: str
    text: str
    topic: str = ""


@cache
def conditions() -> tuple[InsertedPhrase, ...]:
    """All conditions: those written for this, and the words of the lexicon's."""
    out: list[InsertedPhrase] = []
    topic = ""
    for line in (HERE / "conditions.txt").read_text("utf-8").splitlines():
        if line.startswith("= "):
            topic = line[2:].strip()
        elif line and not line.startswith("#"):
            out.append(InsertedPhrase(line[0], line[2:].strip(), topic))
    known = (InsertedPhrase(">", phrase, entry.name) for entry in entries("conditions") for phrase in entry.words)
    return (
        *out,
        *(
            condition
            for condition in known
            if condition.topic in TOPICS and " " in condition.text and "*" not in condition.text
        ),
    )


@cache
def asides() -> dict[str, tuple[str, ...]]:
    """All asides by place."""
    out: dict[str, list[str]] = defaultdict(list)
    for line in (HERE / "asides.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            out[line[0]].append(line[2:].strip())
    return {place: tuple(found) for place, found in out.items()}


class Inserter:
    """Draws phrases and places for them."""

    def __init__(self, draw: random.Random) -> None:
        self.random = draw
        self._marked: dict[tuple[str, int], list[str | Mention]] = {}
        self._by_topic: dict[str, list[InsertedPhrase]] = defaultdict(list)
        for condition in conditions():
            self._by_topic[condition.topic].append(condition)

    def condition(self) -> InsertedPhrase:
        """A condition; each topic about as often as the root of its phrases."""
        topics = list(self._by_topic)
        weights = [len(self._by_topic[topic]) ** 0.6 for topic in topics]
        return self.random.choice(self._by_topic[self.random.choices(topics, weights)[0]])

    def aside(self, place: str, world: World) -> str:
        """An aside for a place with its slots filled."""
        return _SLOT.sub(lambda slot: self._fill(slot[1], world), self.random.choice(asides()[place]))

    def _fill(self, slot: str, world: World) -> str:
        pick, directory = self.random.choice, world.directory
        if slot == "day":
            return pick(_DAYS)
        if slot == "team":
            return pick(directory.teams).name
        if slot == "person":
            name = pick(directory.people).name
            return name if self.random.random() < 0.5 else name.split()[0]
        return pick(directory.values[slot])

    def marked(self, text: str, world: World, tag: str) -> Inserted | None:
        """A phrase's parts with their tag; None for a condition that is a name of this organisation."""
        key = (text, id(world.directory))
        if key not in self._marked:
            if len(self._marked) > KNOWN:
                self._marked.clear()
            self._marked[key] = mark(text, world).parts
        parts = self._marked[key]
        if tag == "condition" and any(isinstance(part, Mention) and part.kind not in NO_NAMES for part in parts):
            return None
        role = "ignore" if tag == "aside" else None
        out: Inserted = []
        for part in parts:
            if isinstance(part, Mention):
                out.append((part, MentionTarget(role)))
            else:
                out.append((Word(part, tag), None))
        return out

    def spot(self, parts: list[str | Mention], start: int, place: str) -> int:
        """Where a condition goes: "<" before what is counted or a name, else after one, at the front or the end."""
        metrics = [(at, hit[0]) for at in range(start, len(parts)) if (hit := metric_at(parts, at)) is not None]
        names = [
            at
            for at in range(start, len(parts))
            if isinstance(part := parts[at], Mention) and part.kind not in NO_NAMES and not part.context
        ]
        if place == "<":
            before = [at for at, _ in metrics] + [at for at in names if self.random.random() < 0.3]
            return self.random.choice(before) if before else -1
        after = [end for _, end in metrics] + [at + 1 for at in names]
        if place == "/" or (after and self.random.random() < 0.4):
            return self.random.choice(after) if after else -1
        return len(parts) if self.random.random() < 0.8 else start
