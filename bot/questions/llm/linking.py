"""Names become placeholders before a model reads the question: nothing that the store holds is ever shown to it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.questions.finders.marking import mark
from bot.questions.finders.marks import Marked, Mention
from bot.questions.finders.names import Fit, Name, gazetteer
from bot.questions.finders.naming import names_in
from bot.questions.guards.amounts import clock_times
from bot.questions.guards.check import objection
from bot.questions.guards.conditions import unrecorded
from bot.questions.guards.scene import Choice, Scene
from bot.questions.reading import Reading, Understood, World
from bot.questions.tokens import Token, clean, tokenise
from storage.names import Directory
from storage.query import Filter, Query

OPENED, CLOSED = "⟦", "⟧"
_BRACKETS = re.compile(f"[{OPENED}{CLOSED}]")
# These are words of the language with a fixed list of values, not names of anybody.
PUBLIC = ("kind", "mode", "ledger")


@dataclass(frozen=True, slots=True)
class Link:
    """A placeholder: what it may stand for, and the words that said it ("" for one out of the thread)."""

    token: str
    names: tuple[Name, ...]
    words: str = ""

    @property
    def dimensions(self) -> frozenset[str]:
        """What kinds of thing it may be."""
        return frozenset(name.dimension for name in self.names)


@dataclass
class Linked:
    """A question with placeholders. `clean` is the text that the tokens stand in."""

    clean: str
    text: str
    tokens: tuple[Token, ...]
    marked: Marked
    refused: Reading | None = None  # by code: what nobody recorded, no model can find
    links: dict[str, Link] = field(default_factory=dict)
    thread: str = ""

    def add(self, names: Sequence[Name], words: str = "") -> str:
        """A placeholder of this question."""
        kind = "_or_".join(sorted({name.dimension for name in names}))
        token = f"{OPENED}{kind}:{len(self.links) + 1}{CLOSED}"
        self.links[token] = Link(token, tuple(names), words)
        return token

    def said(self, text: str) -> str:
        """The asker's words again: placeholders that a model copied, undone."""
        for token, link in self.links.items():
            text = text.replace(token, link.words)
        return text


def link(text: str, world: World, before: Understood | None = None) -> Linked:
    """The question as a model may see it, and the thread's last query likewise."""
    cleaned, _ = clean(_BRACKETS.sub(" ", text))
    tokens = tokenise(cleaned).tokens
    marked = mark(cleaned, world)
    linked = Linked(cleaned, "", tokens, marked, refused=_refused(marked, world))
    pieces, at = [], 0
    for first, last, found in names_in(tokens, gazetteer(world.directory)):
        if all(mention.doubtful for mention in found):
            continue
        start, end = tokens[first].start, tokens[last - 1].end
        names = tuple(name for mention in found for name in _names(mention, world.directory))
        pieces += [cleaned[at:start], linked.add(names, cleaned[start:end])]
        at = end
    linked.text = "".join([*pieces, cleaned[at:]])
    if before is not None:
        linked.thread = json.dumps(_shape(before.query, linked), ensure_ascii=False)
    return linked


def _refused(marked: Marked, world: World) -> Reading | None:
    scene = Scene(marked, Choice(tuple("ignore" for _ in marked.mentions)), world)
    return objection(scene, (unrecorded, clock_times))


def _names(mention: Mention, directory: Directory) -> list[Name]:
    fit = Fit.PART if mention.part else Fit.WHOLE
    people = directory.person
    labels = [people[value].name if mention.kind == "person" and value in people else value for value in mention.values]
    return [Name(mention.kind, value, label, fit) for value, label in zip(mention.values, labels, strict=True)]


def _shape(query: Query, linked: Linked) -> dict[str, Any]:
    """What the question before asked, without a name and without a date."""
    shape: dict[str, Any] = {"metrics": list(query.metrics)}
    if query.group_by:
        shape["group_by"] = list(query.group_by)
    if query.grain:
        shape["grain"] = query.grain.value
    filters = [_filter(condition, linked) for condition in query.filters]
    if query.scopes:
        teams = [_known("team", scope, linked) for scope in query.scopes]
        filters.append({"dimension": "team", "op": "in", "values": teams})
    if filters:
        shape["filters"] = filters
    for name, there in (("share", query.share), ("compare", query.previous), ("ranked", query.order)):
        if there is not None:
            shape[name] = True
    if query.limit is not None:
        shape["limit"] = query.limit
    return shape


def _filter(condition: Filter, linked: Linked) -> dict[str, Any]:
    public = condition.dimension in PUBLIC
    values = [value if public else _known(condition.dimension, value, linked) for value in condition.values]
    return {"dimension": condition.dimension, "op": condition.op.value, "values": values}


def _known(dimension: str, value: str, linked: Linked) -> str:
    return linked.add((Name(dimension, value, value, Fit.WHOLE),))
