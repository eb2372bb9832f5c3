"""The views for BI tools: what questions say can be added up from them, on both databases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Engine, text

from storage.schema import migrate
from storage.views import MEANING, VIEWS, drop_views
from storage.whole import rows_of_view
from tests.storage.organisation import Organisation, Stay, Use, Work, save

DAY = date(2026, 3, 2)
MINE = Organisation(
    {"Core": "", "Edge": "Core"},
    (Stay(email="a@x.example", team="Edge"), Stay(email="b@x.example", team="Edge", end=date(2026, 3, 31))),
    (
        Use(day=DAY, email="a@x.example", input=3, cost=Decimal("0.25"), requests=1),
        Use(day=DAY, email="b@x.example", input=4, cost=Decimal("0.5"), requests=1),
        Use(day=DAY, email="nobody@x.example", input=5, requests=1),
    ),
    {"triage": ("Core", "review")},
    (Work(day=DAY, workflow="triage", items=2, minutes=Decimal("7.5")),),
)
THEIRS = Stay(email="c@y.example", team="Else")
OTHER = Organisation({"Else": ""}, (THEIRS,), (Use(day=DAY, email="c@y.example"),), {}, ())


def test_the_views_name_days_and_teams_of_one_workspace_and_nobody(engine: Engine) -> None:
    with engine.begin() as connection:
        first, _ = save(connection, MINE), save(connection, OTHER)

    def rows(view: str) -> list[dict[str, object]]:
        with engine.connect() as connection:
            heading, found = rows_of_view(connection, first, view)
            return [dict(zip(heading, row, strict=True)) for row in found]

    usage = {row["team"]: (str(row["day"]), row["input_tokens"], float(str(row["cost"]))) for row in rows("bi_usage")}
    assert usage == {"Edge": ("2026-03-02", 7, 0.75), "(none)": ("2026-03-02", 5, 0.0)}
    assert [(row["team"], row["last_day"] and str(row["last_day"]), row["people"]) for row in rows("bi_roster")] == [
        ("Edge", "2026-03-31", 1),
        ("Edge", None, 1),
    ]
    (work,) = rows("bi_work")
    assert (work["team"], work["items"], float(str(work["human_minutes"]))) == ("Core", 2, 7.5)
    assert {(row["team"], row["parent"]) for row in rows("bi_teams")} == {("Core", None), ("Edge", "Core")}
    assert not any("@" in str(value) for view in VIEWS for row in rows(view) for value in row.values())


def test_a_migration_makes_them_again(engine: Engine) -> None:
    with engine.begin() as connection:
        drop_views(connection)
    migrate(engine)

    assert VIEWS.keys() == MEANING.keys()
    with engine.connect() as connection:
        assert all(connection.scalar(text(f"SELECT count(*) FROM {view}")) == 0 for view in VIEWS)
