"""What the import, the loads and the people say on the command line; nothing ends in a traceback or an empty store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import main
from tests.bot.sources.files.shop import ROSTER, TEAMS, USAGE

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files, beside a store that is not there yet."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")
    files = tmp_path / "files"
    files.mkdir()
    for name, text in (("teams", TEAMS), ("roster", ROSTER), ("usage", USAGE.replace("bo@", "bo.x@"))):
        (files / f"{name}.csv").write_text(text)
    return files


def said(capsys: Capture, *arguments: object) -> str:
    """What a command that succeeds prints."""
    assert main([*map(str, arguments)]) == 0
    return capsys.readouterr().out


def refused(capsys: Capture, *arguments: object) -> str:
    """The one line that a command says that fails."""
    assert main([*map(str, arguments)]) == 1
    line = capsys.readouterr().err.strip()
    assert line.startswith("fulcrum: ")
    assert "\n" not in line
    return line


def tokens(capsys: Capture) -> Any:
    answer = json.loads(said(capsys, "ask", "--json", "--as-of", "2026-05-05", "tokens", "all", "time"))
    return answer["rows"][0]["values"]["tokens"] if answer["rows"] else answer["status"]


def test_what_cannot_be_imported_is_one_sentence_and_leaves_no_store(folder: Path, capsys: Capture) -> None:
    empty = folder.parent / "empty"
    empty.mkdir()
    (empty / "notes.csv").write_text("a,b\n1,2\n")

    assert "there is no such file or folder" in refused(capsys, "import", folder / "nowhere")
    assert "there is no import file in the folder" in refused(capsys, "import", empty)
    assert "it is no import file" in refused(capsys, "import", empty / "notes.csv")
    assert not (folder.parent / "store.db").exists()


def test_a_dry_run_says_what_would_be_and_writes_nothing(folder: Path, capsys: Capture) -> None:
    assert "Nothing was written" in said(capsys, "import", folder, "--dry-run")
    assert not (folder.parent / "store.db").exists()

    said(capsys, "import", folder)
    (folder / "usage.csv").write_text(USAGE.replace(",10,20,", ",11,20,").replace("bo@", "bo.x@"))
    report = json.loads(said(capsys, "import", folder, "--dry-run", "--json"))
    assert (report["dry_run"], report["rows"]["changed"]) == (True, 1)
    assert tokens(capsys) == 103


def test_one_file_is_enough_and_a_load_is_taken_back(folder: Path, capsys: Capture) -> None:
    said(capsys, "import", folder)
    said(capsys, "import", folder / "usage.csv", "--feed", "laptop")
    assert tokens(capsys) == 206

    loads = json.loads(said(capsys, "loads", "--json"))
    assert [load["kind"] for load in loads] == ["usage", "usage", "roster", "teams"]
    assert loads[0]["feeds"] == ["laptop"]
    assert "is taken back" in said(capsys, "loads", "undo", loads[0]["id"])
    assert tokens(capsys) == 103
    assert "already" in refused(capsys, "loads", "undo", loads[0]["id"])
    assert "of laptop" in said(capsys, "loads")


def test_a_stranger_is_listed_with_a_likely_person_linked_and_parted(folder: Path, capsys: Capture) -> None:
    said(capsys, "import", folder)

    (stranger,) = json.loads(said(capsys, "people", "--json"))
    assert (stranger["outside_id"], stranger["tokens"]) == ("bo.x@acme.example", 3)
    assert stranger["suggested"] == ["bo@acme.example"]
    said(capsys, "people", "link", "bo.x@acme.example", "bo@acme.example")
    assert "Everybody" in said(capsys, "people")
    said(capsys, "people", "unlink", "bo.x@acme.example")
    assert "bo.x@acme.example" in said(capsys, "people")
    assert "linked to nobody" in refused(capsys, "people", "unlink", "bo.x@acme.example")
    assert "Nobody with the e-mail" in refused(capsys, "people", "link", "x", "nobody@acme.example")


def test_an_unknown_workspace_is_named(folder: Path, capsys: Capture) -> None:
    said(capsys, "import", folder)

    assert "there is no workspace acme" in refused(capsys, "loads", "--workspace", "acme")
    assert "usage.csv" in said(capsys, "loads", "--workspace", "1")
