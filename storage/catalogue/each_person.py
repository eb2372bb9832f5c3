"""The metrics that look at people one by one: medians and percentiles, regular, first and returning use.

Some have a number in their name ("p90_tokens", "people_active_5_days"); `of_each_person` makes those as they are asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from storage.catalogue.declarations import Metric, Unit
from storage.catalogue.formula import Formula, M
from storage.catalogue.people import w_effective
from storage.catalogue.person_measures import (
    FIRST,
    MEDIAN,
    MONTH_PEOPLE,
    RETURNING,
    WEEK_PEOPLE,
    fewest_days,
    percentile,
)
from storage.catalogue.usage import USD

MEDIAN_GROUP, PERCENTILE_GROUP = 10, 20  # people in a figure, below which it would tell of one of them
ACTIVE_DAYS = M("active_days")


@dataclass(frozen=True, slots=True)
class FigureOfEachPerson:
    """What somebody has a number of."""

    label: str
    unit: Unit
    formula: Formula


# By person; workforce alone.
BASES = {
    "tokens": FigureOfEachPerson("tokens", Unit.TOKENS, M("people_tokens")),
    "effective_tokens": FigureOfEachPerson("effective tokens", Unit.TOKENS, w_effective),
    "requests": FigureOfEachPerson("requests", Unit.REQUESTS, M("w_requests")),
    "cost": FigureOfEachPerson("cost", Unit.USD, USD * M("w_cost_nano")),
    "active_days": FigureOfEachPerson("active days", Unit.DAYS, ACTIVE_DAYS),
}


def of_each_person(name: str) -> Metric | None:
    """The metric that a name with a number says; None where it says none."""
    of, days = percentile(name), fewest_days(name)
    if of is not None:
        base = BASES[of.base]
        rank = "median" if of.percent == MEDIAN else f"{_ordinal(of.percent)} percentile of"
        return Metric(
            name=name,
            label=f"{rank} {base.label} a person",
            unit=base.unit,
            formula=M(name),
            fewest=MEDIAN_GROUP if of.percent == MEDIAN else PERCENTILE_GROUP,
            description=(
                f"{rank[0].upper()}{rank[1:]} {base.label}, workforce, of people active in the period;"
                " between two of them in proportion (Hyndman and Fan, type 7)."
            ),
        )
    if days is not None:
        return Metric(
            name=name,
            label=f"people active on at least {days} day{'s' if days > 1 else ''}",
            unit=Unit.PEOPLE,
            formula=M(name),
            better="up",
            description=f"Different people, agents left out, with {days} or more active days in the period.",
        )
    return None


def _ordinal(number: int) -> str:
    ending = "th" if number // 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _declared(name: str) -> Metric:
    found = of_each_person(name)
    assert found is not None
    return found


EACH_PERSON_METRICS = (
    *(_declared(f"median_{base}") for base in BASES),
    _declared("p90_tokens"),
    _declared("people_active_5_days"),
    Metric(
        name="daily_active_people",
        label="daily active people",
        unit=Unit.PEOPLE,
        formula=ACTIVE_DAYS / M("days"),
        better="up",
        description="Active people a day, the mean over the days of the period (DAU).",
    ),
    Metric(
        name="weekly_active_people",
        label="weekly active people",
        unit=Unit.PEOPLE,
        formula=M(WEEK_PEOPLE) / M("whole_weeks"),
        better="up",
        description="Active people a week, the mean over the whole weeks of the period (WAU).",
    ),
    Metric(
        name="monthly_active_people",
        label="monthly active people",
        unit=Unit.PEOPLE,
        formula=M(MONTH_PEOPLE) / M("whole_months"),
        better="up",
        description="Active people a month, the mean over the whole months of the period (MAU).",
    ),
    Metric(
        name=FIRST,
        label="first-time users",
        unit=Unit.PEOPLE,
        formula=M(FIRST),
        description="Active people whose first recorded active day, of the same use, lies in the period.",
    ),
    Metric(
        name=RETURNING,
        label="returning users",
        unit=Unit.PEOPLE,
        formula=M(RETURNING),
        description="Active people who were active, in the same use, before the period.",
    ),
)
