"""Typed queries written by hand for questions of the sample, against its gold answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import isclose
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.sources.files.load import import_folder
from storage.answer.privacy import OPERATOR, Viewer
from storage.answer.run import run
from storage.engine import reading_engine, writing_engine
from storage.errors import Denied
from storage.names import Directory, read_directory
from storage.query import By, Compare, Filter, Grain, Having, Op, Order, Query, Share
from storage.records import Period
from storage.workspaces import default_workspace
from tests.databases import fresh_store
from tests.shared import needs_shared, shared

pytestmark = needs_shared

TODAY = date(2026, 11, 18)
INGRID = "ingrid.rossi@northwind.example"
PIOTR = "piotr.novak@northwind.example"


def span(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))


def days(count: int) -> Period:
    return Period(TODAY - timedelta(days=count), TODAY - timedelta(days=1))


OCTOBER, SEPTEMBER = span("2026-10-01", "2026-10-31"), span("2026-09-01", "2026-09-30")
AUGUST, JULY = span("2026-08-01", "2026-08-31"), span("2026-07-01", "2026-07-31")
JUNE = span("2026-06-01", "2026-06-30")
Q3 = span("2026-07-01", "2026-09-30")
WEEK_46, WEEK_45 = span("2026-11-09", "2026-11-15"), span("2026-11-02", "2026-11-08")
NOVEMBER = span("2026-11-01", "2026-11-18")


def q(metric: str, period: Period, *filters: Filter, **more: Any) -> Query:
    return Query(metrics=(metric,), period=period, filters=filters, **more)


def team(*names: str, op: Op = Op.IN) -> Filter:
    return Filter("team", names, op)


def tool(name: str) -> Filter:
    return Filter("tool", (name,))


def top(limit: int | None = 1, by: By = By.VALUE, descending: bool = True) -> dict[str, Any]:
    return {"order": Order(by, descending), "limit": limit}


BY_TEAM: dict[str, Any] = {"group_by": ("team",)}
GOLD: dict[str, Query] = {
    "d001": q("tokens_per_employee", OCTOBER),
    "d002": q("cost", Q3),
    "d003": q("cost", OCTOBER, team("Support"), group_by=("tool",)),
    "d004": q("tokens_per_employee", Q3, **BY_TEAM, **top(3)),
    "d005": q("tokens", span("2026-09-21", "2026-11-15"), team("Mobile"), grain=Grain.WEEK),
    "d006": q("tokens", WEEK_46, team("Design"), previous=WEEK_45),
    "d008": q("tokens", OCTOBER, team("Platform"), share=Share()),
    "d009": q("active_people", WEEK_46),
    "d010": q("items", OCTOBER, Filter("workflow", ("ticket answering",))),
    "d015": q("cost", NOVEMBER, group_by=("model",)),
    "d017": q("tokens_per_employee", SEPTEMBER, **BY_TEAM, having=(Having(Compare.GT, 3e6),), order=Order()),
    "d018": q("tokens", span("2026-10-19", "2026-10-25"), tool("cursor"), grain=Grain.DAY),
    "d019": q("cost", NOVEMBER, previous=span("2026-10-01", "2026-10-18"), running=True),
    "d020": q("adoption_rate", Q3, team("Sales")),
    "d021": q("adoption_rate", WEEK_46, **BY_TEAM),
    "d022": q("hours_offloaded", span("2026-09-01", "2026-11-18"), team("Support")),
    "d023": q("offloadable_hours", OCTOBER, group_by=("workflow",), **top()),
    "d024": q("cache_share", OCTOBER, tool("claude_code")),
    "d025": q("cost_per_million_tokens", span("2026-10-01", "2026-11-18")),
    "d027": q("reasoning_tokens", span("2026-01-01", "2026-06-30")),
    "d030": q("tokens", Q3, group_by=("tool",), share=Share()),
    "d032": q("cost", SEPTEMBER, group_by=("person",), **top(5)),
    "d036": q("requests", OCTOBER, team("Payments"), group_by=("mode",)),
    "d037": q("tokens_per_employee", OCTOBER, team("Mobile"), group_by=("location",)),
    "d038": q("adoption_rate", OCTOBER, **BY_TEAM, **top(3, descending=False)),
    "d039": q("effective_tokens", span("2026-08-01", "2026-10-31"), team("Data Platform")),
    "d040": q("acceptance_rate", days(28), tool("copilot")),
    "d041": q("cost_per_employee", OCTOBER, **BY_TEAM, scopes=("Platform", "Mobile")),
    "d043": q("success_rate", Q3, Filter("workflow", ("ticket answering",)), Filter("mode", ("agent",))),
    "d044": q("headcount", OCTOBER, team("Payments"), Filter("kind", ("contractor",))),
    "d046": q("cost", OCTOBER, team("Engineering"), previous=SEPTEMBER),
    "d047": q("cost", Q3, group_by=("model",), having=(Having(Compare.LT, 100),)),
    "d048": q("fresh_tokens", OCTOBER, Filter("tool", ("copilot",), Op.NOT_IN), group_by=("tool",)),
    "d049": q("active_days_per_person", OCTOBER, team("Design")),
    "d051": q("agent_share", span("2026-10-01", "2026-11-18"), team("Engineering")),
    "d056": q("tokens", OCTOBER, previous=SEPTEMBER, **BY_TEAM, **top(1, By.CHANGE_PCT)),
    "d057": q("tokens", OCTOBER, team("Firmware"), group_by=("person",)),
    "d059": q("ai_share", OCTOBER, **BY_TEAM),
    "d060": q("rework_rate", OCTOBER, group_by=("workflow",), having=(Having(Compare.GT, 0.065),)),
    "d064": q("cost", OCTOBER, grain=Grain.DAY, **top()),
    "d068": q("tokens", OCTOBER, Filter("activity", ("",), Op.NOT_IN), group_by=("activity",)),
    "d075": q("headcount", span("2026-07-01", "2026-11-18"), team("Payments"), grain=Grain.MONTH),
    "d091": q("cost", span("2026-10-01", "2026-11-18"), team("Platform", op=Op.NOT_IN), **BY_TEAM),
    "d098": q("tokens", OCTOBER, team("Platform"), group_by=("title",)),
    "d099": q("failure_rate", OCTOBER, Filter("workflow", ("code review",)), group_by=("mode",)),
    "d110": q("cost_per_million_tokens", OCTOBER, previous=AUGUST),
    "d112": q("cost", OCTOBER, team("Engineering"), group_by=("team", "tool")),
    "d115": q(
        "tokens", Q3, team("Payments"), Filter("kind", ("contractor",)), share=Share((Filter("team", ("Payments",)),))
    ),
    "d116": q("tokens", span("2026-11-16", "2026-11-18"), previous=span("2026-11-09", "2026-11-11"), running=True),
    "d125": q("top_decile_share", OCTOBER),
    "d128": q("tokens", WEEK_46, tool("cursor"), group_by=("person",), **top(10)),
    "d130": q("headcount", OCTOBER, team("Engineering"), previous=JUNE),
    "d133": q("tokens", Q3, group_by=("kind",)),
    "d134": q("tokens", WEEK_46, previous=WEEK_45, **BY_TEAM),
    "d143": q("hours_offloaded", Q3),
    "d144": q("active_people", OCTOBER, **BY_TEAM, having=(Having(Compare.LT, 5),)),
    "d149": q("agent_share", OCTOBER, team("Engineering"), **BY_TEAM),
    "d153": q("adoption_rate", OCTOBER, previous=JULY),
    "d154": q("active_people", span("2026-09-07", "2026-11-18"), grain=Grain.WEEK),
    "d157": q("tokens", WEEK_46, Filter("kind", ("agent",), Op.NOT_IN), **BY_TEAM),
    "d160": q("requests", NOVEMBER, group_by=("provider",), share=Share()),
    "p001": q("tokens", OCTOBER, Filter("person", (INGRID,))),
    "p002": q("cost", OCTOBER, Filter("person", (INGRID,)), group_by=("tool",)),
    "p003": q("tokens", OCTOBER, Filter("person", ("anna.berg@northwind.example",))),
    "p004": q("tokens_per_employee", OCTOBER, team("Data Platform")),
    "p005": q("tokens", days(28), team("Data Platform"), group_by=("person",), **top()),
    "p006": q("cost", OCTOBER, **BY_TEAM),
    "p007": q("tokens", OCTOBER, team("Legal")),
    "p008": q("adoption_rate", OCTOBER, team("Sales")),
    "p009": q("tokens", days(28), group_by=("person",), order=Order()),
    "p010": q("tokens", OCTOBER, team("Data Platform"), group_by=("person",)),
    "p011": q("tokens", OCTOBER, Filter("person", ("emeka.dubois@northwind.example",))),
    "p012": q("cost", OCTOBER),
    "p013": q("adoption_rate", OCTOBER, **BY_TEAM),
    "p014": q("requests", OCTOBER, group_by=("person",), everyone=True, having=(Having(Compare.LE, 0),)),
}
CHANGED = {"d006", "d019", "d046", "d056", "d110", "d116", "d130", "d134", "d153"}
IN_PERCENT = {"d006", "d019", "d056", "d116"}


@dataclass(frozen=True)
class Sample:
    """The imported sample and its gold lines by id."""

    connection: Connection
    directory: Directory
    gold: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    with fresh_store("sqlite", tmp_path_factory.mktemp("gold")) as url:
        writer = writing_engine(url)
        with writer.begin() as connection:
            workspace = default_workspace(connection)
        clock = datetime(2026, 11, 18, 12, tzinfo=UTC)
        import_folder(shared("data", "northwind"), writer, workspace, clock=lambda: clock)
        writer.dispose()
        lines = map(json.loads, shared("data", "questions.jsonl").read_text(encoding="utf-8").splitlines())
        reader = reading_engine(url)
        with reader.connect() as connection:
            yield Sample(connection, read_directory(connection, workspace), {line["id"]: line for line in lines})
        reader.dispose()


def figure(query: Query, id_: str) -> str:
    """The column that the gold line holds."""
    if id_ in CHANGED:
        return "change_pct" if id_ in IN_PERCENT else "change"
    return "share" if query.share else query.metrics[0]


@pytest.mark.parametrize("id_", GOLD)
def test_a_query_by_hand_gives_the_gold_answer(sample: Sample, id_: str) -> None:
    query, gold = GOLD[id_], sample.gold[id_]
    viewer = Viewer(email=gold["as"]) if "as" in gold else OPERATOR
    if gold["expect"]["status"] == "denied":
        with pytest.raises(Denied):
            run(sample.connection, sample.directory, query, viewer)
        return

    rows = run(sample.connection, sample.directory, query, viewer).rows
    found = [(list(row.labels.values()), row.values[figure(query, id_)]) for row in rows]

    expected = [(row["labels"], row["value"]) for row in gold["expect"]["rows"]]
    if not gold["expect"]["ordered"]:
        found, expected = sorted(found, key=lambda row: row[0]), sorted(expected, key=lambda row: row[0])
    assert [labels for labels, _ in found] == [labels for labels, _ in expected]
    for (labels, value), (_, wanted) in zip(found, expected, strict=True):
        assert (value is None) is (wanted is None), labels
        assert value is None or isclose(value, wanted, rel_tol=1e-9, abs_tol=1e-9), labels


def test_what_a_row_of_the_sample_hides_is_named(sample: Sample) -> None:
    result = run(sample.connection, sample.directory, GOLD["p006"], Viewer(email=INGRID))
    hidden = [row.labels["team"] for row in result.rows if row.suppressed]
    assert sorted(hidden) == ["Engineering", "Finance", "Firmware", "Legal"]
    told = {labels["team"] for note in result.notes for labels in note.data.get("labels", ())}
    assert sorted(told) == sorted(hidden)
