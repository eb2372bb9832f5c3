"""Words that turn a question round (without, not, only) have an effect on the query, or stop the answer."""

from __future__ import annotations

from itertools import pairwise

from bot.questions.finders.marks import Mention
from bot.questions.guards.conditions import refusal
from bot.questions.guards.scene import Scene
from bot.questions.lexicon.tables import entry, phrases
from bot.questions.lexicon.words import whole_words
from bot.questions.periods.words import word_set
from bot.questions.reading import Reading, Unclear
from storage.query import Compare, Op, Query

_CLASSES = word_set(
    "cached_input_tokens cache_write_tokens input_tokens output_tokens reasoning_tokens fresh_tokens effective_tokens"
)
_PAID = word_set("dollars money usd price paid pay cost costs spend spent bill")


def _words(name: str) -> frozenset[str]:
    return frozenset(entry("asked", name).words)


def left_out(scene: Scene) -> Reading | None:
    """ "without X" leaves something out of the query; so does a "not" before a name."""
    query = scene.query
    if query is None or _leaves_out(query):
        return None
    for clause in scene.asked:
        parts = [part for part, _ in clause.parts]
        for at, word in enumerate(parts):
            following = parts[at + 1 : at + 4]
            named = [part for part in following if isinstance(part, Mention) and scene.is_used(part)]
            if word in _words("leaves out") and following and not _said_anyway(following):
                return Unclear(text=f"What is left out by “{word}” in that question?", steps=("guard: exceptions",))
            if word in ("not", "no") and named and following[0] not in _words("speech after not"):
                return Unclear(text=f"What does “{word}” leave out in that question?", steps=("guard: negation",))
    return None


def _leaves_out(query: Query) -> bool:
    negated = any(condition.op in (Op.NOT_IN, Op.BELOW) for condition in query.filters)
    zero = any(threshold.compare in (Compare.LT, Compare.LE) for threshold in query.having)
    kept = any(condition.dimension in ("kind", "mode", "ledger") for condition in query.filters)
    metrics = {"inactive_people", "adoption_rate", "fresh_tokens", "offloadable_hours", "hours_offloaded"}
    return negated or zero or kept or query.everyone or bool(metrics & set(query.metrics))


def _said_anyway(following: list[str | Mention]) -> bool:
    """ "without decimals", "without delay": manners."""
    first = following[0]
    return isinstance(first, str) and first in _words("speech after not")


def money_by_class(scene: Scene) -> Reading | None:
    """A sum of money by class of token is not recorded; neither figure alone is what was asked."""
    query = scene.query
    if query is None or len(query.metrics) > 1 or "/" in query.metrics[0]:
        return None
    for clause in scene.asked:
        found = {name for name, _, _ in phrases("metrics").all(clause.words)}
        money = _PAID & set(clause.words) and "many" not in clause.words
        both = "cost_per_million_tokens" in found or {"and", "plus"} & set(clause.words)
        if money and found & _CLASSES and not both:
            return refusal("price_class")
    return None


def divided(scene: Scene) -> Reading | None:
    """ "cost per wafer lot": a noun that nothing counts cannot divide."""
    query = scene.query
    if query is None:
        return None
    for clause in scene.asked:
        for word, after in pairwise([part for part, _ in clause.parts]):
            if word == "per" and not _divides(after, query, clause.words):
                return refusal("noun", f"per {after.said if isinstance(after, Mention) else after}")
    return None


def _divides(after: str | Mention, query: Query, words: list[str]) -> bool:
    """Whether something known is counted by it."""
    if isinstance(after, Mention):
        return after.kind not in ("workflow", "title", "team", "activity") or "item" in query.metrics[0]
    known = after in whole_words("plain", "metrics", "dimensions", "values", "comparisons")
    return known or not after.isalpha() or any(True for _ in phrases("metrics").all(["per", *words]))
