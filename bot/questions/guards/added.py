"""Nothing stands in a query that no word asked for: each filter, grouping, rank and share has its word."""

from __future__ import annotations

from collections.abc import Iterator

from bot.questions.guards.clauses import Part
from bot.questions.guards.scene import Scene
from bot.questions.lexicon.tables import entries, phrases
from bot.questions.lexicon.words import meanings, single_words
from bot.questions.reading import Intent, Reading, Unclear
from storage.query import Op, Query

_OF_LANGUAGE = ("kind", "mode", "ledger")


def _asking(name: str) -> frozenset[str]:
    """The words of which one has to stand there."""
    return frozenset(next((entry.words for entry in entries("asked") if entry.name == name), ()))


def unasked(scene: Scene) -> Reading | None:
    """Ask back where the query holds what no word of the message, nor the question before, says."""
    query = scene.query
    if query is None:
        return None
    words = {word for word in scene.words()} | {
        word for mention in scene.marked.mentions if not mention.context for word in mention.said.lower().split()
    }
    what = (
        _filters(query, scene, words)
        or _groups(query, scene, words)
        or _shape(query, scene, words)
        or _against(query, scene, words)
        or _numbers(query, scene)
    )
    if not what:
        return None
    return Unclear(
        text=f"I read {what} into that question, but no word of it says so. What is meant?", steps=("guard: added",)
    )


def _filters(query: Query, scene: Scene, words: set[str]) -> str:
    before = scene.before.filters if scene.before else ()
    for condition in query.filters:
        if condition.op is Op.NOT_IN and condition not in before and not words & _asking("leaves out in words"):
            return f"an exception on {condition.dimension}"
        if condition.dimension == "person" and condition not in before and condition.values == (scene.world.asker,):
            own = any(mention.kind == "person" and scene.is_used(mention) for mention in scene.marked.mentions)
            if not own and not words & _asking("own"):
                return "your own figures"
        if (
            condition.dimension in _OF_LANGUAGE
            and condition not in before
            and not words & _asking(f"filter {condition.dimension}")
        ):
            return f"a filter on {condition.dimension}"
    return ""


def holds_anyway(scene: Scene) -> bool:
    """ "contractors too", "including agents": says what holds anyway."""
    kinds = _asking("filter kind") & _KINDS
    for clause in scene.clauses:
        words = clause.words
        for at, word in enumerate(words):
            near = {*words[max(0, at - 2) : at], *words[at + 1 : at + 5]}
            if word in kinds and near & _asking("holds anyway"):
                return True
    return False


_KINDS = frozenset(
    ["agent", "agents", "bot", "bots", "contractor", "contractors", "freelancers", "externals", "employees"]
)


def _groups(query: Query, scene: Scene, words: set[str]) -> str:
    before = scene.before.group_by if scene.before else ()
    named = {name for clause in scene.clauses for name in _listed(clause.parts, query.order is not None)}
    held = {condition.dimension: len(condition.values) for condition in query.filters}
    several = {mention.kind for mention in scene.marked.mentions if held.get(mention.kind, 0) != 1}
    for name in query.group_by:
        if name in before or name in named or words & _asking(f"group {name}"):
            continue
        if name not in several and not query.scopes:
            return f"a list by {name}"
    return ""


def _listed(parts: tuple[Part, ...], ranked: bool) -> Iterator[str]:
    """The dimensions that a clause lists: not one that only says what kind of thing a name beside it is."""
    words = [part if isinstance(part, str) else _MASK for part, _ in parts]
    for name, start, end in phrases("dimensions").all(words):
        before = set(words[max(0, start - 3) : start])
        plural = words[end - 1].endswith("s") and not words[end - 1].endswith("ss")
        after = set(words[end : end + 1])
        if plural or ranked or before & _asking("each") or after & ({"wise", "mix", "split"} | _asking("share nouns")):
            yield name


_MASK = "§"


def _shape(query: Query, scene: Scene, words: set[str]) -> str:
    before = scene.before
    if query.share and not (before and before.share) and not words & _asking("share"):
        return "a share"
    if query.order and not (before and before.order) and not words & _ranks():
        return "a ranking"
    if query.average and not (before and before.average) and not words & _asking("average"):
        return "an average"
    return ""


def _ranks() -> frozenset[str]:
    ranks = {word for phrase in meanings("comparisons") for word in phrase.split()}
    return frozenset(ranks) | single_words("plain")


def _against(query: Query, scene: Scene, words: set[str]) -> str:
    """A comparison needs two periods, or a word that compares."""
    if query.previous is None or (scene.before and scene.before.previous) or scene.intent is Intent.WHY:
        return ""
    said = [mention.kind for mention in scene.marked.mentions if not mention.context]
    threaded = scene.before is not None and "period" in said
    if "compare" in said or said.count("period") > 1 or threaded or words & _asking("comparison"):
        return ""
    return "a comparison"


def _numbers(query: Query, scene: Scene) -> str:
    """A limit and a threshold need their number."""
    before = scene.before
    said = {float(mention.values[0]) for mention in scene.marked.mentions if mention.kind == "number"}
    kept = query.limit in (None, 1) or (before is not None and before.limit == query.limit)
    if not kept and float(query.limit or 0) not in said and str(query.limit) not in " ".join(scene.words()):
        return "a number of rows"
    for threshold in query.having:
        held = any(threshold.value == old.value for old in before.having) if before else False
        if (
            threshold.value != 0
            and not held
            and not {abs(threshold.value), abs(threshold.value) * 100} & {abs(value) for value in said}
        ):
            return "a threshold"
    return ""
