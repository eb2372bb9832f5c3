"""Rows that are handed on together say the same row by row and column by column."""

from __future__ import annotations

from bot.sources.files.pieces import Piece, picking


def test_the_wanted_columns_are_the_same_either_way() -> None:
    for header in (["a", "b"], ["b", "x", "a"], ["b"]):
        pick, places = picking(header, ("a", "b", "c"))
        cells = [[f"{name}{line}" for name in header] for line in (2, 3)]
        piece = Piece([2, 3], cells, pick, places)

        columns = piece.columns()

        assert columns is not None
        rows = [*piece.rows()]
        assert [line for line, _ in rows] == [2, 3]
        assert [fields for _, fields in rows] == [[*row] for row in zip(*columns, strict=True)]
        assert rows[0][1] == ["a2" if "a" in header else "", "b2", ""]


def test_a_row_that_says_nothing_is_left_out_and_only_its_reader_knows_the_columns() -> None:
    piece = Piece([2, 3], [["no"], ["yes"]], lambda row: row if row == ["yes"] else None, None)

    assert [*piece.rows()] == [(3, ["yes"])]
    assert piece.columns() is None
