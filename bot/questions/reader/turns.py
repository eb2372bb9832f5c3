"""What a reply says by itself stands: its total, its values of the language, and which names it does not bring back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.questions.finders.marks import Marked, Mention
from bot.questions.lexicon.tables import entry, phrases
from bot.questions.reader.choices import Choices, Role
from bot.questions.reader.schema import COMPOSITES, NAMED
from storage.query import Query

LISTED = {"group": "none", "group2": "none", "grain": "none", "order": "none", "skip": "0", "zero": "none"}


def settled(marked: Marked, chosen: Choices, before: Query) -> Choices:
    """The choices of a reply to `before` with what it says in their place."""
    words = [part for part, _ in marked.here if isinstance(part, str)]
    heads = {**chosen.heads, **_values(words, before)}
    if _is_total(marked) and (before.group_by or before.grain):
        heads |= {**LISTED, "status": "figures"}
    roles = [_role(*pair, before, words) for pair in zip(marked.mentions, chosen.roles, strict=True)]
    said = {name for name, value in heads.items() if value != chosen.heads[name]}
    return replace(chosen, heads=heads, roles=roles, sure={**chosen.sure, **dict.fromkeys(said, 1.0)})


def completed(marked: Marked, chosen: Choices) -> Choices:
    """The choices of a reply to what was asked back: what it names replaces its like in the message it completes."""
    here = {id(part) for part, _ in marked.here}
    pairs = list(zip(marked.mentions, chosen.roles, strict=True))
    said = {mention.kind for mention, role in pairs if id(mention) in here and role.name in ("in", "scope", "main")}
    words = {part for part, _ in marked.here if isinstance(part, str)}
    if words & set(entry("asked", "adds").words):
        return chosen
    roles = [
        Role("ignore", 1.0) if mention.kind in said and id(mention) not in here and not mention.context else role
        for mention, role in pairs
    ]
    return replace(chosen, roles=roles)


def _is_total(marked: Marked) -> bool:
    """ "Sum?", "and in total": one figure in place of a list."""
    words = [part for part, _ in marked.here if not isinstance(part, str) or part.isalpha()]
    total, beside = set(entry("asked", "total").words), set(entry("asked", "beside a total").words)
    return bool(total & set(words)) and all(word in total | beside for word in words)


def _values(words: list[str], before: Query) -> Mapping[str, str]:
    """ "And assisted?" after "by hand": the one value said replaces the one that was asked for."""
    found: dict[str, set[str]] = {}
    for name, _, _ in phrases("values").all(words):
        dimension, _, value = name.partition("=")
        found.setdefault(dimension, set()).add(value)
    held = {condition.dimension for condition in before.filters}
    return {
        f"of_{dimension}": next(iter(values))
        for dimension, values in found.items()
        if dimension in held and len(values) == 1 and next(iter(values)) in COMPOSITES[dimension]
    }


def _role(mention: Mention, role: Role, before: Query, words: list[str]) -> Role:
    """A name that the question before had already replaced stays away, unless the words bring it back."""
    filters = (*before.filters, *(before.share.over if before.share else ()))
    held = {(condition.dimension, value) for condition in filters for value in condition.values}
    held |= {("team", value) for value in before.scopes}
    gone = mention.context and mention.kind in NAMED and not {(mention.kind, value) for value in mention.values} <= held
    if gone and not set(words) & set(entry("asked", "brings back").words):
        return Role("ignore", 1.0)
    return role
