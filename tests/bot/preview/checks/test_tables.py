"""What Slack checks of the two kinds of table: one thing wrong at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.preview.checks import problems
from bot.preview.checks.tables import letters
from tests.bot.preview.checks.good import Block, cell, is_found, put

BAD: dict[str, tuple[str, Callable[[Block], None]]] = {
    "an empty cell": ("table", put("rows", 1, 0, "text", value="")),
    "rows of two widths": ("table", put("rows", 1, value=[cell("1")])),
    "101 rows": ("table", put("rows", value=[[cell("x")]] * 101)),
    "21 columns": ("table", put("rows", value=[[cell("x")] * 21])),
    "10,001 letters": ("table", put("rows", value=[[cell("x" * 101)]] * 100)),
    "a table without a caption": ("data_table", put("caption", value="")),
    "a heading alone": ("data_table", put("rows", value=[[cell("a")]])),
    "a number that is none": ("data_table", put("rows", 1, 0, "value", value=float("nan"))),
    "pages of 101": ("data_table", put("page_size", value=101)),
}


@pytest.mark.parametrize("wrong", BAD)
def test_what_slack_would_not_show_is_named(wrong: str) -> None:
    assert is_found(*BAD[wrong])


LARGEST: dict[str, list[list[Block]]] = {
    "100 rows": [[cell("x")]] * 100,
    "20 columns": [[cell("x")] * 20],
    "10,000 letters": [[cell("x" * 100)]] * 100,
}


@pytest.mark.parametrize("rows", LARGEST.values(), ids=LARGEST)
def test_the_largest_table_passes(rows: list[list[Block]]) -> None:
    assert problems([{"type": "table", "rows": rows}]) == []


def test_letters_are_counted_over_all_tables_of_a_message() -> None:
    table = {"type": "table", "rows": [[cell("x" * 60)]] * 100}
    data = {"type": "data_table", "caption": "C", "rows": [[cell("x" * 60)]] * 80}

    assert (letters(table), letters(data)) == (6_000, 4_800)
    assert problems([table]) == problems([data]) == []
    assert problems([table, data]) == ["table text"]
