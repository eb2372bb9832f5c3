"""The rows of an answer as words in columns."""

from __future__ import annotations

from bot.questions.answers.answer import Answer, Column, Row, Status
from bot.questions.answers.grid import MAX_COLUMNS, grid

TOKENS = Column(name="tokens", label="tokens", unit="tokens")
COST = Column(name="cost", label="cost", unit="USD")


def answer(*rows: Row, columns: tuple[Column, ...] = (TOKENS, COST)) -> Answer:
    return Answer(status=Status.ANSWERED, text="", columns=columns, rows=rows)


def test_names_come_first_and_figures_in_their_units() -> None:
    words = grid(answer(Row(labels={"team": "Mobile", "first_tool": "cursor"}, values={"tokens": 1200, "cost": 3.5})))

    assert words.heading == ("Team", "First tool", "Tokens", "Cost")
    assert words.lines == (("Mobile", "cursor", "1,200", "$3.50"),)
    assert words.names == 2


def test_what_is_hidden_or_missing_says_so() -> None:
    hidden = Row(labels={"team": "Law"}, values={"tokens": None}, suppressed=True)
    unknown = Row(labels={"team": ""}, values={"tokens": None})

    assert grid(answer(hidden, unknown, columns=(TOKENS,))).lines == (("Law", "hidden (small group)"), ("–", "–"))


def test_a_long_name_is_cut_and_one_of_several_lines_is_one_line() -> None:
    (line,) = grid(answer(Row(labels={"team": "R&D\n\x00" + "x" * 200}, values={}), columns=())).lines

    assert line[0].startswith("R&D xxx")
    assert len(line[0]) == 80
    assert line[0].endswith("…")


def test_rows_without_declared_columns_show_what_they_hold() -> None:
    assert grid(answer(Row(labels={}, values={"active_people": 4}), columns=())).heading == ("Active people",)


def test_there_are_no_more_columns_than_a_table_takes() -> None:
    many = tuple(Column(name=f"c{number}", label=f"c{number}", unit="") for number in range(30))

    words = grid(answer(Row(labels={"team": "A"}, values={}), columns=many))

    assert len(words.heading) == len(words.lines[0]) == MAX_COLUMNS
