"""Takes a change apart, exactly: by the factors of the definitions page, or by plain differences of sums.

Tokens of people = headcount × active ÷ headcount × requests ÷ active × tokens ÷ requests; a factor's part of the change
is L(y1, y0) · ln(x1 ÷ x0) with the log-mean L. Tokens of agents, unattributed and product tokens are addends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from sqlalchemy import Connection

from storage.answer.buckets import buckets_of
from storage.answer.compile import Compiler
from storage.answer.labelled_sums import heads, usage
from storage.answer.privacy import Viewer
from storage.answer.result import Result, ResultRow
from storage.answer.run import run
from storage.answer.shown import Shown
from storage.answer.windows import rounded
from storage.catalogue import Metric, metric
from storage.errors import Denied, InvalidQuery
from storage.names import Directory
from storage.query import Op, Query

BY_FACTOR = ("tokens", "tokens_per_employee")
PLAIN = ("tool", "model", "workflow", "team")
PER_HEAD = "_per_employee"
NEEDED = ("people_tokens", "people_requests", "active_people", "agents_tokens", "unattributed_tokens", "product_tokens")


@dataclass(frozen=True, slots=True)
class ChangePart:
    """One part of a change; `labels` is {"part": "requests per active person"} or a row of a dimension."""

    labels: dict[str, str]
    contribution: float


@dataclass(frozen=True, slots=True)
class Decomposition:
    """The parts of a change, the largest first; they sum to `change`, but for `hidden` rows and where `rounded`."""

    result: Result
    parts: tuple[ChangePart, ...]
    value: float
    previous: float
    hidden: tuple[str, ...] = ()
    rounded: bool = False
    shown: tuple[Shown, ...] = ()

    @property
    def change(self) -> float:
        """value − previous."""
        return self.value - self.previous


def decompose(connection: Connection, directory: Directory, query: Query, viewer: Viewer) -> Decomposition:
    """Why a figure changed, as numbers. `query` has `previous`; its `group_by` names the dimension of plain parts.

    Raises what `run` raises, and InvalidQuery where the figure is no sum or has nothing to compare with.
    """
    measure = metric(query.metrics[0])
    if query.previous is None:
        raise InvalidQuery(f"there is no earlier {measure.label} to compare with; name both periods")
    whole = run(connection, directory, query.with_(group_by=(), order=None, limit=None, having=(), share=None), viewer)
    row = whole.rows[0]
    now, before = row.values[measure.name], row.values["previous"]
    if now is None or before is None or whole.previous is None:
        raise InvalidQuery(f"there is no earlier {measure.label} to compare with")
    if measure.name in BY_FACTOR and (not query.group_by or not measure.additive):  # a list before it holds no parts
        now_sums, before_sums = _sums(connection, directory, whole.query)
        parts = list(_factors(whole.query, now_sums, before_sums))
        if row.rounded:
            parts = [ChangePart(part.labels, float(rounded(part.contribution) or 0)) for part in parts]
        return Decomposition(
            whole, _largest_first(parts), float(now), float(before), rounded=row.rounded, shown=whole.shown
        )
    listed = _listed(connection, directory, whole.query, _parts_by(query, measure), viewer)
    parts = [ChangePart(row.labels, _difference(row, measure.name)) for row in listed.rows if not row.suppressed]
    hidden = tuple(", ".join(row.labels.values()) for row in listed.rows if row.suppressed)
    inexact = row.rounded or any(other.rounded for other in listed.rows)
    shown = (*whole.shown, *listed.shown)
    return Decomposition(whole, _largest_first(parts), float(now), float(before), hidden, inexact, shown)


def decompose_series(
    connection: Connection, directory: Directory, query: Query, viewer: Viewer
) -> dict[str, tuple[ChangePart, ...]]:
    """The factors of the change from each point of a series to its last one, by the first day of the point.

    `query` is of tokens or tokens per employee, with a grain; points that may not be shown are left out. Raises what
    `run` raises.
    """
    whole = run(connection, directory, query, viewer)
    name, grain = query.metrics[0], str(query.grain)
    shown = [row.labels[grain] for row in whole.rows if row.values[name] is not None]
    labels = [bucket.label for bucket in buckets_of(whole.query)]
    sums = dict(zip(labels, _sums(connection, directory, whole.query), strict=True))
    return {point: tuple(_factors(whole.query, sums[labels[-1]], sums[point])) for point in shown}


def _parts_by(query: Query, measure: Metric) -> tuple[str, ...]:
    """The dimensions by which a change may be told as plain differences, the likeliest first; they sum to it.

    What is asked by, unless the query is cut to one value of it: that one part would be the whole change. A sum per
    head has the same heads in each of its parts, but by team.
    """
    if measure.additive:
        only = [
            condition.dimension for condition in query.filters if condition.op is Op.IN and len(condition.values) == 1
        ]
        asked = tuple(name for name in query.group_by if name not in only)
        return asked or tuple(name for name in PLAIN if name not in only)
    if measure.name.endswith(PER_HEAD) and metric(measure.name.removesuffix(PER_HEAD)).additive:
        return tuple(name for name in query.group_by if name in PLAIN and name != "team") or PLAIN[:-1]
    raise InvalidQuery(f"a change of {measure.label} cannot be taken apart; ask for the two periods side by side")


def _difference(row: ResultRow, name: str) -> float:
    """The plain change of a sum, also where changes are told of the averages per recorded day."""
    if not row.per_day:
        return float(row.values["change"] or 0)
    return float(row.values[name] or 0) - float(row.values["previous"] or 0)


def _listed(
    connection: Connection, directory: Directory, query: Query, dimensions: Sequence[str], viewer: Viewer
) -> Result:
    """The change by the first of some dimensions of which anything may be shown. Raises Denied where nothing may."""
    for dimension in dimensions:
        try:
            return run(connection, directory, query.with_(group_by=(dimension,)), viewer)
        except Denied:
            if dimension == dimensions[-1]:
                raise
    raise InvalidQuery("a change needs a dimension to be taken apart by")


def _factors(query: Query, now: Mapping[str, float], before: Mapping[str, float]) -> Iterator[ChangePart]:
    """The factors of people's tokens, then what agents, unknown users and products add."""
    per_head = query.metrics[0] != "tokens"
    y1, y0 = now["people_tokens"], before["people_tokens"]
    heads = (now["headcount"], before["headcount"]) if per_head else (1.0, 1.0)
    if per_head and not all(heads):
        raise InvalidQuery("there are no people in one of the periods")
    chain = [
        ("headcount", "headcount", None),
        ("active people per head", "active_people", "headcount"),
        ("requests per active person", "people_requests", "active_people"),
        ("tokens per request", "people_tokens", "people_requests"),
    ][1 if per_head else 0 :]
    if all(side[name] for side in (now, before) for _, name, _ in chain):
        weight = _log_mean(y1 / heads[0], y0 / heads[1])
        for label, above, below in chain:
            x1, x0 = (side[above] / (side[below] if below else 1) for side in (now, before))
            yield ChangePart({"part": label}, weight * log(x1 / x0))
    else:
        yield ChangePart({"part": "tokens of people"}, y1 / heads[0] - y0 / heads[1])
    addends = [("agents", "agents_tokens"), ("unattributed", "unattributed_tokens")]
    if not per_head and not query.filter_on("ledger"):
        addends.append(("product inference", "product_tokens"))
    for label, name in addends:
        change = now[name] / heads[0] - before[name] / heads[1]
        if change:
            yield ChangePart({"part": label}, change)


def _sums(connection: Connection, directory: Directory, query: Query) -> list[dict[str, float]]:
    """What the factors are made of, for each span of the query."""
    compiler = Compiler(directory.workspace_id, directory, query, buckets_of(query))
    sides = [{**dict.fromkeys(NEEDED, 0.0), "headcount": 0.0} for _ in compiler.buckets]
    for _, rows in usage(connection, compiler, NEEDED, ()):
        for (number, _), sums in rows.items():
            sides[number].update({name: float(value or 0) for name, value in sums.items()})
    for (number, _), sums in heads(connection, compiler, ())[1].items():
        sides[number]["headcount"] = float(sums["headcount_days"] or 0) / compiler.buckets[number].period.days
    return sides


def _log_mean(a: float, b: float) -> float:
    return a if a == b else (a - b) / log(a / b)


def _largest_first(parts: list[ChangePart]) -> tuple[ChangePart, ...]:
    return tuple(sorted(parts, key=lambda part: (-abs(part.contribution), *part.labels.values())))
