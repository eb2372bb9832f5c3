"""How fast files are imported, and in how much memory: beside reading the same rows and doing nothing with them.

FULCRUM_BENCH_GB sets the size of the large file (5).
"""

from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path
from time import perf_counter

import pytest

from tests.bot.sources.files import big_files, runs
from tests.databases import BACKENDS, fresh_store

MEMORY_MB = 200
GIGABYTES = float(os.environ.get("FULCRUM_BENCH_GB", "5"))
PEOPLE = 5_000


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_first_and_a_second_import(backend: str, tmp_path: Path) -> None:
    _measure(backend, tmp_path, megabytes=100, people=1_000)


def test_a_file_larger_than_memory(tmp_path: Path) -> None:
    _measure("sqlite", tmp_path, megabytes=GIGABYTES * 1_000, people=PEOPLE)


def _measure(backend: str, tmp_path: Path, megabytes: float, people: int) -> None:
    folder = tmp_path / "files"
    big_files.write_organisation(folder, megabytes, people)
    alone = _read_alone(folder / "usage.csv")
    with fresh_store(backend, tmp_path) as url:
        for what in ("first", "again"):
            measured = runs.run(url, folder)
            assert measured is not None
            rate = measured["rows"] / measured["seconds"]
            print(
                f"\n{backend}, {megabytes:,.0f} MB, {what}: {measured['rows']:,} rows in {measured['seconds']:,.1f} s,"
                f" {rate:,.0f} rows/s, {alone / rate:.1f} times as long as reading the CSV alone,"
                f" peak {measured['peak_mb']:.0f} MB"
            )
            assert measured["peak_mb"] < MEMORY_MB
    shutil.rmtree(folder)


def _read_alone(path: Path) -> float:
    """Rows a second of the csv module, which does nothing with them."""
    started = perf_counter()
    with path.open(encoding="utf-8", newline="") as file:
        rows = sum(1 for _ in csv.reader(file))
    return rows / (perf_counter() - started)
