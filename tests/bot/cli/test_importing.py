"""`fulcrum import`: files into the store, a report at the end, and a code that says whether all is well."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, func, select

from storage.tables import UsageFact
from tests.bot.cli.runs import Line
from tests.bot.sources.files.shop import ROSTER, TEAMS, USAGE, USAGE_HEADER


def facts(line: Line) -> int:
    engine = create_engine(f"sqlite:///{line.files.parent / 'fulcrum.db'}")
    with engine.connect() as connection:
        found = connection.scalar(select(func.count()).select_from(UsageFact)) or 0
    engine.dispose()
    return found


def test_a_store_that_is_not_there_is_made_and_filled(line: Line) -> None:
    line.write(teams=TEAMS, roster=ROSTER, usage=USAGE)

    assert "usage.csv: 2 rows read, 2 new" in line.run("import", line.files)
    assert facts(line) == 2


def test_one_file_alone_is_loaded_too(line: Line) -> None:
    line.write(teams=TEAMS, roster=ROSTER, usage=USAGE)

    told = line.data("import", line.files / "usage.csv")

    assert [file["file"] for file in told["files"]] == ["usage.csv"]
    assert facts(line) == 2


def test_a_bad_row_makes_the_code_one_and_the_good_ones_load(line: Line) -> None:
    line.write(usage=USAGE + "someday,ana@acme.example,cursor,a,m,chat,,1,0,0,1,0,1,0,0,0.1\n")

    told = line.data("import", line.files, code=1)

    assert (told["ok"], told["rows"]["new"], told["rows"]["rejected"]) == (False, 2, 1)
    assert facts(line) == 2


def test_strict_leaves_a_file_with_a_bad_row_out(line: Line) -> None:
    line.write(usage=USAGE + "someday,ana@acme.example,cursor,a,m,chat,,1,0,0,1,0,1,0,0,0.1\n")

    line.write(teams=TEAMS)

    line.run("import", line.files, "--strict", code=1)

    assert facts(line) == 0


def test_where_nothing_can_be_loaded_no_store_is_made(line: Line) -> None:
    store = line.files.parent / "fulcrum.db"
    for rows in ("", USAGE_HEADER, USAGE_HEADER + "someday,ana@acme.example,cursor,a,m,chat,,1,0,0,1,0,1,0,0,0.1\n"):
        line.write(usage=rows)

        told = line.run("import", line.files / "usage.csv", code=int(rows != USAGE_HEADER))

        assert "nothing was loaded, so no store was made" in told
        assert [*line.files.parent.glob(f"{store.name}*")] == []
    line.write(usage=USAGE)
    line.run("import", line.files)
    line.write(usage=USAGE_HEADER)
    assert "no store" not in line.run("import", line.files)
    assert facts(line) == 2


@pytest.mark.parametrize("is_there", [False, True], ids=["no store", "a store"])
def test_a_dry_run_says_what_would_be_and_writes_nothing(line: Line, is_there: bool) -> None:
    line.write(usage=USAGE)
    if is_there:
        line.run("migrate")

    told = line.run("import", line.files, "--dry-run")

    assert told.startswith("Nothing was written; this is what would be:\n")
    assert "2 new" in told
    assert facts(line) == 0 if is_there else not (line.files.parent / "fulcrum.db").exists()


def test_accounts_add_up_by_their_feeds_and_whole_days_replace(line: Line) -> None:
    line.write(usage=USAGE)
    line.run("import", line.files, "--feed", "first")
    line.run("import", line.files, "--feed", "second")
    assert facts(line) == 4

    line.write(usage=USAGE_HEADER + "2026-05-04,ana@acme.example,codex,openai,gpt,chat,,1,0,0,1,0,1,0,0,0.1\n")
    told = line.data("import", line.files, "--feed", "second", "--whole-days")
    assert (told["rows"]["new"], told["rows"]["removed"]) == (1, 1)
    assert facts(line) == 4


def test_what_is_no_import_file_is_refused_before_a_store_is_made(line: Line) -> None:
    notes = line.files / "notes.csv"
    refused = {
        line.files / "nowhere": "there is no such file or folder",
        line.files: "there is no import file in the folder",
    }

    for given, why in refused.items():
        told = line.run("import", given, code=1)
        assert told.startswith(f"fulcrum: {given}: ")
        assert why in told
        assert told.count("\n") == 1
    notes.write_text("a,b\n1,2\n")
    assert "it is no import file" in line.run("import", notes, code=1)
    assert not (line.files.parent / "fulcrum.db").exists()


def test_an_unknown_workspace_is_named(line: Line) -> None:
    line.write(teams=TEAMS, roster=ROSTER, usage=USAGE)
    line.run("import", line.files)

    assert "there is no workspace acme" in line.run("loads", "--workspace", "acme", code=1)
    assert "usage.csv" in line.run("loads", "--workspace", "1")
