"""The cells of a query's rows: those of the row's conditions and days, and looked for once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from storage.answer.buckets import buckets_of
from storage.answer.cells import Cells
from storage.answer.compile import Compiler
from storage.answer.conditions import Conditions
from storage.answer.presence import Cell, presence
from storage.answer.row_cells import RowCells
from storage.query import Grain, Query
from storage.records import Period
from tests.storage.organisation import Organisation, Stay, Use
from tests.storage.worlds import World, worlds

MONDAY = date(2026, 2, 2)
WEEKS = Period(MONDAY, MONDAY + timedelta(days=13))


@dataclass(frozen=True)
class CountedCells(Cells):
    """Cells that count how often one is worked out."""

    asked: list[Period] = field(default_factory=list)

    def cell(self, conditions: Conditions, period: Period) -> Cell:
        """The cell of a row in a period."""
        self.asked.append(period)
        return super().cell(conditions, period)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    stays = [Stay(email=f"{team.lower()}{n}", team=team, title="Maker") for team in ("Red", "Blue") for n in range(3)]
    uses = [Use(day=MONDAY + timedelta(days=7 * n), email=f"red{n}", input=1) for n in range(2)]
    organisation = Organisation({"Red": "", "Blue": ""}, tuple(stays), tuple(uses))
    with worlds("sqlite", tmp_path_factory.mktemp("store"), [organisation]) as found:
        yield found[0]


def test_a_row_has_its_own_people_and_days_and_is_worked_out_once(world: World) -> None:
    query = Query(metrics=("tokens",), period=WEEKS, group_by=("team",), grain=Grain.WEEK)
    compiler = Compiler(world.directory.workspace_id, world.directory, query, buckets_of(query))
    people = presence(world.directory, world.connection)
    people.read(world.connection, [WEEKS])
    cells = CountedCells(world.directory, people)
    rows = RowCells(cells, compiler)
    of_team = {
        (bucket.number, team): (bucket.number, (team,)) for bucket in compiler.buckets for team in ("Red", "Blue")
    }

    for _ in range(3):
        assert [rows.users(*row).bit_count() for row in of_team.values()] == [1, 0, 1, 0]
        assert len({rows.cell(*row) for row in of_team.values()}) == len(of_team)
        assert rows.conditions(("Red",)) != rows.conditions(("Blue",))

    assert len(cells.asked) == len(of_team)
