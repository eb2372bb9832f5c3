"""The list to reclaim is narrowed to idle seats of the tools that the viewer may list, and nothing else is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from storage.answer.privacy import OPERATOR, Viewer
from storage.answer.reclaiming import may_reclaim, narrowed
from storage.catalogue import METRICS
from storage.query import Compare, Filter, Having, Query
from storage.records import Period
from tests.bot.questions.organisations import harbourline

DAY = date(2026, 3, 31)
BY_NAME = Query(metrics=("idle_seats",), period=Period(DAY, DAY), group_by=("person",))
ADMIN = Viewer(email="ada@x.example", reclaims=frozenset({"Cursor IDE", "no such tool"}))


def test_it_holds_idle_seats_of_those_tools_alone() -> None:
    directory = replace(harbourline(), values={"tool": ("chatgpt", "cursor")})
    metrics = [METRICS["idle_seats"]]

    listed = narrowed(BY_NAME, metrics, ADMIN, directory)

    assert listed.filters == (Filter("tool", ("cursor", "no such tool")),)
    assert listed.having == (Having(Compare.GT, 0),)
    assert may_reclaim(listed, metrics, ADMIN, directory)
    assert not may_reclaim(BY_NAME, metrics, ADMIN, directory)
    assert not may_reclaim(listed, metrics, Viewer(email="bea@x.example"), directory)
    for viewer, asked in ((OPERATOR, BY_NAME), (Viewer(), BY_NAME), (ADMIN, BY_NAME.with_(group_by=("team",)))):
        assert narrowed(asked, metrics, viewer, directory) is asked
