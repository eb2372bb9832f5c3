"""What is kept of an answer reads back as it was, names its rows, and holds no figure."""

from __future__ import annotations

import json
from datetime import date

import pytest

from storage.answer.conditions import Condition
from storage.answer.shown import Shown, shown_from_json
from storage.errors import InvalidQuery
from storage.query import Op
from storage.records import Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30))
SHOWN = Shown(
    conditions=(Condition("tool", ("cursor", "copilot"), Op.NOT_IN),),
    group_by=("team",),
    direct=True,
    windows=(OCTOBER, SEPTEMBER),
    series=False,
    rows=((0, ("Design",)), (1, ("Design",))),
    kinds=frozenset({"tokens"}),
)


def test_it_reads_back_from_the_audit_log() -> None:
    assert shown_from_json(json.loads(json.dumps(SHOWN.to_json()))) == SHOWN


def test_each_row_has_the_conditions_of_the_query_and_its_own() -> None:
    rows = [*SHOWN.each_row()]
    assert [(place, period) for place, _, period in rows] == [
        ((0, ("Design",)), OCTOBER),
        ((1, ("Design",)), SEPTEMBER),
    ]
    assert rows[0][1] == {"tool": SHOWN.conditions, "team": (Condition("team", ("Design",), direct=True),)}


@pytest.mark.parametrize("broken", [{}, {**SHOWN.to_json(), "windows": [["soon", "later"]]}])
def test_what_is_of_another_form_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(InvalidQuery):
        shown_from_json(broken)
