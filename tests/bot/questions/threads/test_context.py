"""What a thread is about reads back from the store as it was, or not at all."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from bot.questions.reading import Intent, Understood
from bot.questions.threads.context import stored, understood
from storage.query import By, Compare, Filter, Grain, Having, Op, Order, Query, Share
from storage.records import Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "October 2026")
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30))

RICH = Query(
    metrics=("cost", "tokens"),
    period=OCTOBER,
    group_by=("team",),
    grain=Grain.WEEK,
    filters=(Filter("tool", ("zed", ""), Op.NOT_IN), Filter("team", ("Care",), Op.BELOW)),
    previous=SEPTEMBER,
    share=Share((Filter("tool", ("zed",)),)),
    having=(Having(Compare.GE, 2.5, By.CHANGE_PCT, "cost"),),
    order=Order(By.CHANGE, False, "tokens"),
    limit=3,
    skip=1,
    everyone=True,
    currency="EUR",
)


@pytest.mark.parametrize(
    "reading",
    [
        Understood(query=Query(metrics=("cost",), period=OCTOBER)),
        Understood(query=RICH, intent=Intent.WHY, headline=By.CHANGE, personal=True),
        Understood(query=RICH, former=Query(metrics=("tokens",), period=SEPTEMBER)),
    ],
)
def test_a_reading_reads_back_from_json(reading: Understood) -> None:
    assert understood(json.loads(json.dumps(stored(reading)))) == reading


@pytest.mark.parametrize(
    "changed",
    [
        {"query": {"metrics": ["cost"]}},
        {"intent": "guess"},
        {"headline": "colour"},
        {"former": {"metrics": []}},
    ],
)
def test_what_another_version_wrote_is_no_context(changed: dict[str, Any]) -> None:
    kept = stored(Understood(query=RICH))

    assert understood({**kept, **changed}) is None


@pytest.mark.parametrize("kept", [None, {}, {"offered": [["a", "b"]]}])
def test_a_thread_without_a_question_has_no_context(kept: dict[str, Any] | None) -> None:
    assert understood(kept) is None
