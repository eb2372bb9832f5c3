"""Why a figure is off its usual level: parts that sum exactly to the difference from an ordinary week.

An ordinary week is the geometric mean G of the baseline. It is also a weighted mean of the baseline's weeks y, with
weights 1 ÷ L(y, G) of the log-mean L, so that the exact parts against each of them, weighted so, sum to value − G.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import log

from bot.digest.baseline import DigestScope, series, series_query
from bot.digest.value import Cause
from bot.digest.week import Week
from bot.statistics.weekly import Usual
from storage.answer.decompose import decompose_series
from storage.catalogue import NONE
from storage.errors import StorageError
from storage.records import Period

NEW_SHARE = 0.05  # of the week's tokens, for something new to be worth a word
Parts = Mapping[str, float]
Against = Callable[[Week, float], Parts]


def causes(
    scope: DigestScope, metric: str, value: float, usual: Usual, before: Mapping[Week, float]
) -> tuple[Cause, ...]:
    """The parts, the largest first; none where they cannot be told or may not be shown."""
    try:
        against = PARTS[metric](scope, value, tuple(before))
        weights = {week: 1 / log_mean(y, usual.centre) for week, y in before.items() if y > 0}
        summed: dict[str, float] = defaultdict(float)
        for week, weight in weights.items():
            for name, part in against(week, before[week]).items():
                summed[name] += part * weight / sum(weights.values())
    except StorageError:
        return ()
    ordered = sorted(summed.items(), key=lambda part: (-abs(part[1]), part[0]))
    return tuple(Cause(factor=name, contribution=part) for name, part in ordered)


def coincidences(scope: DigestScope, before: Sequence[Week]) -> tuple[str, ...]:
    """Tools and models that have a part of the week's tokens and had none in the weeks before."""
    found: list[str] = []
    for dimension in ("tool", "model"):
        new = sorted(_new(scope, dimension, before))
        found += [f"first use of {name}" for name in new]
    return tuple(found[:2])


def log_mean(a: float, b: float) -> float:
    """L(a, b) = (a − b) ÷ ln(a ÷ b), and a where the two are the same."""
    return a if abs(a - b) <= 1e-12 * max(a, b) else (a - b) / log(a / b)


def _new(scope: DigestScope, dimension: str, before: Sequence[Week]) -> Iterator[str]:
    query = scope.query("tokens").with_(group_by=(dimension,))
    earlier = query.with_(period=Period(before[0].monday, before[-1].sunday))
    try:
        now, then = scope.rows(query), scope.rows(earlier)
    except StorageError:
        return
    known = {row.labels[dimension] for row in then} | {NONE}
    tokens = {row.labels[dimension]: row.values["tokens"] or 0 for row in now if not row.suppressed}
    for name, amount in tokens.items():
        if name not in known and amount > NEW_SHARE * sum(tokens.values()):
            yield name


def _of_tokens(scope: DigestScope, _value: float, weeks: Sequence[Week]) -> Against:
    query = series_query(scope.query("tokens_per_employee"), weeks, scope.week)
    found = decompose_series(scope.connection, scope.directory, query, scope.viewer)

    def against(week: Week, _y: float) -> Parts:
        return {part.labels["part"]: part.contribution for part in found[week.monday.isoformat()]}

    return against


def _of_cost(scope: DigestScope, value: float, weeks: Sequence[Week]) -> Against:
    tokens = series(scope, scope.query("tokens_per_employee"), [*weeks, scope.week])

    def against(week: Week, y: float) -> Parts:
        now, then = tokens.get(scope.week, 0.0), tokens.get(week, 0.0)
        if not (value and y and now and then):
            return {"cost": value - y}
        size = log_mean(value, y)
        return {
            "tokens per employee": size * log(now / then),
            "cost of a token": size * log((value / now) / (y / then)),
        }

    return against


def _of_adoption(scope: DigestScope, value: float, weeks: Sequence[Week]) -> Against:
    active = series(scope, scope.query("active_people"), [*weeks, scope.week])

    def against(week: Week, y: float) -> Parts:
        now, then = active.get(scope.week, 0.0), active.get(week, 0.0)
        if not (value and y and now and then):
            return {"active people": value - y}
        size = log_mean(value, y)
        # members = active ÷ adoption
        return {"active people": size * log(now / then), "members": size * log((value / now) / (y / then))}

    return against


PARTS: Mapping[str, Callable[[DigestScope, float, Sequence[Week]], Against]] = {
    "tokens_per_employee": _of_tokens,
    "cost_per_employee": _of_cost,
    "adoption_rate": _of_adoption,
}
