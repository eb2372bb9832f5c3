"""Names become placeholders before a model reads the question: nothing that the store holds is ever shown to it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.questions.grammar.asides import drop_asides
from bot.questions.grammar.draft import Draft, Stop
from bot.questions.grammar.gazetteer import Fit, Name
from bot.questions.grammar.layout import Tagged
from bot.questions.grammar.sentence import Item
from bot.questions.grammar.tagging import tag
from bot.questions.grammar.unsupported import refuse
from bot.questions.periods import Calendar
from bot.questions.reading import Reading, Understood, World
from bot.questions.tokens import clean
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
        return frozenset(one.dimension for one in self.names)


@dataclass
class Linked:
    """A question with placeholders. `clean` is the text that the tokens of `tagged` stand in."""

    clean: str
    text: str
    tagged: Tagged
    refused: Reading | None = None  # by code: what nobody recorded, no model can find
    links: dict[str, Link] = field(default_factory=dict)
    thread: str = ""

    def add(self, names: Sequence[Name], words: str = "") -> str:
        """A placeholder of this question."""
        kind = "_or_".join(sorted({one.dimension for one in names}))
        token = f"{OPENED}{kind}:{len(self.links) + 1}{CLOSED}"
        self.links[token] = Link(token, tuple(names), words)
        return token

    def said(self, text: str) -> str:
        """The asker's words again: placeholders that a model copied, undone."""
        for token, link in self.links.items():
            text = text.replace(token, link.words)
        return text


def link(text: str, world: World, calendar: Calendar, before: Understood | None = None) -> Linked:
    """The question as a model may see it, and the thread's last query likewise."""
    cleaned, _ = clean(_BRACKETS.sub(" ", text))
    tagged = tag(cleaned, world, calendar)
    linked = Linked(cleaned, "", tagged)
    draft = Draft(world, calendar, tagged, before)
    drop_asides(draft)
    try:
        refuse(draft)
    except Stop as stop:
        linked.refused = stop.reading
    pieces, at = [], 0
    for item in tagged.sentence.items:
        if item.tag != "E" or item.name in PUBLIC:
            continue
        start, end = tagged.tokens[item.start].start, tagged.tokens[item.end - 1].end
        pieces += [cleaned[at:start], linked.add(_names(item), cleaned[start:end])]
        at = end
    linked.text = "".join([*pieces, cleaned[at:]])
    if before is not None:
        linked.thread = json.dumps(_shape(before.query, linked), ensure_ascii=False)
    return linked


def _names(item: Item) -> tuple[Name, ...]:
    names: tuple[Name, ...] = item.value
    return names


def _shape(query: Query, linked: Linked) -> dict[str, Any]:
    """What the question before asked, without a name and without a date."""
    shape: dict[str, Any] = {"metrics": list(query.metrics)}
    if query.group_by:
        shape["group_by"] = list(query.group_by)
    if query.grain:
        shape["grain"] = query.grain.value
    filters = [_filter(one, linked) for one in query.filters]
    if query.scopes:
        teams = [_known("team", one, linked) for one in query.scopes]
        filters.append({"dimension": "team", "op": "in", "values": teams})
    if filters:
        shape["filters"] = filters
    for name, there in (("share", query.share), ("compare", query.previous), ("ranked", query.order)):
        if there is not None:
            shape[name] = True
    if query.limit is not None:
        shape["limit"] = query.limit
    return shape


def _filter(one: Filter, linked: Linked) -> dict[str, Any]:
    public = one.dimension in PUBLIC
    values = [value if public else _known(one.dimension, value, linked) for value in one.values]
    return {"dimension": one.dimension, "op": one.op.value, "values": values}


def _known(dimension: str, value: str, linked: Linked) -> str:
    return linked.add((Name(dimension, value, value, Fit.WHOLE),))
