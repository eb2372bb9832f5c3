"""`fulcrum loads`: what was loaded, newest first, and a load taken back."""

from __future__ import annotations

from tests.bot.cli.runs import Line
from tests.bot.sources.files.shop import ROSTER, TEAMS, USAGE


def test_before_anything_was_loaded_it_says_so(line: Line) -> None:
    assert line.run("loads") == "Nothing was loaded yet.\n"
    assert line.data("loads") == []


def test_each_load_is_a_line_with_its_days_and_counts(line: Line) -> None:
    line.write(teams=TEAMS, usage=USAGE)
    line.run("import", line.files)

    newest, oldest = line.run("loads").splitlines()
    assert "usage.csv" in newest
    assert newest.endswith(", 2026-05-04 to 2026-05-05: 2 new")
    assert "teams.csv" in oldest
    assert oldest.endswith(": 2 new")


def test_the_data_have_the_same(line: Line) -> None:
    line.write(usage=USAGE)
    line.run("import", line.files, "--feed", "laptop")

    (load,) = line.data("loads")
    assert (load["source"], load["what"], load["feeds"]) == ("files", "usage.csv", ["laptop"])
    assert load["days"] == {"first": "2026-05-04", "last": "2026-05-05"}
    assert load["rows"] == {"new": 2, "changed": 0, "unchanged": 0, "removed": 0}
    assert load["undone_at"] is None


def test_a_load_is_taken_back_by_its_number_once(line: Line) -> None:
    line.write(teams=TEAMS, roster=ROSTER, usage=USAGE)
    line.run("import", line.files)
    number = line.data("loads")[0]["id"]

    assert line.run("loads", "undo", number) == f"Load {number} (usage.csv) is taken back.\n"
    assert line.data("loads")[0]["undone_at"] is not None
    assert "(taken back " in line.run("loads").splitlines()[0]
    assert line.run("loads", "undo", number, code=1).startswith("fulcrum: ")


def test_a_number_that_no_load_has_is_one_sentence(line: Line) -> None:
    told = line.run("loads", "undo", 99, code=1)

    assert told.startswith("fulcrum: ")
    assert "99" in told
