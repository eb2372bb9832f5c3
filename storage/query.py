"""The typed question: what any engine must produce, and all that the compiler accepts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from storage.errors import InvalidQuery
from storage.records import Period


class Op(StrEnum):
    """How a filter reads its values. `below` (teams only): the teams under the named ones, without them."""

    IN = "in"
    NOT_IN = "not_in"
    BELOW = "below"


class Compare(StrEnum):
    """What a threshold compares with."""

    GT = "gt"
    GE = "ge"
    LT = "lt"
    LE = "le"


class Grain(StrEnum):
    """The step of a series."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


class By(StrEnum):
    """Which column of the answer a ranking or a threshold looks at."""

    VALUE = "value"
    SHARE = "share"
    CHANGE = "change"
    CHANGE_PCT = "change_pct"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Filter:
    """Keep (or leave out) rows whose dimension has one of these names.

    A team means it and all teams below it; a person is named by e-mail; "" is the value "(none)".
    """

    dimension: str
    values: tuple[str, ...]
    op: Op = Op.IN


@dataclass(frozen=True, slots=True)
class Having:
    """Keep the rows whose column passes; `metric` "" is the first one."""

    compare: Compare
    value: float
    by: By = By.VALUE
    metric: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """Rank by a column of the first metric (or of `metric`)."""

    by: By = By.VALUE
    descending: bool = True
    metric: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """Give each row as a part of a total: the same query without its grouping, over these filters."""

    over: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One question with all its meaning.

    metrics   names of the catalogue, or "a/b" for a ratio of two additive ones
    grain     a series: one row for each step of the period
    previous  the period to compare with: adds previous, change, change_pct
    scopes    teams side by side, each with the teams below it: one row each, whatever `group_by`
    having    all must hold; rows "(none)" and rows without a value never pass
    order     a ranking: "(none)" is left out, ties break by name, rows without a value come last
    skip      rows of the ranking passed over first: "the second most expensive tool" skips one
    average   the sum divided by the days (whole weeks, months) of the period
    everyone  by person: those without usage too
    peak      with a grain: rank the points themselves ("our priciest day")
    running   the period is a running unit, compared with the same days of the one before
    larger    of usage only single requests with more input tokens than this, where facts tell requests one by one
    """

    metrics: tuple[str, ...]
    period: Period
    group_by: tuple[str, ...] = ()
    grain: Grain | None = None
    filters: tuple[Filter, ...] = ()
    previous: Period | None = None
    scopes: tuple[str, ...] = ()
    share: Share | None = None
    having: tuple[Having, ...] = ()
    order: Order | None = None
    limit: int | None = None
    skip: int = 0
    average: Grain | None = None
    everyone: bool = False
    running: bool = False
    larger: int | None = None
    currency: str = ""  # of money; "" is that of the workspace

    def with_(self, **changes: Any) -> Query:
        """A copy with some fields changed."""
        return replace(self, **changes)

    def filter_on(self, dimension: str) -> Filter | None:
        """The filter on a dimension, if there is one."""
        return next((condition for condition in self.filters if condition.dimension == dimension), None)

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads back; empty fields are left out."""
        order = self.order
        fields = {
            "metrics": list(self.metrics),
            "period": self.period.to_json(),
            "group_by": list(self.group_by) or None,
            "grain": self.grain and self.grain.value,
            "filters": [_filter_json(condition) for condition in self.filters] or None,
            "compare": self.previous and self.previous.to_json(),
            "scopes": list(self.scopes) or None,
            "share": self.share and {"over": [_filter_json(condition) for condition in self.share.over]},
            "having": [_having_json(condition) for condition in self.having] or None,
            "order": order and {"by": order.by.value, "descending": order.descending, "metric": order.metric},
            "limit": self.limit,
            "skip": self.skip or None,
            "average": self.average and self.average.value,
            "everyone": self.everyone or None,
            "running": self.running or None,
            "larger": self.larger,
            "currency": self.currency or None,
        }
        return {name: value for name, value in fields.items() if value is not None}


def query_from_json(data: Any) -> Query:
    """The query that `to_json` wrote. Raises InvalidQuery where it is of another form."""
    try:
        share, order = data.get("share"), data.get("order")
        return Query(
            metrics=_texts(data["metrics"]),
            period=_period(data["period"]),
            group_by=_texts(data.get("group_by", ())),
            grain=Grain(data["grain"]) if data.get("grain") else None,
            filters=_filters(data.get("filters", ())),
            previous=_period(data["compare"]) if data.get("compare") else None,
            scopes=_texts(data.get("scopes", ())),
            share=Share(_filters(share["over"])) if share is not None else None,
            having=tuple(
                Having(Compare(passing["compare"]), float(passing["value"]), By(passing["by"]), passing["metric"])
                for passing in data.get("having", ())
            ),
            order=Order(By(order["by"]), bool(order["descending"]), order["metric"]) if order else None,
            limit=_whole(data.get("limit")),
            skip=_whole(data.get("skip")) or 0,
            average=Grain(data["average"]) if data.get("average") else None,
            everyone=bool(data.get("everyone", False)),
            running=bool(data.get("running", False)),
            larger=_whole(data.get("larger")),
            currency=str(data.get("currency", "")),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InvalidQuery(f"not a query: {error}") from error


def _filter_json(condition: Filter) -> dict[str, Any]:
    return {"dimension": condition.dimension, "op": condition.op.value, "values": list(condition.values)}


def _having_json(condition: Having) -> dict[str, Any]:
    return {
        "metric": condition.metric,
        "by": condition.by.value,
        "compare": condition.compare.value,
        "value": condition.value,
    }


def _filters(data: Any) -> tuple[Filter, ...]:
    return tuple(Filter(condition["dimension"], _texts(condition["values"]), Op(condition["op"])) for condition in data)


def _texts(data: Any) -> tuple[str, ...]:
    # A text is a sequence of texts too, of its letters.
    if isinstance(data, str) or not all(isinstance(text, str) for text in data):
        raise TypeError(f"not a list of texts: {data!r}")
    return tuple(data)


def _whole(data: Any) -> int | None:
    if data is not None and type(data) is not int:
        raise TypeError(f"not a whole number: {data!r}")
    found: int | None = data
    return found


def _period(data: Mapping[str, str]) -> Period:
    return Period(date.fromisoformat(data["start"]), date.fromisoformat(data["end"]), data.get("label", ""))
