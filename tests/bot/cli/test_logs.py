"""`fulcrum logs`: the contract's shape as data, a table for people, the store only where asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import main
from bot.sources.logs import ledger
from tests.bot.sources.logs.machine import Machine, claude

FILE = "projects/-srv-app/s-1.jsonl"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'fulcrum.db'}")
    machine = Machine(tmp_path)
    machine.write(FILE, claude(at="2026-11-01T23:30:00Z"), "garbage", claude("m2", model="no-such-model"))
    return machine


def printed(capsys: Capture, *arguments: object) -> Any:
    assert main(["logs", *map(str, arguments)]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_data_have_the_agreed_shape(machine: Machine, capsys: Capture) -> None:
    found = printed(capsys, machine.folder, "--json")

    assert found["files"] == 1
    assert found["skipped"] == [{"file": FILE, "line": 2, "reason": "it is no JSON object"}]
    assert found["rows"][0] == {
        "date": "2026-11-01",
        "tool": "claude_code",
        "model": "claude-opus-4-8",
        "requests": 1,
        "input_tokens": 10,
        "cached_input_tokens": 600,
        "cache_write_tokens": 20,
        "output_tokens": 50,
        "reasoning_tokens": 0,
        "cost_usd": 0.001725,
    }
    assert found["rows"][1]["cost_usd"] is None
    assert found["unpriced"] == {"no-such-model": 1}


def test_days_are_those_of_a_zone(machine: Machine, capsys: Capture) -> None:
    found = printed(capsys, machine.folder, "--json", "--zone", "Europe/Berlin")

    assert {row["date"] for row in found["rows"]} == {"2026-11-02"}
    with pytest.raises(SystemExit):
        main(["logs", str(machine.folder), "--zone", "Nowhere/Else"])
    assert "there is no time zone 'Nowhere/Else'" in capsys.readouterr().err


def test_a_person_reads_a_table_and_what_is_odd(machine: Machine, capsys: Capture) -> None:
    assert main(["logs", str(machine.folder)]) == 0

    said = capsys.readouterr().out
    assert "claude_code" in said
    assert "claude-opus-4-8" in said
    assert "No price is known for no-such-model (1 calls)" in said
    assert f"left out: {FILE}:2: it is no JSON object" in said


def test_nothing_is_written_to_a_store_unless_asked(machine: Machine, tmp_path: Path, capsys: Capture) -> None:
    printed(capsys, machine.folder, "--json")
    assert not (tmp_path / "fulcrum.db").exists()

    assert main(["logs", str(machine.folder), "--save"]) == 1
    assert capsys.readouterr().err == "fulcrum: Whose machine is it? Add --as EMAIL to --save.\n"
    assert main(["logs", str(machine.folder), "--save", "--as", "Ada@X.example", "--feed", "laptop"]) == 0
    assert "Saved as use by ada@x.example from laptop: 2 new, 0 changed, 0 known." in capsys.readouterr().out


def test_data_stay_data_when_they_are_saved(machine: Machine, capsys: Capture) -> None:
    assert printed(capsys, machine.folder, "--json", "--save", "--as", "ada@x.example")["files"] == 1


def test_a_folder_that_is_not_there_gets_one_sentence(machine: Machine, capsys: Capture) -> None:
    assert main(["logs", str(machine.folder / "nowhere")]) == 1
    assert capsys.readouterr().err == f"fulcrum: There is no folder {machine.folder / 'nowhere'}.\n"


def test_a_folder_without_logs_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    empty = tmp_path / "empty"
    empty.mkdir()

    assert main(["logs", str(empty)]) == 0
    assert "There are no session logs" in capsys.readouterr().out
    assert printed(capsys, empty, "--json")["rows"] == []


def test_what_was_read_stays_counted_until_it_is_asked_afresh(machine: Machine, capsys: Capture) -> None:
    printed(capsys, machine.folder, "--json")
    machine.write(FILE, claude("m3"))

    assert sum(row["requests"] for row in printed(capsys, machine.folder, "--json")["rows"]) == 3
    assert sum(row["requests"] for row in printed(capsys, machine.folder, "--json", "--fresh")["rows"]) == 1


def test_where_no_ledger_can_be_kept_everything_is_read_each_time(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert not ledger.home().exists()

    assert [printed(capsys, machine.folder, "--json")["files"] for _ in range(2)] == [1, 1]
