"""What is kept of rows that were shown, and what the next answer may then not tell."""

from __future__ import annotations

from storage.answer.cells import Cells
from storage.answer.conditions import Condition
from storage.answer.presence import presence
from storage.answer.privacy import FEWEST_USERS
from storage.answer.row_cells import RowCells
from storage.answer.shown import Shown
from storage.answer.told import shown_of, told_before
from storage.query import Op, Query
from tests.storage.answer.office import FOUR_WEEKS, TOKENS, compiler, of
from tests.storage.worlds import World

KINDS = frozenset({"tokens"})


def cells(world: World) -> Cells:
    seen = presence(world.directory, world.connection)
    seen.read(world.connection, [FOUR_WEEKS])
    return Cells(world.directory, seen)


def kept(world: World, query: Query, *labels: str) -> tuple[Shown, ...]:
    asked, behind = compiler(world, query), cells(world)
    return shown_of(asked, behind, RowCells(behind, asked), ((0, labels),), KINDS)


def test_a_row_is_kept_with_its_conditions_and_days_and_without_a_figure(office: World) -> None:
    (told,) = kept(office, TOKENS.with_(group_by=("team",), filters=(of("tool", "ide"),)), "Lab")

    assert told.conditions == (Condition("tool", ("ide",)),)
    assert (told.rows, told.windows, told.kinds) == (((0, ("Lab",)),), (FOUR_WEEKS,), KINDS)


def test_usage_beside_work_is_kept_by_the_owner_of_the_workflows(office: World) -> None:
    (told,) = kept(office, TOKENS.with_(metrics=("tokens/items",), group_by=("team",)), "Build")

    assert told.group_by == ()
    assert any("Build" in condition.values for condition in told.conditions)


def test_what_was_told_before_is_what_a_reader_can_take_figures_from(office: World) -> None:
    behind = cells(office)
    all_but_three = behind.cell({"team": (Condition("team", ("Tend",), Op.NOT_IN),)}, FOUR_WEEKS)
    of_all = kept(office, TOKENS)

    assert told_before(office.connection, behind, [], FEWEST_USERS).admits(all_but_three)
    assert not told_before(office.connection, behind, of_all, FEWEST_USERS).admits(all_but_three)
