"""The cells of one query's rows, and who has use in them: worked out once, since every privacy rule asks for them."""

from __future__ import annotations

from storage.answer.cells import Cells
from storage.answer.compile import Compiler
from storage.answer.conditions import Conditions, by_owner, conditions_of
from storage.answer.labelled_sums import Labels
from storage.answer.presence import Cell
from storage.answer.presence_rows import People

Row = tuple[int, Labels]  # a bucket's number, and labels as in the store


class RowCells:
    """What the rows of a query are made of; a row is a bucket's number with labels as in the store.

    `of_list_by_team`: the query is the total of a list by team.
    """

    def __init__(self, cells: Cells, compiler: Compiler, of_list_by_team: bool = False) -> None:
        self._cells, self._compiler, self.of_list_by_team = cells, compiler, of_list_by_team
        self._of_rows: dict[Row, tuple[Cell, People]] = {}
        self._of_labels: dict[Labels, Conditions] = {}

    def conditions(self, labels: Labels) -> Conditions:
        """The conditions that a row's labels and the query say."""
        if labels not in self._of_labels:
            compiler = self._compiler
            found: Conditions = conditions_of(compiler.query, labels, self.of_list_by_team)
            self._of_labels[labels] = by_owner(found, compiler.directory) if compiler.sets_usage_against_work else found
        return self._of_labels[labels]

    def cell(self, number: int, labels: Labels) -> Cell:
        """The cell of a row."""
        return self._row(number, labels)[0]

    def users(self, number: int, labels: Labels) -> People:
        """The people who have use in a row."""
        return self._row(number, labels)[1]

    def _row(self, number: int, labels: Labels) -> tuple[Cell, People]:
        row = (number, labels)
        if row not in self._of_rows:
            cell = self._cells.cell(self.conditions(labels), self._compiler.buckets[number].period)
            self._of_rows[row] = cell, self._cells.presence.users(cell)
        return self._of_rows[row]
