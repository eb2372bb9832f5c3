"""What is kept of a folder between runs: marks, bad lines and notes, in a file that can be thrown away."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.sources.logs import ledger
from bot.sources.logs.offsets import Mark
from tests.bot.sources.logs.machine import Machine, claude, only, replies, sums

FILE = "projects/-srv-app/session.jsonl"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_run_that_is_broken_off_leaves_nothing_behind(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.write(FILE, *replies(3))
    machine.read()
    machine.append(FILE, *replies(2, start=3))

    def broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ledger, "keep_mark", broken_off)
    with pytest.raises(KeyboardInterrupt):
        machine.read()
    monkeypatch.undo()

    assert sums(machine.read())["requests"] == 5


def test_a_broken_ledger_is_thrown_away(machine: Machine) -> None:
    machine.write(FILE, claude())
    machine.read()
    machine.ledger.write_bytes(b"x" * 5_000)

    assert only(machine.read()).requests == 1


def test_it_holds_no_words_of_a_session(machine: Machine) -> None:
    secret = claude("msg_1", cwd="/srv/secret-project", gitBranch="secret-branch")
    secret["message"]["content"] = [{"type": "text", "text": "a secret word"}]
    machine.write(FILE, secret)
    machine.read()

    assert b"secret" not in machine.ledger.read_bytes()


def test_a_ledger_of_another_layout_is_begun_anew(machine: Machine) -> None:
    machine.write(FILE, claude())
    machine.read()
    connection = sqlite3.connect(machine.ledger)
    connection.execute("PRAGMA user_version = 999")
    connection.close()

    assert only(machine.read()).requests == 1


def test_what_is_kept_is_there_in_the_next_run(tmp_path: Path) -> None:
    mark = Mark(FILE, "codex", 900, 7, 850, b"edges", {"session": "s-1", "total": [1, 2]})
    with ledger.opened(tmp_path / "kept") as connection:
        ledger.keep_mark(connection, mark, 0, [(10, 1, "it is no JSON"), (800, 9, "it has no time")])
        ledger.keep_note(connection, "prices", "2026-11")

    with ledger.opened(tmp_path / "kept") as connection:
        assert ledger.marks(connection) == {FILE: mark}
        assert ledger.bad_lines(connection) == [(FILE, 1, "it is no JSON"), (FILE, 9, "it has no time")]
        assert (ledger.note(connection, "prices"), ledger.note(connection, "zone")) == ("2026-11", "")


def test_bad_lines_from_where_a_file_is_read_again_take_the_place_of_the_earlier_ones_there(tmp_path: Path) -> None:
    mark = Mark(FILE, "codex", 900, 7, 850)
    with ledger.opened(None) as connection:
        ledger.keep_mark(connection, mark, 0, [(10, 1, "first"), (800, 9, "cut off")])
        ledger.keep_mark(connection, mark, 800, [(820, 9, "again")])

        assert ledger.bad_lines(connection) == [(FILE, 1, "first"), (FILE, 9, "again")]
        ledger.forget(connection)
        assert ledger.bad_lines(connection) == []
        assert ledger.marks(connection) == {}


def test_where_none_can_be_written_it_lasts_as_long_as_the_run(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("x", "utf-8")

    with ledger.opened(in_the_way / "ledger.db") as connection:
        ledger.keep_note(connection, "prices", "2026-11")
        assert ledger.note(connection, "prices") == "2026-11"
    assert in_the_way.read_text("utf-8") == "x"


def test_ledgers_lie_where_the_platform_keeps_state_and_another_folder_has_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    first, second = ledger.ledger_of(tmp_path / "a"), ledger.ledger_of(tmp_path / "b")

    assert first.parent == tmp_path / "state" / "fulcrum" / "logs"
    assert first != second
    assert ledger.ledger_of(tmp_path / "b" / ".." / "a") == first
