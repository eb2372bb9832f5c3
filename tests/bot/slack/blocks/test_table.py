"""The rows of an answer as a native table and as monospaced lines."""

from __future__ import annotations

import pytest

from bot.questions.answers.answer import Answer, Column, Row, Shape, Status
from bot.slack.blocks.parts import as_json, weight
from bot.slack.blocks.table import held, monospaced, native
from tests.fakes.slack_blocks import problems

TOKENS = Column(name="tokens", label="tokens", unit="tokens")


def teams(count: int, name: str = "Team") -> Answer:
    rows = tuple(Row(labels={"team": f"{name} {at}"}, values={"tokens": at * 1000}) for at in range(count))
    return Answer(status=Status.ANSWERED, text="", shape=Shape.LIST, columns=(TOKENS,), rows=rows)


def test_names_stand_left_and_figures_right() -> None:
    (table,) = as_json(native(teams(2), 9_000))

    assert table["column_settings"] == [{"align": "left"}, {"align": "right"}]
    assert [[cell["text"] for cell in row] for row in table["rows"]] == [
        ["Team", "Tokens"],
        ["Team 0", "0"],
        ["Team 1", "1,000"],
    ]


@pytest.mark.parametrize("room", [9_000, 2_000, 400])
def test_it_fits_its_room_and_counts_the_rows_that_do_not(room: int) -> None:
    blocks = native(teams(140), room)

    table, more = as_json(blocks)
    assert weight(blocks) <= room
    assert problems([table, more]) == []
    assert more["elements"][0]["text"] == f"…and {140 - (len(table['rows']) - 1)} more rows"


def test_without_room_for_a_row_there_is_none() -> None:
    assert native(teams(3), 200) == []
    assert native(Answer(status=Status.ANSWERED, text=""), 9_000) == []


def test_lines_stand_below_each_other_escaped_and_within_their_room() -> None:
    assert monospaced(teams(2, "R&D"), 900).splitlines() == ["Team   Tokens", "R&amp;D 0       0", "R&amp;D 1   1,000"]
    assert len(monospaced(teams(140), 500)) <= 500
    assert monospaced(teams(140), 500).endswith(" more rows")


def test_what_both_forms_hold_is_what_the_next_rows_go_on_from() -> None:
    few, many = teams(3), teams(140)

    assert held(native(few, 9_000), monospaced(few, 9_000)) == 3
    assert held(native(many, 9_000), monospaced(many, 9_000)) == 99
    assert held(native(many, 9_000), monospaced(many, 500)) < 50
