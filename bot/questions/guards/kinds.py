"""Kinds of people, modes of work and lists that are said are in the query."""

from __future__ import annotations

from itertools import pairwise

from bot.questions.finders.marks import Mention
from bot.questions.guards.clauses import Clause
from bot.questions.guards.scene import Scene
from bot.questions.lexicon.tables import entries, entry, phrases
from bot.questions.periods.words import word_set
from bot.questions.reader.listing import listed
from bot.questions.reading import Reading, Unclear
from storage.query import Query

# Either may be meant by "agents", "bots", "humans": the network says which.
_EITHER = {"kind": ("kind", "mode"), "mode": ("mode", "kind"), "ledger": ("ledger",)}
_OF_MODES = word_set(
    """
    inactive_people adoption_rate agent_share ai_share autonomy_share hours_offloaded offloadable_hours human_hours
    human_minutes
    """
)
_SUGGESTED = frozenset(("suggested", "accepted", "acceptance_rate"))


def values_said(scene: Scene) -> Reading | None:
    """ "by hand", "among the freelancers": a filter, a list or a figure of that kind is in the query."""
    query = scene.query
    if query is None or set(query.metrics) & _OF_MODES:
        return None
    anyway = frozenset(entry("asked", "holds anyway").words)
    for clause in scene.asked:
        words = _words_left(scene, clause)
        for name, start, end in phrases("values").all(words):
            near = {*words[max(0, start - 2) : start], *words[end : end + 3]}
            dimension, said = name.partition("=")[0], " ".join(words[start:end])
            if near & anyway or said in _OF_SPEECH or _holds(query, _EITHER[dimension]) or _in_figure(scene, said):
                continue
            return Unclear(text=f"What is “{said}” for in that question?", steps=(f"guard: values (“{said}”)",))
    return None


_OF_SPEECH = word_set("chat human humans manual agent internal employee employees")


def _words_left(scene: Scene, clause: Clause) -> list[str]:
    """The words of a clause that no name of the query took: "agents", where "Agent" is somebody's title as well."""
    used = {mention.said for mention in clause.mentions if scene.is_used(mention)}
    words: list[str] = []
    for part, _ in clause.parts:
        if isinstance(part, str):
            words.append(part)
        elif part.kind == "title" and part.doubtful and part.said not in used:
            words += part.said.casefold().split()
    return words


def _holds(query: Query, dimensions: tuple[str, ...]) -> bool:
    filtered = {condition.dimension for condition in query.filters} | set(query.group_by)
    if query.share is not None:
        filtered |= {condition.dimension for condition in query.share.over}
    return bool(filtered & set(dimensions)) or "person" in filtered


def _in_figure(scene: Scene, said: str) -> bool:
    """Whether the words stand inside the name of a figure: "completion tokens", "accepted completions"."""
    if scene.query is not None and "completion" in said and _SUGGESTED & set(scene.query.metrics):
        return True
    for clause in scene.asked:
        for _, start, end in phrases("metrics").all(clause.words):
            if said in " ".join(clause.words[start:end]):
                return True
    return False


def lists_said(scene: Scene) -> Reading | None:
    """ "by team then by tool": each list that is asked for is given."""
    query = scene.query
    if query is None or query.scopes:
        return None
    for clause in scene.asked:
        parts = [part for part, _ in clause.parts]
        for dimension, _, end in listed([part if isinstance(part, str) else "" for part in parts]):
            if dimension in query.group_by or _beside_name(parts, end, dimension):
                continue
            return Unclear(text=f"A list by {dimension} as well?", steps=(f"guard: lists (by {dimension})",))
    return None


def heads_said(scene: Scene) -> Reading | None:
    """ "Per employee", "tokens/employee": a figure a head, or a list of people."""
    query = scene.query
    if query is None or "person" in query.group_by or any("per_" in name or "/" in name for name in query.metrics):
        return None
    people = {phrase for entry in entries("dimensions") if entry.name.startswith("people.") for phrase in entry.words}
    for clause in scene.asked:
        words = [word for word in clause.words if word not in ("active", "single")]  # "per active user"
        for word, after in pairwise(words):
            if word in ("per", "/") and after in people and query.metrics[0] not in _OF_HEADS:
                return Unclear(text="A figure per person, or in all?", steps=("guard: per head",))
    return None


def names_said(scene: Scene) -> Reading | None:
    """ "Who is not using it?" asks for names, no count."""
    query = scene.query
    if query is None or query.group_by or query.scopes or query.filter_on("person"):
        return None
    counted = {"count", "many", "number"} & set(scene.words())
    if not counted and any(clause.words[:1] == ["who"] for clause in scene.asked):
        return Unclear(text="Are the names meant, or how many?", about="person", steps=("guard: names asked",))
    return None


_OF_HEADS = word_set("headcount active_people inactive_people adoption_rate active_days_per_person")


def _beside_name(parts: list[str | Mention], at: int, dimension: str) -> bool:
    """ "by team Web" is of one team."""
    after = parts[at] if at < len(parts) else ""
    return isinstance(after, Mention) and after.kind == dimension
