"""What is said beside a comparison is of the period asked, not of both."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from storage.answer.privacy import OPERATOR
from storage.answer.result import NoteKind
from storage.answer.run import run
from storage.engine import reading_engine
from storage.names import read_directory
from storage.query import Query
from storage.records import Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30))


def test_product_inference_is_that_of_the_later_period_in_the_unit_of_the_figure(
    larkspur: str, larkspur_files: Path
) -> None:
    with (larkspur_files / "usage.csv").open(newline="") as lines:
        expected = sum(
            float(row["cost_usd"] or 0)
            for row in csv.DictReader(lines)
            if row["ledger"] == "product" and row["date"].startswith("2026-10")
        )
    engine = reading_engine(larkspur)
    with engine.connect() as connection:
        query = Query(metrics=("cost",), period=OCTOBER, previous=SEPTEMBER)
        result = run(connection, read_directory(connection, 1), query, OPERATOR)
    engine.dispose()

    (product,) = [note for note in result.notes if note.kind is NoteKind.PRODUCT]
    assert product.data["parts"]["cost"] == pytest.approx(expected)
