"""An answer as a CSV file: figures as they are, what they mean above them, nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from bot.errors import UserError
from bot.questions.answers.answer import Answer, Column, Receipt, Row, Status
from bot.questions.answers.csv_file import csv_text, harmless
from storage.records import Period

RECEIPT = Receipt(
    metric="cost",
    definition="Dollars\nbilled.",
    period="October 2026",
    zone="UTC",
    scope="Core",
    newest="2026-11-17",
    coverage=1.0,
)
ANSWER = Answer(
    status=Status.ANSWERED,
    text="x",
    title="cost, Core, by team, October 2026",
    period=Period(date(2026, 10, 1), date(2026, 10, 31)),
    columns=(Column(name="cost", label="cost", unit="USD"),),
    rows=(
        Row(labels={"team": '=HYPERLINK("x")'}, values={"cost": -1234.5678}),
        Row(labels={"team": "Legal"}, values={"cost": None}, suppressed=True),
    ),
    caveats=("Estimated in part.",),
    receipt=RECEIPT,
)


def test_the_file_says_definition_period_scope_and_what_is_hidden_and_keeps_figures_unrounded() -> None:
    lines = csv_text(ANSWER).split("\r\n")
    said = [line for line in lines if line.startswith("#")]
    rows = list(csv.reader(line for line in lines if line and not line.startswith("#")))

    assert said == [
        "# cost, Core, by team, October 2026",
        "# Definition: Dollars billed.",
        "# Period: 2026-10-01 to 2026-10-31",
        "# Scope: Core; days are those of UTC; data to 2026-11-17",
        "# Hidden because the group is too small: 1 of 2 rows",
        "# Estimated in part.",
    ]
    assert rows == [
        ["team", "cost (USD)", "note"],
        ['\'=HYPERLINK("x")', "-1234.5678", ""],
        ["Legal", "", "hidden"],
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_name_that_a_spreadsheet_would_run_is_quoted(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_an_answer_without_rows_is_no_file() -> None:
    with pytest.raises(UserError, match="Ask for figures"):
        csv_text(Answer(status=Status.ANSWERED, text="x"))
    with pytest.raises(UserError, match="no rows to export: People are not listed here"):
        csv_text(Answer(status=Status.DENIED, text="People are not listed here."))
