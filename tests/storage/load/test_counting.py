"""What is odd about a load is counted before it is written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Engine

from storage.load.writes import LoadOf, save_usage
from storage.records import CostKind
from tests.storage.load.facts import (
    MONDAY,
    TUESDAY,
    roster,
    use,
)


def test_what_is_odd_is_counted(engine: Engine, load: LoadOf) -> None:
    roster(engine, load, [("ana@acme.example", date(2026, 11, 17))])

    saved = save_usage(
        engine,
        load,
        [
            use("a", subject="ana@acme.example", day=TUESDAY, cost=Decimal(1), cost_kind=CostKind.BILLED),
            use("b", subject="ana@acme.example", day=MONDAY, model="new"),
            use("c", subject="nobody@acme.example", model="new"),
            use("d", subject="", model="newer"),
        ],
    )

    assert (saved.unmatched_people, saved.unmatched_rows) == (2, 2)
    assert saved.unmatched == ("", "nobody@acme.example")
    assert (saved.outside_people, saved.outside_rows) == (1, 1)
    assert saved.unpriced_models == {"new": 2, "newer": 1}
