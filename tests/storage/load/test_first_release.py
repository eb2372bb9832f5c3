"""Sums of the first release give way to the rows that they were made of, and to nothing less."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from bot.sources.files.load import import_folder
from storage.load.undoing import undo
from storage.schema import migrate
from storage.tables import Load, UsageDaily
from tests.databases import BACKENDS
from tests.storage.first_release import FILE, NOW, WHO, first_release


@pytest.fixture(params=BACKENDS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A migrated store of the first release."""
    with first_release(request.param, tmp_path) as engine:
        migrate(engine)
        yield engine


def test_rows_that_were_added_up_count_once_when_their_file_tells_them_one_by_one(old: Engine, tmp_path: Path) -> None:
    """The first release knew no instants, no events and no projects: it made one sum of such rows."""
    before = sums(old)
    for columns, first, second in (
        ("timestamp", "2026-05-04T09:00:00Z", "2026-05-04T17:30:00+02:00"),
        ("date,event_id", "2026-05-04,1", "2026-05-04,2"),
        ("date,project", "2026-05-04,one", "2026-05-04,two"),
    ):
        rows = [f"{first},{WHO},4,15,20,35,5,3,7,8,0.3", f"{second},{WHO},6,5,10,5,,3,,,0.2"]
        usage = tmp_path / "usage.csv"
        usage.write_text("\n".join([FILE.splitlines()[0].replace("date", columns), *rows]) + "\n")

        assert (load(old, usage), load(old, usage)) == ((2, 0), (0, 2))
        assert sums(old) == before | {"facts": before["facts"] + 1}
        take_back(old, 2)
        assert sums(old) == before


def test_a_file_that_tells_less_than_a_sum_of_the_first_release_is_another_one(old: Engine, tmp_path: Path) -> None:
    before = sums(old)
    usage = tmp_path / "usage.csv"
    usage.write_text(FILE.splitlines()[0].replace("date", "timestamp") + f"\n2026-05-04T09:00Z,{WHO},4,,,,,3,,,\n")

    assert load(old, usage) == (1, 0)
    assert sums(old)["input_tokens"] == before["input_tokens"] + 4


def load(engine: Engine, file: Path) -> tuple[int, int]:
    report = import_folder(file, engine, 1, clock=lambda: NOW).files[0]
    return report.new, report.unchanged


def take_back(engine: Engine, count: int) -> None:
    with engine.begin() as connection:
        newest = select(Load.id).where(Load.undone_at.is_(None)).order_by(Load.id.desc()).limit(count)
        for load_id in connection.scalars(newest).all():
            undo(connection, 1, load_id, NOW)


def sums(engine: Engine) -> dict[str, int]:
    columns = (UsageDaily.input_tokens, UsageDaily.output_tokens, UsageDaily.requests, UsageDaily.cost_nano)
    with engine.connect() as connection:
        return {
            column.key: int(connection.scalar(select(func.sum(column))) or 0) for column in (*columns, UsageDaily.facts)
        }
