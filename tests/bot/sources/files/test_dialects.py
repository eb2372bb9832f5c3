"""The sample organisation's own usage, exported in foreign dialects, comes in as the same facts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.sources.files.load import import_folder
from storage.engine import writing_engine
from storage.tables import Stream, Subject, UsageFact
from storage.workspaces import default_workspace
from tests.bot.sources.files.shop import Shop, clock
from tests.databases import fresh_store

Row = Mapping[str, str]
Write = Callable[[str], str]
MONTH, EVERY = "2026-10", 23  # a month's rows, of which each so-manieth
COUNTS = ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens", "reasoning_tokens", "requests")


def german(number: str) -> str:
    whole, _, decimals = number.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".") if whole else ""
    return f"{grouped},{decimals}" if decimals else grouped


def american(number: str) -> str:
    whole, _, decimals = number.partition(".")
    return (f"{int(whole):,}" if whole else "") + (f".{decimals}" if decimals else "")


NUMBER = re.compile("tokens$|requests$|suggested$|accepted$|^price_")


def dressed(rows: list[Row], delimiter: str, day: str, number: Write, money: str = "{}") -> str:
    """The rows as a program of another country writes them; `day` is a format of strftime."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(name.replace("_", " ").title() for name in rows[0])
    for row in rows:
        cells = dict(row) | {"date": date.fromisoformat(row["date"]).strftime(day)}
        cells |= {name: number(row[name]) for name in row if row[name] and NUMBER.search(name)}
        cells["cost_usd"] = money.format(number(row["cost_usd"])) if row["cost_usd"] else ""
        writer.writerow(cells.values())
    return out.getvalue()


DIALECTS: Mapping[str, tuple[str, Callable[[list[Row]], str]]] = {
    "German Excel": ("utf-8-sig", lambda rows: dressed(rows, ";", "%d.%m.%Y", german)),
    "American Excel": ("utf-8", lambda rows: dressed(rows, ",", "%m/%d/%Y", american, "${}")),
    "Excel's Unicode text": ("utf-16", lambda rows: dressed(rows, "\t", "%d/%m/%Y", american)),
    "bars and names of months": ("cp1252", lambda rows: dressed(rows, "|", "%b %d, %Y", str, "USD {}")),
    "a line that names the separator": ("utf-8", lambda rows: "sep=;\r\n" + dressed(rows, ";", "%Y-%m-%d", german)),
}


@pytest.fixture(scope="module")
def rows(larkspur_files: Path) -> list[Row]:
    with (larkspur_files / "usage.csv").open(newline="") as lines:
        month: list[Row] = [row for row in csv.DictReader(lines) if row["date"].startswith(MONTH)]
    return month[::EVERY]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with fresh_store("sqlite", tmp_path) as url:
        engine = writing_engine(url)
        with engine.begin() as connection:
            workspace_id = default_workspace(connection)
        (tmp_path / "files").mkdir()
        yield Shop(engine, workspace_id, tmp_path / "files")
        engine.dispose()


def facts(shop: Shop) -> list[tuple[object, ...]]:
    """What the store holds of each row."""
    counts = [getattr(UsageFact, name) for name in COUNTS]
    wanted = (
        select(UsageFact.day, Subject.name, Stream.tool, Stream.model, UsageFact.cost_nano, *counts)
        .join(Subject, Subject.id == UsageFact.subject_id)
        .join(Stream, Stream.id == UsageFact.stream_id)
    )
    with shop.engine.connect() as connection:
        return sorted(map(tuple, connection.execute(wanted)), key=str)


def loaded(shop: Shop, content: bytes) -> list[tuple[object, ...]]:
    (shop.folder / "usage.csv").write_bytes(content)
    report = import_folder(shop.folder, shop.engine, shop.workspace_id, clock=clock)
    assert report.ok, report.text()
    return facts(shop)


def plain(rows: list[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_samples_use_is_the_same_in_another_dialect(shop: Shop, rows: list[Row], dialect: str) -> None:
    encoding, write = DIALECTS[dialect]
    assert len(rows) > 50
    told = loaded(shop, write(rows).encode(encoding))
    assert len(told) == len(rows)

    assert loaded(shop, plain(rows)) == told  # each row is the one that was there: no second fact
