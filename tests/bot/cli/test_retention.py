"""Retention over a store that the command line fills: the past is nobody's, and its months keep their figures."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass
from datetime import date

import pytest

from storage.engine import writing_engine
from storage.load.retention import cut_of, fold_past
from tests.bot.cli.runs import Line
from tests.bot.sources.files.shop import ROSTER, TEAMS, usage

USE = usage(
    "2026-03-04,ana@acme.example,cursor,a,m,chat,,1000,0,0,1,0,3,0,0,0.1",
    "2026-03-06,user-7f3,cursor,a,m,chat,,10,0,0,1,0,1,0,0,0.1",
    "2026-05-04,ana@acme.example,cursor,a,m,chat,,5,0,0,1,0,1,0,0,0.1",
)
ASKED = ("tokens by team", "headcount by team", "active people by team", "adoption rate by team")


@dataclass
class Shop:
    line: Line

    def fold(self) -> int:
        with closing(writing_engine(os.environ["DATABASE_URL"]).connect()) as connection, connection.begin():
            return fold_past(connection, 1, date(2026, 5, 1))

    def figures(self, month: str) -> list[object]:
        asked = (f"{question} in {month} 2026" for question in ASKED)
        return [self.line.data("ask", question, "--as-of", "2026-06-03")["rows"] for question in asked]

    def tokens(self, question: str) -> float:
        (row,) = self.line.data("ask", question, "--as-of", "2026-06-03")["rows"]
        return float(row["values"]["tokens"])


@pytest.fixture
def shop(line: Line) -> Shop:
    line.write(teams=TEAMS, roster=ROSTER, usage=USE)
    line.run("import", line.files)
    return Shop(line)


def test_the_cut_is_the_first_day_of_a_month() -> None:
    assert cut_of(date(2026, 6, 3), 30) == date(2026, 5, 1)
    assert cut_of(date(2026, 6, 3), 365) == date(2025, 6, 1)


def test_what_is_older_is_nobodys_and_teams_keep_the_figures_of_its_months(shop: Shop) -> None:
    march, may = shop.figures("March"), shop.figures("May")
    assert shop.tokens("tokens of ana@acme.example in March 2026") > 0
    own = shop.tokens("tokens of ana@acme.example in May 2026")

    assert shop.fold() == 1
    assert (shop.figures("March"), shop.figures("May")) == (march, may)
    assert shop.tokens("tokens of ana@acme.example in March 2026") == 0
    assert shop.tokens("tokens of ana@acme.example in May 2026") == own
    assert shop.fold() == 0


def test_a_file_loaded_again_brings_nothing_back_for_longer_than_a_night(shop: Shop) -> None:
    march = shop.figures("March")
    shop.fold()
    shop.line.run("import", shop.line.files)
    assert shop.fold() == 0  # its days were left out unread
    shop.line.write(usage=f"{USE}2026-03-05,user-7f3,cursor,a,m,chat,,0,0,0,0,0,0,0,0,0\n")
    shop.line.run("import", shop.line.files)

    assert shop.figures("March") == march
    assert shop.tokens("tokens of ana@acme.example in March 2026") == 0
