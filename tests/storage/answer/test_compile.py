"""Random valid queries against the independent computation; two organisations never mix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from storage.answer import usage_rows
from storage.answer.compile import Compiler
from storage.answer.result import Result
from storage.answer.validate import checked
from storage.catalogue import metric
from storage.catalogue.measures import MeasuredRows
from storage.errors import InvalidQuery, UnknownName
from storage.query import By, Compare, Filter, Grain, Having, Op, Order, Query, Share
from storage.records import Period
from tests.databases import BACKENDS
from tests.sampling import sampled, size
from tests.storage.by_hand import ADDITIVE, BOTH_LEDGERS, WORK_METRICS
from tests.storage.by_hand import METRICS as INDEPENDENT
from tests.storage.organisation import (
    FIRST,
    LAST,
    MODELS,
    PLACES,
    TEAMS,
    TITLES,
    TOOLS,
    WORKFLOWS,
    Organisation,
    seeded,
)
from tests.storage.worlds import World, worlds

ORGS = [seeded(3), seeded(4, rows=120), Organisation({"Alone": ""}, seeded(3).stays[:0], seeded(5, rows=9).uses)]
VALUES: dict[str, tuple[str, ...]] = {
    "team": (*TEAMS, ""),
    "title": TITLES,
    "location": PLACES,
    "kind": ("employee", "contractor", "agent", ""),
    "person": ("p0.0@x.example", "p3.2@x.example", "bot0@x.example"),
    "tool": tuple(tool for tool, _ in TOOLS),
    "provider": tuple(provider for _, provider in TOOLS),
    "model": MODELS,
    "mode": ("chat", "completion", "agent"),
    "workflow": (*WORKFLOWS, "", "unlisted"),
    "activity": ("analysis", "review", "generation", ""),
    "source": ("files", "vendor's"),
    "ledger": ("workforce", "product"),
}
AVERAGES = (Grain.DAY, Grain.WEEK, Grain.MONTH)
ROLLUPS = ("usage_daily", "usage_by_stream", "usage_by_team", "usage_by_role", "active_days", "work_daily")
FOR_WORK = ("team", "workflow", "activity", "mode")
FOR_PEOPLE = ("team", "person", "title", "location", "kind")


@pytest.fixture(scope="module", params=BACKENDS)
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[World]]:
    """Organisations side by side in one store."""
    with worlds(request.param, tmp_path_factory.mktemp("store"), ORGS) as opened:
        yield opened


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(st.integers(-20, (LAST - FIRST).days))
    days = draw(st.integers(1, 50))
    return Period(FIRST + timedelta(days=start), FIRST + timedelta(days=max(start + days - 1, 0)))


@st.composite
def filters(draw: st.DrawFn, dimensions: tuple[str, ...]) -> tuple[Filter, ...]:
    chosen = draw(st.lists(st.sampled_from(dimensions), max_size=2, unique=True))
    out = []
    for name in chosen:
        known = ("human", "assisted", "agent") if dimensions is FOR_WORK and name == "mode" else VALUES[name]
        values = tuple(draw(st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True)))
        op = draw(st.sampled_from([Op.IN, Op.NOT_IN] + [Op.BELOW] * (name == "team")))
        if name == "ledger":
            values, op = values[:1], Op.IN
        out.append(Filter(name, values, op))
    return tuple(out)


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """Any query that the catalogue allows."""
    first = draw(st.sampled_from(sorted(INDEPENDENT)))
    of_work = first in WORK_METRICS
    alike = [name for name in sorted(INDEPENDENT) if (name in WORK_METRICS) is of_work]
    metrics = (first, *draw(st.lists(st.sampled_from(alike), max_size=1).filter(lambda more: first not in more)))
    known = FOR_WORK if of_work else FOR_PEOPLE if metrics == ("headcount",) else tuple(VALUES)
    listed = [*known]
    group_by = tuple(draw(st.lists(st.sampled_from(listed), max_size=2, unique=True)))
    query = Query(metrics=metrics, period=draw(periods()), group_by=group_by, filters=draw(filters(known)))
    grain = draw(st.none() | st.sampled_from(Grain))
    additive = all(name in ADDITIVE for name in metrics)
    query = query.with_(
        grain=grain,
        previous=None if grain else draw(st.none() | periods()),
        scopes=draw(scopes()) if "team" in group_by else (),
        everyone=draw(st.booleans()),
        share=draw(st.none() | st.sampled_from((Share(), Share(query.filters)))) if additive else None,
        average=draw(st.none() | st.sampled_from(AVERAGES)) if additive and not grain else None,
    )
    return query.with_(**draw(tail(query)))


@st.composite
def booked_queries(draw: st.DrawFn) -> Query:
    """Any query that sets usage against work, one over the other."""
    usage = st.sampled_from(sorted(ADDITIVE - WORK_METRICS))
    work = st.sampled_from(sorted(ADDITIVE & WORK_METRICS))
    ratios = st.builds("{}/{}".format, usage, work) | st.builds("{}/{}".format, work, usage)
    known = tuple(name for name in FOR_WORK if name != "mode")
    group_by = tuple(draw(st.lists(st.sampled_from(known), max_size=2, unique=True)))
    query = Query(
        metrics=tuple(draw(st.lists(ratios, min_size=1, max_size=2, unique=True))),
        period=draw(periods()),
        group_by=group_by,
        filters=draw(filters((*known, "ledger"))),
    )
    grain = draw(st.none() | st.sampled_from(Grain))
    query = query.with_(
        grain=grain,
        previous=None if grain else draw(st.none() | periods()),
        scopes=draw(scopes()) if "team" in group_by else (),
    )
    return query.with_(**draw(tail(query)))


@st.composite
def scopes(draw: st.DrawFn) -> tuple[str, ...]:
    return tuple(draw(st.just([]) | st.lists(st.sampled_from([*TEAMS]), min_size=1, max_size=3, unique=True)))


@st.composite
def tail(draw: st.DrawFn, query: Query) -> dict[str, Any]:
    columns = [By.VALUE] + [By.SHARE] * bool(query.share) + [By.CHANGE, By.CHANGE_PCT] * bool(query.previous)
    by, metric_ = st.sampled_from(columns), st.sampled_from(("", *query.metrics))
    # Bounds that no figure hits exactly, so that the last digit of a float decides nothing.
    bounds = st.sampled_from((-0.3333, 0.1234567, 1.234567, 4999.5, 100_000.25))
    having = draw(st.lists(st.builds(Having, st.sampled_from(Compare), bounds, by, metric_), max_size=2))
    order = draw(st.none() | st.builds(Order, by, st.booleans(), metric_))
    return {"having": tuple(having), "order": order, "limit": draw(st.none() | st.integers(1, 5))}


def fits(query: Query, world: World) -> bool:
    """Whether this organisation can be asked: the query is valid and its names are known there."""
    ledger = query.filter_on("ledger")
    if ledger and ledger.values == ("product",) and not set(query.metrics) <= BOTH_LEDGERS:
        return False
    try:
        checked(query)
        world.independent.answer(query.with_(having=(), order=None))
    except (InvalidQuery, LookupError):
        return False
    return True


@sampled
@pytest.mark.dialect
@settings(max_examples=size(8, 150))
@given(query=queries(), which=st.integers(0, 1))
def test_a_random_query_gives_the_independent_figures(found: list[World], query: Query, which: int) -> None:
    world = found[which]
    assume(fits(query, world))
    world.check(query)


@sampled
@settings(max_examples=size(7, 200))
@given(query=booked_queries(), which=st.integers(0, 1))
def test_usage_set_against_work_gives_the_independent_figures(found: list[World], query: Query, which: int) -> None:
    world = found[which]
    assume(fits(query, world))
    world.check(query)


@sampled
@settings(max_examples=size(5, 60))
@given(query=queries())
def test_every_rollup_and_the_facts_give_the_same_figures(found: list[World], query: Query) -> None:
    world = found[0]
    assume(metric(query.metrics[0]).bases != {MeasuredRows.WORK} and len(query.filters) < 2)
    assume(fits(query, world) and query.metrics != ("headcount",) and not uses_source(query))
    by_facts = query.with_(filters=(*query.filters, Filter("source", VALUES["source"])))
    if query.share and query.share.over == query.filters:  # each row of its own whole, in both
        by_facts = by_facts.with_(share=Share(over=by_facts.filters))

    rolled_up, one_by_one = world.ask(query), world.ask(by_facts)
    with patch.dict(usage_rows.KNOWN, clear=True):
        by_spell = replace(world, directory=replace(world.directory, cache={})).ask(query)

    assert "usage_by_" in sql_of(rolled_up, world) or "usage_daily" in sql_of(rolled_up, world)
    assert "usage_by_" not in sql_of(by_spell, world)
    assert "usage_fact" in sql_of(one_by_one, world)
    for other in (by_spell, one_by_one):
        assert [row.labels for row in other.rows] == [row.labels for row in rolled_up.rows]
        assert [row.values for row in other.rows] == [row.values for row in rolled_up.rows]


@sampled
@settings(max_examples=size(5, 60))
@given(query=queries())
def test_every_table_of_a_statement_is_held_to_one_workspace(found: list[World], query: Query) -> None:
    world = found[0]
    assume(fits(query, world))
    for statement in world.ask(query).statements:
        text = str(statement)
        for table in (*ROLLUPS, "usage_fact"):
            assert (f"{table}.workspace_id" in text) is (f"FROM {table}" in text or f"JOIN {table}" in text), text
        assert "workspace_id = " in text


def test_a_compiler_without_a_workspace_cannot_be_made() -> None:
    with pytest.raises(TypeError):
        Compiler(query=Query(metrics=("tokens",), period=Period(FIRST, LAST)), buckets=())  # type: ignore[call-arg]


def test_two_organisations_in_one_store_add_up_only_where_both_are_asked(found: list[World]) -> None:
    query = Query(metrics=("tokens",), period=Period(FIRST, LAST))
    apart = [world.check(query).rows[0].values["tokens"] for world in found]
    assert len(set(apart)) == len(ORGS)


@pytest.mark.parametrize("name", ["x' OR '1'='1", "%", 'a"b', "'; DELETE FROM usage_daily; --", "%(x)s", ":name"])
def test_an_unknown_name_is_only_ever_a_name(found: list[World], name: str) -> None:
    query = Query(metrics=("tokens",), period=Period(FIRST, LAST))
    for dimension in ("team", "person", "title", "location", "kind", "tool", "model", "mode", "workflow", "activity"):
        with pytest.raises(UnknownName) as caught:
            found[0].ask(query.with_(filters=(Filter(dimension, (name,)),)))
        assert (caught.value.dimension, caught.value.name) == (dimension, name)
    with pytest.raises(UnknownName):
        found[0].ask(query.with_(scopes=(name,), group_by=("team",)))
    assert found[0].ask(query.with_(filters=(Filter("source", (name,)),))).rows[0].values["tokens"] == 0


def test_values_of_a_question_are_never_in_the_text_of_its_statement(found: list[World]) -> None:
    filters_ = (Filter("team", ("Legal'); DROP TABLE team;--",)), Filter("tool", ("100% 'AI'",)))
    query = Query(metrics=("tokens",), period=Period(FIRST, LAST), filters=filters_, scopes=("Edge's",))
    result = found[0].check(query.with_(group_by=("team",)))
    assert "DROP" not in sql_of(result, found[0])
    assert "AI" not in sql_of(result, found[0])


def uses_source(query: Query) -> bool:
    return "source" in query.group_by or query.filter_on("source") is not None


def sql_of(result: Result, world: World) -> str:
    return "\n".join(result.sql(world.connection.dialect))
