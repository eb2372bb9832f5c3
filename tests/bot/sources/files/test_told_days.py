"""A file that is loaded again is only read where it tells a day otherwise, and all is as if all of it were read."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, select

from bot.sources.files import reading
from bot.sources.files.load import import_folder
from bot.sources.files.report import FileReport
from bot.sources.files.told_days import Unread, told_days
from bot.sources.files.usage import COLUMNS
from storage.engine import writing_engine
from storage.load.known_days import KnownDays, ToldDays
from storage.load.undoing import CannotUndo, undo
from storage.tables import UsageByTeam, UsageFact
from storage.workspaces import default_workspace
from tests.bot.sources.files.shop import ROSTER, TEAMS, USAGE_HEADER, Shop, clock
from tests.databases import fresh_store
from tests.sampling import sampled, some

ROW = "2026-05-04,ana@acme.example,cursor,a,m,chat,,1,0,0,1,0,1,0,0,0.1\n"
NEXT = ROW.replace("05-04", "05-05")


def _told(folder: Path, text: str) -> ToldDays | None:
    file = folder / "usage.csv"
    file.write_bytes(text.encode())
    return told_days(file, "", COLUMNS.open_name)


def test_days_are_told_by_the_lines_that_begin_with_them(tmp_path: Path) -> None:
    told = _told(tmp_path, USAGE_HEADER + ROW + NEXT + ROW)

    assert told is not None
    assert {day: rows for day, (rows, _) in told.days.items()} == {date(2026, 5, 4): 2, date(2026, 5, 5): 1}
    grown = _told(tmp_path, USAGE_HEADER + ROW + NEXT + ROW + NEXT)
    assert grown is not None
    assert grown.reading == told.reading
    assert [grown.days[day] == told.days[day] for day in sorted(told.days)] == [True, False]
    renamed = _told(tmp_path, USAGE_HEADER.replace("workflow", "task") + ROW)
    assert renamed is not None
    assert renamed.reading != told.reading


def test_lines_that_do_not_tell_the_day_of_each_row_tell_none(tmp_path: Path) -> None:
    for what, text in {
        "a quoted field may go on": USAGE_HEADER + ROW.replace("cursor", '"cursor\n2026-05-04"'),
        "an instant has another day elsewhere": USAGE_HEADER.replace("workflow", "timestamp") + ROW,
        "an event may come on two days": USAGE_HEADER.replace("workflow", "event_id") + ROW,
        "the day stands elsewhere": USAGE_HEADER.replace("date,email", "email,date") + ROW,
        "the day is written otherwise": USAGE_HEADER + ROW.replace("2026-05-04", "04.05.2026"),
        "a sum below": USAGE_HEADER + ROW + "Total,,,,,,,1,0,0,1,0,1,0,0,0.1\n",
        "lines that end within": USAGE_HEADER + ROW.replace("cursor", "cur\rsor"),
    }.items():
        assert _told(tmp_path, text) is None, what


def test_lines_are_counted_also_where_they_are_left_out() -> None:
    lines = Unread(iter([USAGE_HEADER, ROW, ROW, NEXT, ROW]), frozenset({date(2026, 5, 4)}))

    assert [(line[:10], lines.line_of(0)) for line in lines] == [("date,email", 1), ("2026-05-05", 4)]


def test_a_row_is_rejected_by_its_own_line(shop: Shop) -> None:
    bad = ROW.replace("05-04", "05-06").replace(",1,0,0,1,", ",x,0,0,1,")
    shop.load(teams=TEAMS, roster=ROSTER, usage=USAGE_HEADER + ROW + NEXT)

    report = shop.one(usage=USAGE_HEADER + ROW + NEXT + bad)

    assert [rejection.line for rejection in report.rejections] == [4]
    assert (report.read, report.unchanged, report.rejected, report.days) == (3, 2, 1, 2)


@sampled
@pytest.mark.parametrize("seed", some(range(40), 2))
def test_whatever_happens_a_store_is_as_if_every_file_were_read_whole(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same loads, undone loads and rosters with days left out and without."""
    left: list[int] = []
    known = KnownDays.leave_out

    def counting(self: KnownDays, engine: Engine, told: ToldDays) -> frozenset[date]:
        days = known(self, engine, told)
        left.append(len(days))
        return days

    monkeypatch.setattr(KnownDays, "leave_out", counting)
    by_days = _history(tmp_path / "by_days", Random(seed))
    monkeypatch.setattr(reading, "told_days", lambda *_: None)

    assert by_days == _history(tmp_path / "whole", Random(seed))
    assert any(left)


def _history(folder: Path, dice: Random) -> list[Any]:
    """What a store says at the end of loads by chance, and what each load of use reported."""
    folder.mkdir()
    told: list[Any] = []
    with fresh_store("sqlite", folder) as url:
        engine = writing_engine(url)
        with engine.begin() as connection:
            shop = Shop(engine, default_workspace(connection), folder)
        shop.load(teams=TEAMS, roster=ROSTER)
        files: dict[str, dict[int, list[str]]] = {"usage": {}, "more": {}}
        numbers: list[int] = []
        for hour in range(12):
            now = clock() + timedelta(hours=hour)
            what = dice.choices(("load", "undo", "roster"), (8, 2, 1))[0]
            if what == "load":
                name = dice.choices(("usage", "more"), (5, 1))[0]
                _change(files[name], dice)
                report = _import(shop, name, files[name], now, whole_days=dice.random() < 0.2)
                numbers.append(report.load_id)
                told.append(asdict(report) | {"seconds": 0})
            elif what == "undo" and numbers:
                try:
                    with engine.begin() as connection:
                        told.append(undo(connection, shop.workspace_id, dice.choice(numbers), now))
                except CannotUndo as refused:
                    told.append(str(refused))
            else:
                shop.load(roster=ROSTER.replace("2026-01-01,\n", f"2026-05-0{dice.randrange(1, 4)},\n"))
        with engine.connect() as connection:
            for table in (UsageFact, UsageByTeam):
                columns = [column for column in table.__table__.columns if column.name not in ("id", "load_id")]
                told.append(sorted(map(repr, connection.execute(select(*columns)))))
        engine.dispose()
    return told


def _import(shop: Shop, name: str, days: dict[int, list[str]], now: datetime, whole_days: bool) -> FileReport:
    file = shop.folder / f"{name}.csv"
    file.write_text(USAGE_HEADER + "".join(row for day in sorted(days) for row in days[day]))
    load = import_folder(file, shop.engine, shop.workspace_id, clock=lambda: now, whole_days=whole_days)
    return load.files[0]


def _change(days: dict[int, list[str]], dice: Random) -> None:
    """Change, add or drop rows of a day or two; some are nobody's, have no price, come twice or are bad."""
    for _ in range(dice.randrange(3) if days else 4):
        day = dice.randrange(1, 7)
        rows = days.setdefault(day, [])
        if rows and dice.random() < 0.3:
            rows.pop()
        else:
            who = dice.choices(("ana", "zoe"), (9, 1))[0]
            tool, tokens = dice.choice(("cursor", "copilot", "chat")), dice.choices((1, 2, "x"), (5, 5, 1))[0]
            cost = dice.choices((0.1, 0.2, ""), (5, 5, 1))[0]
            rows.append(f"2026-05-0{day},{who}@acme.example,{tool},a,m,chat,,{tokens},0,0,1,0,1,0,0,{cost}\n")
