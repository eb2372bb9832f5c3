"""Budget used: cost of a scope in the months of its budget over that budget, worked out again from plain rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Connection

from storage.answer.privacy import OPERATOR, Viewer
from storage.answer.result import NoteKind, Result
from storage.answer.run import run
from storage.engine import reading_engine, writing_engine
from storage.errors import InvalidQuery, NoData
from storage.load.plans import save_budgets
from storage.load.rates import save_rates
from storage.names import Directory, read_directory
from storage.plan_records import BudgetRecord, PlanScope
from storage.query import Compare, Filter, Grain, Having, Op, Query
from storage.records import Period, RateRecord
from tests.databases import fresh_store
from tests.storage.organisation import Organisation, Stay, Use, save

FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28), "February 2026")
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31), "March 2026")
TEAMS = {"Engineering": "", "Core": "Engineering", "Edge": "Engineering", "Support": ""}
AT = {0: "Core", 6: "Edge", 9: "Support", 15: "Engineering"}  # from this number on


def team(number: int) -> str:
    return AT[max(first for first in AT if first <= number)]


USES = tuple(
    Use(
        day=date(2026, month, 1 + (number * 5) % 27),
        email=f"p{number}@x.example",
        tool=("cursor", "chat")[number % 2],
        requests=1,
        cost=Decimal(f"{month * number + 1}.25"),
        ledger="product" if number == 3 else "workforce",
    )
    for month in (1, 2, 3)
    for number in range(21)
)
AMOUNTS = {
    (PlanScope.ORGANISATION, ""): 400,
    (PlanScope.TEAM, "Engineering"): 300,
    (PlanScope.TEAM, "core"): 20,  # in another case than the team's
    (PlanScope.TOOL, "cursor"): 250,
    (PlanScope.TOOL, "idle tool"): 10,
}


@dataclass
class Ledger:
    connection: Connection
    directory: Directory

    def ask(self, viewer: Viewer = OPERATOR, as_of: date | None = None, **more: object) -> Result:
        query = Query(**({"metrics": ("budget_used",), "period": MARCH} | more))  # type: ignore[arg-type]
        return run(self.connection, self.directory, query, viewer, as_of)

    def figure(self, **more: object) -> float | int | None:
        return self.ask(**more).rows[0].values["budget_used"]  # type: ignore[arg-type]

    def rows(self, by: str, **more: object) -> dict[str, float | int | None]:
        return {row.labels[by]: row.values["budget_used"] for row in self.ask(group_by=(by,), **more).rows}  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    stays = tuple(Stay(email=f"p{number}@x.example", team=team(number)) for number in range(21))
    with fresh_store("sqlite", tmp_path_factory.mktemp("budgets")) as url:
        writer = writing_engine(url)
        with writer.begin() as connection:
            workspace = save(connection, Organisation(TEAMS, stays, USES, {}, ()))
            records = [
                BudgetRecord(scope=scope, name=name, month=month, amount=Decimal(amount))
                for (scope, name), amount in AMOUNTS.items()
                for month in (FEBRUARY.start, MARCH.start, date(2026, 4, 1))
            ]
            euros = BudgetRecord(
                scope=PlanScope.TEAM, name="Edge", month=MARCH.start, amount=Decimal(100), currency="EUR"
            )
            save_budgets(connection, workspace, [*records, euros])
            save_rates(connection, workspace, [RateRecord(day=date(2026, 1, 1), currency="EUR", usd=Decimal("1.25"))])
        writer.dispose()
        reader = reading_engine(url)
        with reader.connect() as connection:
            yield Ledger(connection, read_directory(connection, workspace))
        reader.dispose()


def spent(period: Period, *teams: str, tool: str = "") -> float:
    return float(
        sum(
            use.cost or 0
            for use in USES
            if period.start <= use.day <= period.end
            and (not teams or team(int(use.email[1:].split("@")[0])) in teams)
            and tool in ("", use.tool)
        )
    )


def test_it_is_the_cost_of_the_scope_over_its_budget_with_the_teams_below_it(ledger: Ledger) -> None:
    below = ("Engineering", "Core", "Edge")
    assert ledger.figure() == pytest.approx(spent(MARCH) / 400)
    assert ledger.figure(filters=(Filter("team", ("Engineering",)),)) == pytest.approx(spent(MARCH, *below) / 300)
    assert ledger.figure(filters=(Filter("team", ("Edge",)),)) == pytest.approx(spent(MARCH, "Edge") / 1.25 / 100)
    assert ledger.rows("team") == pytest.approx(
        {
            "Engineering": spent(MARCH, *below) / 300,
            "Core": spent(MARCH, "Core") / 20,
            "Edge": spent(MARCH, "Edge") / 125,  # in dollars at the day's rate, beside budgets in dollars
        }
    )
    assert ledger.rows("tool") == pytest.approx({"cursor": spent(MARCH, tool="cursor") / 250, "idle tool": 0.0})


def test_months_add_up_and_each_point_and_side_has_its_own_budget(ledger: Ledger) -> None:
    both = Period(FEBRUARY.start, MARCH.end)
    february, march = spent(FEBRUARY) / 400, spent(MARCH) / 400

    assert ledger.figure(period=both) == pytest.approx((spent(FEBRUARY) + spent(MARCH)) / 800)
    points = ledger.ask(period=Period(date(2026, 1, 1), MARCH.end), grain=Grain.MONTH).rows
    assert [row.values["budget_used"] for row in points] == [None, pytest.approx(february), pytest.approx(march)]
    year = ledger.ask(period=Period(date(2026, 1, 1), MARCH.end))  # January has no budget: nothing of it counts
    assert year.rows[0].values["budget_used"] == pytest.approx((spent(FEBRUARY) + spent(MARCH)) / 800)
    assert [(note.data["first"], note.data["last"]) for note in year.notes if note.kind is NoteKind.BUDGETED] == [
        (FEBRUARY.start, MARCH.end)
    ]
    assert ledger.rows("team", period=both)["Edge"] is None  # it has a budget of March alone
    compared = ledger.ask(previous=FEBRUARY).rows[0].values
    assert (compared["previous"], compared["change"]) == pytest.approx((february, march - february))
    over = (Having(Compare.GT, 1.0),)
    assert {*ledger.rows("team", having=over)} == {name for name, used in ledger.rows("team").items() if used > 1}  # type: ignore[operator]


def test_of_a_period_that_runs_the_whole_budget_counts_and_the_cost_so_far(ledger: Ledger) -> None:
    half = Period(MARCH.start, date(2026, 3, 15))
    quarter = Period(MARCH.start, date(2026, 4, 30))

    assert ledger.figure(as_of=half.end) == pytest.approx(spent(half) / 400)
    assert ledger.figure(period=quarter, as_of=half.end) == pytest.approx(spent(half) / 800)


def test_what_no_budget_is_kept_of_is_refused_in_words(ledger: Ledger) -> None:
    for refused in (
        {"group_by": ("model",)},
        {"filters": (Filter("team", ("Core",)), Filter("tool", ("cursor",)))},
        {"filters": (Filter("team", ("Core",), Op.NOT_IN),)},
        {"grain": Grain.WEEK},
        {"period": Period(date(2026, 3, 9), MARCH.end)},
    ):
        with pytest.raises(InvalidQuery, match="budget"):
            ledger.ask(**refused)
    with pytest.raises(NoData, match="no budget is recorded for Support"):
        ledger.ask(filters=(Filter("team", ("Support",)),))


def test_a_small_team_s_budget_tells_nothing_of_its_people(ledger: Ledger) -> None:
    shown = {row.labels["team"]: row.suppressed for row in ledger.ask(Viewer(), group_by=("team",)).rows}

    assert shown["Edge"]  # three people
    assert not shown["Engineering"]
