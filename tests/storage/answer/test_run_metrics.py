"""Every metric in many shapes of question, against the independent computation, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from storage.catalogue import METRICS
from storage.catalogue.class_costs import CLASS_COST_METRICS
from storage.catalogue.seats import SEAT_METRICS
from storage.query import By, Compare, Filter, Grain, Having, Op, Order, Query, Share
from storage.records import Period
from tests.databases import BACKENDS
from tests.sampling import sampled, some
from tests.storage.by_hand import ADDITIVE, WORK_METRICS
from tests.storage.by_hand import METRICS as INDEPENDENT
from tests.storage.organisation import seeded
from tests.storage.worlds import World, worlds

FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))
BEFORE = Period(date(2026, 1, 25), date(2026, 1, 31))
WIDE = Period(date(2025, 12, 1), date(2026, 6, 30))
RATIOS = ("cost/requests", "output_tokens/requests", "human_minutes/items")


@pytest.fixture(scope="module", params=BACKENDS)
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The second of two organisations, so that the first one's rows would show."""
    with worlds(request.param, tmp_path_factory.mktemp("store"), [seeded(2), seeded(1)]) as found:
        yield found[1]


def shapes(metric: str) -> list[Query]:
    """Questions that this metric can answer."""
    plain = Query(metrics=(metric,), period=FEBRUARY)
    if metric in WORK_METRICS or metric == "human_minutes/items":
        dimensions: tuple[str, ...] = ("team", "workflow", "activity", "mode")
        narrow = Filter("workflow", ("triage", "answering"))
    elif metric == "headcount":
        dimensions, narrow = ("team", "title", "location", "kind"), Filter("location", ("Lisbon", ""))
    else:
        dimensions = ("team", "title", "location", "kind", "tool", "provider", "model", "mode", "workflow", "activity")
        narrow = Filter("tool", ("cursor", "100% 'AI'"))
    return [
        plain,
        plain.with_(period=WIDE),
        plain.with_(filters=(narrow,)),
        plain.with_(filters=(narrow,), grain=Grain.DAY),
        plain.with_(filters=(Filter(narrow.dimension, narrow.values, Op.NOT_IN),)),
        plain.with_(filters=(Filter("team", ("Engineering",)),)),
        plain.with_(filters=(Filter("team", ("Engineering",), Op.BELOW),), previous=BEFORE),
        plain.with_(filters=(Filter("team", ("Platform", "Robots"), Op.NOT_IN),)),
        plain.with_(filters=(Filter("team", ("Platform",), Op.NOT_IN),), group_by=("team",)),
        plain.with_(scopes=("Engineering", "Support", "Nobody"), group_by=("team",)),
        plain.with_(grain=Grain.WEEK),
        plain.with_(grain=Grain.MONTH, period=WIDE, group_by=("team",)),
        plain.with_(previous=BEFORE),
        *(plain.with_(group_by=(name,)) for name in dimensions),
        *(plain.with_(group_by=(name,), previous=BEFORE) for name in dimensions),
        plain.with_(group_by=dimensions[:2], filters=(narrow,)),
        plain.with_(group_by=(dimensions[-1], "team"), order=Order(descending=False), limit=4),
        plain.with_(group_by=("team",), previous=BEFORE, order=Order(By.CHANGE_PCT), limit=3),
        plain.with_(group_by=(dimensions[-1],), having=(Having(Compare.GT, 0.5),)),
    ]


# These have tests of their own.
APART = {"budget_used", *(metric.name for metric in (*SEAT_METRICS, *CLASS_COST_METRICS))}
FIGURES = [*(name for name in METRICS if name not in APART), *RATIOS]


@sampled
@pytest.mark.parametrize("metric", FIGURES)
def test_a_metric_is_what_its_definition_says_in_every_shape(world: World, metric: str) -> None:
    for query in some(shapes(metric), 2, start=FIGURES.index(metric)):
        world.check(query)


@sampled
@pytest.mark.parametrize("metric", sorted(ADDITIVE))
def test_an_additive_metric_has_shares_and_averages(world: World, metric: str) -> None:
    mine = (Filter("team", ("Engineering",)),)
    by = "workflow" if metric in WORK_METRICS else "tool"
    plain = Query(metrics=(metric,), period=FEBRUARY)
    queries = [
        plain.with_(group_by=("team",), share=Share()),
        plain.with_(group_by=(by,), filters=mine, share=Share(mine)),
        plain.with_(filters=(Filter("team", ("Platform",)),), share=Share(mine), previous=BEFORE),
        plain.with_(grain=Grain.WEEK, share=Share()),
        plain.with_(grain=Grain.WEEK, filters=mine, share=Share()),
        plain.with_(group_by=(by,), share=Share(), order=Order(), having=(Having(Compare.GE, 0.1),)),
        plain.with_(average=Grain.DAY),
        plain.with_(average=Grain.WEEK, group_by=("team",)),
        plain.with_(average=Grain.MONTH, period=WIDE, previous=BEFORE),
    ]
    for query in some(queries, 1, start=sorted(ADDITIVE).index(metric)):
        world.check(query)


def test_the_independent_computation_knows_every_metric_and_no_other() -> None:
    assert INDEPENDENT.keys() == METRICS.keys() - APART
    assert {name for name, metric in METRICS.items() if metric.additive} - APART == ADDITIVE
