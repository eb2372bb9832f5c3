"""A query is written as JSON and read back the same; what is no query is refused."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from storage.errors import InvalidQuery
from storage.query import Filter, Op, Query, query_from_json
from storage.records import Period
from tests.storage.answer.test_compile import queries

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "October 2026")
TOKENS = Query(metrics=("tokens",), period=OCTOBER)


@given(query=queries())
def test_a_query_survives_json(query: Query) -> None:
    assert query_from_json(json.loads(json.dumps(query.to_json()))) == query


def test_empty_fields_are_left_out() -> None:
    assert TOKENS.to_json() == {
        "metrics": ["tokens"],
        "period": {"start": "2026-10-01", "end": "2026-10-31", "label": "October 2026"},
    }


def test_a_filter_is_found_by_its_dimension() -> None:
    team = Filter("team", ("Platform",), Op.NOT_IN)
    query = TOKENS.with_(filters=(Filter("tool", ("cursor",)), team))
    assert query.filter_on("team") is team
    assert query.filter_on("model") is None


@pytest.mark.parametrize(
    "broken",
    [
        5,
        [],
        {},
        {"metrics": ["tokens"]},
        {"metrics": ["tokens"], "period": "October"},
        {"metrics": None, "period": OCTOBER.to_json()},
        {"metrics": ["tokens"], "period": {"start": "2026-10-01"}},
        {"metrics": ["tokens"], "period": {"start": "yesterday", "end": "2026-10-01"}},
        {"metrics": ["tokens"], "period": {"start": "2026-10-02", "end": "2026-10-01"}},
        TOKENS.to_json() | {"grain": "fortnight"},
        TOKENS.to_json() | {"filters": [{"dimension": "team", "values": ["A"], "op": "like"}]},
        TOKENS.to_json() | {"filters": ["team"]},
        TOKENS.to_json() | {"having": [{"compare": "gt", "value": "many", "by": "value", "metric": ""}]},
        TOKENS.to_json() | {"order": {"by": "size"}},
        TOKENS.to_json() | {"share": {}},
        TOKENS.to_json() | {"limit": "3"},
        TOKENS.to_json() | {"metrics": "tokens"},
        TOKENS.to_json() | {"scopes": "Platform"},
    ],
)
def test_what_is_no_query_is_refused(broken: Any) -> None:
    with pytest.raises(InvalidQuery):
        query_from_json(broken)
