"""The fast way of reading a row gives what the careful way gives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.files import usage
from bot.sources.files.problems import Problems
from bot.sources.files.reading import LONGEST_LINE, CsvFile
from storage.catalogue.spellings import plain
from storage.load.gathering import COST, USAGE_SUM
from storage.load.staging import Row
from storage.tables import NANO
from tests.bot.sources.files.shop import USAGE_HEADER

digits = st.text("0123456789", min_size=1, max_size=6)
costs = st.one_of(st.just(""), digits, st.builds("{}.{}".format, digits, st.text("0123456789", max_size=14)))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files") / "usage.csv"


def _read(path: Path, text: str) -> tuple[list[Row], Problems]:
    path.write_text(text, encoding="utf-8")
    problems = Problems(path.name)
    clocks = usage.Clocks(ZoneInfo("UTC"), date(2026, 11, 18))
    return list(usage.rows(CsvFile(path, usage.COLUMNS, problems), clocks)), problems


@given(st.lists(st.tuples(costs, st.integers(0, 10**15)), min_size=1, max_size=20))
def test_money_and_counts_are_exact_however_they_are_written(path: Path, rows: list[tuple[str, int]]) -> None:
    lines = (f"2026-05-04,a@x.example,t,p,m,chat,,{count},0,0,1,0,1,0,0,{cost}\n" for cost, count in rows)

    read, problems = _read(path, USAGE_HEADER + "".join(lines))

    assert problems.rejected == 0
    assert [row[USAGE_SUM] for row in read] == [count for _, count in rows]
    assert [row[COST] for row in read] == [round(Decimal(cost) * NANO) if cost else None for cost, _ in rows]


names = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=8)


@given(st.lists(st.tuples(names, names, names), unique=True, min_size=2, max_size=12))
def test_different_names_make_different_keys(path: Path, keys: list[tuple[str, str, str]]) -> None:
    quoted = (",".join('"' + name.replace('"', '""') + '"' for name in key) for key in keys)
    lines = (f"2026-05-04,a@x.example,{key},chat,,1,0,0,1,0,1,0,0,\n" for key in quoted)

    read, _ = _read(path, USAGE_HEADER + "".join(lines))

    spelled = {tuple(map(plain, key)) for key in keys}  # two spellings of a name are one
    assert len({row[0] for row in read}) == len(spelled)


def test_a_file_without_line_ends_is_read_in_pieces(path: Path) -> None:
    read, problems = _read(path, USAGE_HEADER + "x" * 3 * LONGEST_LINE)

    assert read == []
    assert problems.rejected >= 3
