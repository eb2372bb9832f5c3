"""The metric catalogue: every metric and every dimension, declared once and looked up here."""

from __future__ import annotations

from dataclasses import replace

from storage.catalogue.budgets import BUDGET_METRICS
from storage.catalogue.class_costs import CLASS_COST_METRICS
from storage.catalogue.declarations import Dimension, Metric, Unit
from storage.catalogue.dimensions import ALL
from storage.catalogue.each_person import EACH_PERSON_METRICS, of_each_person
from storage.catalogue.people import PEOPLE_METRICS
from storage.catalogue.seats import SEAT_METRICS
from storage.catalogue.usage import USAGE_METRICS
from storage.catalogue.variety import VARIETY_METRICS
from storage.catalogue.work import WORK_METRICS
from storage.errors import InvalidQuery

__all__ = ["DIMENSIONS", "METRICS", "NONE", "Dimension", "Metric", "Unit", "dimension", "metric"]

# Units of which a figure may be given for one: "tokens per request".
COUNTED = (Unit.TOKENS, Unit.REQUESTS, Unit.ITEMS, Unit.SUGGESTIONS, Unit.MINUTES, Unit.HOURS)
METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        *USAGE_METRICS,
        *CLASS_COST_METRICS,
        *PEOPLE_METRICS,
        *EACH_PERSON_METRICS,
        *WORK_METRICS,
        *SEAT_METRICS,
        *BUDGET_METRICS,
        *VARIETY_METRICS,
    )
}


def metric(name: str) -> Metric:
    """A metric by name, one with a number in its name ("p90_tokens"), or the plain ratio "a/b" of two additive ones.

    Raises InvalidQuery.
    """
    if name in METRICS:
        return METRICS[name]
    if (numbered := of_each_person(name)) is not None:
        return numbered
    above, slash, below = name.partition("/")
    if slash and above in METRICS and below in METRICS and METRICS[above].additive and METRICS[below].additive:
        return _ratio(METRICS[above], METRICS[below])
    raise InvalidQuery(f"no metric is called {name!r}")


def _single(label: str) -> str:
    """What one of them is called: "request", "hour offloaded"."""
    first, _, rest = label.partition(" ")
    return f"hour {rest}" if first == "hours" else label.removesuffix("s")


def _ratio(above: Metric, below: Metric) -> Metric:
    found = Metric(
        name=f"{above.name}/{below.name}",
        label=f"{above.label} per {_single(below.label)}",
        unit=above.unit if below.unit in COUNTED else Unit.RATIO,
        formula=above.formula / below.formula,
        description=f"{above.label.capitalize()} ÷ {below.label}.",
    )
    if not found.of_booked_usage:
        return found
    booked = "The usage booked to the workflows meant (else to all catalogued ones), and their work."
    return replace(found, description=f"{found.description} {booked}")


DIMENSIONS: dict[str, Dimension] = {dimension.name: dimension for dimension in ALL}
NONE = "(none)"


def dimension(name: str) -> Dimension:
    """A dimension by name. Raises InvalidQuery."""
    if name not in DIMENSIONS:
        raise InvalidQuery(f"no dimension is called {name!r}")
    return DIMENSIONS[name]
