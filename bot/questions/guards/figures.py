"""The figure that is said is the one queried; a share, a grain and a threshold's direction that are said are there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.questions.finders.marks import Mention
from bot.questions.guards.scene import Scene
from bot.questions.lexicon.tables import entry, phrases
from bot.questions.periods.words import word_set
from bot.questions.reading import Intent, Reading, Unclear
from storage.catalogue import METRICS, Unit
from storage.query import By, Compare, Query

# Words that say how a figure came about as often as which figure it is: "the tokens we burned", "cost of AI usage".
# What is said beside a figure that it counts a part of.
_BESIDE = frozenset(
    (
        ("suggested", "accepted"),
        ("requests", "inactive_people"),
        ("tokens", "top_decile_share"),
        ("cached_input_tokens", "fresh_tokens"),
    )
)
_TOKENS = frozenset((Unit.TOKENS, Unit.TOKENS_PER_PERSON, Unit.FRACTION))


_ASKING = frozenset(("", "please", "kindly", "you", "to", "and", "also", "could", "can", "will", "just", "pls"))
_DETERMINERS = word_set("the with me us your my this that these those it a an our")


def _words(name: str) -> frozenset[str]:
    return frozenset(entry("asked", name).words)


def figure_said(scene: Scene) -> Reading | None:
    """Ask back where a figure is named that the query does not hold."""
    query = scene.query
    if query is None:
        return None
    held = [part for name in query.metrics for part in (name, *name.split("/"))]
    for clause in scene.asked:
        words = clause.words
        for name, start, end in phrases("metrics").all(words):
            said = " ".join(words[start:end])
            if said in _words("figures in passing") or any(_related(name, metric) for metric in held):
                continue
            label = METRICS[name].label
            text = f"Is {label} meant by “{said}”? I read the question as one for {_labels(query)}."
            return Unclear(text=text, steps=(f"guard: figures (“{said}”)",))
    return None


def money_said(scene: Scene) -> Reading | None:
    """A question for money is not answered with tokens."""
    query = scene.query
    if query is None or any("cost" in name for name in query.metrics):
        return None
    for clause in scene.asked:
        said = next((word for word in clause.words if word in _words("money nouns")), None)
        other = {name for name, start, end in phrases("metrics").all(clause.words) if name != "cost"}
        if said is not None and not other and "hours" not in " ".join(query.metrics):
            text = f"Is cost meant by “{said}”? I read the question as one for {_labels(query)}."
            return Unclear(text=text, steps=("guard: money",))
    return None


def _labels(query: Query) -> str:
    return " and ".join(
        METRICS[name].label if name in METRICS else name.replace("/", " per ") for name in query.metrics
    )


def _related(said: str, queried: str) -> bool:
    """Whether a metric that was said is the one queried, what it divides, or a part of its ratio."""
    if said == queried or queried not in METRICS or said not in METRICS:
        return said == queried
    if queried.startswith(f"{said}_per_"):
        return True
    if (said, queried) in _BESIDE or (said == "active_people" and "active" in queried):
        return True
    if said == "tokens" and METRICS[queried].unit in _TOKENS:
        return True
    of_ratio = {name.removeprefix("w_") for name in METRICS[queried].measures}
    return METRICS[said].additive and METRICS[said].measures <= of_ratio


def share_said(scene: Scene) -> Reading | None:
    """Ask back where a part of a whole is asked and the query gives none."""
    query = scene.query
    if query is None or query.share or query.previous or query.having or _is_fraction(query):
        return None
    said = next((word for clause in scene.asked for word in _parts_of_a_whole(clause.words)), None)
    if said is None:
        return None
    return Unclear(text=f"“{said.capitalize()}” of what, and in what?", steps=("guard: shares",))


def _parts_of_a_whole(words: list[str]) -> Iterator[str]:
    """Nouns for a part; "kindly share the tokens" asks for none."""
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        verb = word in ("share", "shares") and after != "of" and (before in _ASKING or after in _DETERMINERS)
        if word in _words("share nouns") and not verb:
            yield word


def _is_fraction(query: Query) -> bool:
    return any(METRICS[name].unit is Unit.FRACTION for name in query.metrics if name in METRICS)


def grain_said(scene: Scene) -> Reading | None:
    """Ask back where a series is read that no word asks for."""
    query = scene.query
    if query is None or query.grain is None or (scene.before and scene.before.grain):
        return None
    loose = (mention for mention in scene.marked.mentions if mention.kind == "period" or not scene.is_used(mention))
    periods = [mention.said.lower() for mention in loose if not mention.context]
    words = {*scene.words(), *(word for said in periods for word in said.split())}
    if words & _words("series"):
        return None
    return Unclear(text="Is one figure meant, or a series over time?", steps=("guard: grain",))


def direction_said(scene: Scene) -> Reading | None:
    """ "200 dollars or less" keeps those at most so high."""
    query = scene.query
    if query is None:
        return None
    for clause in scene.asked:
        parts = [part for part, _ in clause.parts]
        for at, mention in enumerate(parts):
            if not isinstance(mention, Mention) or mention.kind != "number" or not scene.is_used(mention):
                continue
            after = [part for part in parts[at + 1 : at + 4] if isinstance(part, str)]
            before = [part for part in parts[max(0, at - 4) : at] if isinstance(part, str)]
            if not _agrees(query, float(mention.values[0]), set(before), after):
                return Unclear(text=f"More or less than {mention.said}?", steps=("guard: thresholds",))
    return None


def _agrees(query: Query, value: float, before: set[str], after: list[str]) -> bool:
    """Whether a threshold at this number looks the way that the words beside it say."""
    more, less = _words("more"), _words("less")
    lower = [
        threshold.compare in (Compare.LT, Compare.LE)
        for threshold in query.having
        if threshold.by not in (By.CHANGE, By.CHANGE_PCT) and abs(threshold.value) in (abs(value), abs(value) / 100)
    ]
    tail = after[1:2] if after[:1] and after[0] in ("or", "and", "at") else []
    if tail and tail[0] in more | less:
        return all(is_lower is (tail[0] in less - {"most"} or after[:2] == ["at", "most"]) for is_lower in lower)
    over = bool(before & more) and not before & (less - {"most"})
    under = bool(before & less) and not before & more
    unsaid = value != 0 and not (before | {*after}) & (more | less)  # "with 50 % adoption"
    return not ((over and any(lower)) or (under and not all(lower)) or (unsaid and any(lower)))


def comparison_said(scene: Scene) -> Reading | None:
    """A comparison that is said is in the query, whether one figure is usual, and an average."""
    query = scene.query
    if query is None:
        return None
    words = {word for clause in scene.asked for word in clause.words}
    compares = any(mention.kind == "compare" for clause in scene.asked for mention in clause.mentions)
    if compares and query.previous is None and scene.intent is not Intent.PEERS and not query.grain:
        return Unclear(text="What should be compared with what?", steps=("guard: comparison",))
    still = not (query.previous or query.grain or query.order or query.having or scene.before)
    if words & _words("better or worse") and still and scene.intent is Intent.FIGURES:
        return Unclear(text="Better or worse than when?", steps=("guard: comparison",))
    named = sum(len(condition.values) for condition in query.filters) + len(query.scopes)
    plain = not (query.previous or query.grain or query.group_by or scene.before) and named < 2
    if {"compare", "compared"} & words and plain and scene.intent is Intent.FIGURES:
        return Unclear(text="What should be compared with what?", steps=("guard: comparison",))
    if {"zero", "zeros", "zeroes"} & words and "person" in query.group_by and not (query.everyone or query.having):
        return Unclear(text="Those without any use as well?", steps=("guard: everyone",))
    if words & _words("usual") and scene.intent is Intent.FIGURES:
        return Unclear(text="Do you want to know whether that is usual?", steps=("guard: usual",))
    if words & _words("mean") and _may_average(query):
        return Unclear(text="What is “average” taken per: day, week, month or person?", steps=("guard: average",))
    return None


def _may_average(query: Query) -> bool:
    """Whether the query's figure is a plain sum, of which an average would be another."""
    if query.average or query.grain or query.previous:
        return False
    return all(name in METRICS and METRICS[name].additive for name in query.metrics)


def order_said(scene: Scene) -> Reading | None:
    """ "Highest" ranks downwards and "lowest" upwards; the grain said is the grain queried."""
    query = scene.query
    if query is None:
        return None
    words = [word for clause in scene.asked for word in clause.words]
    found = {name for name, _, _ in phrases("comparisons").all(words)}
    if query.order is not None and query.order.by is By.VALUE and not query.having:
        wrong = "highest" if not query.order.descending else "lowest"
        right = "lowest" if wrong == "highest" else "highest"
        if wrong in found and right not in found and not {"cheap", "cheapest", "order"} & set(words):
            return Unclear(text="From the highest down, or from the lowest up?", steps=("guard: order",))
    if query.grain is not None and not scene.before:
        said = {_GRAINS[word] for word in words if word in _GRAINS}
        said |= {word for by, word in pairwise(words) if by in ("by", "each", "every") and word in _GRAINS.values()}
        if said and query.grain.value not in said:
            return Unclear(text=f"By {query.grain.value}, or by {min(said)}?", steps=("guard: grain",))
    return None


_GRAINS = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}
