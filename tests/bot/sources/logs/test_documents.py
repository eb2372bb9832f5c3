"""Files that are read whole: one JSON, or a client's database."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from msgspec import Struct

from bot.sources.logs import documents
from bot.sources.logs.documents import json_file, read_only
from bot.sources.logs.wire import BadLine, Count


class Reply(Struct):
    tokens: Count = None


def test_a_json_is_read_as_its_type(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"tokens": 5, "text": "long"}', "utf-8")

    assert json_file(tmp_path / "a.json", Reply) == Reply(5)


@pytest.mark.parametrize("text", ["", "{", '{"tokens": -5}', '{"tokens": "many"}'])
def test_one_that_cannot_be_right_is_a_bad_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, "utf-8")

    with pytest.raises(BadLine):
        json_file(tmp_path / "a.json", Reply)


def test_a_file_larger_than_any_session_or_not_there_is_said_to_be_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.json").write_text('{"tokens": 5}', "utf-8")
    monkeypatch.setattr(documents, "LARGEST_JSON", 10)

    with pytest.raises(BadLine, match="larger than"):
        json_file(tmp_path / "a.json", Reply)
    with pytest.raises(BadLine, match="cannot be read"):
        json_file(tmp_path / "gone.json", Reply)


def test_a_clients_database_cannot_be_written_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a 100%.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE message (id TEXT)")
    connection.commit()
    connection.close()
    before = path.read_bytes()

    with read_only(path) as reading:
        assert reading.execute("SELECT count(*) FROM message").fetchone() == (0,)
    with pytest.raises(BadLine, match="readonly"), read_only(path) as reading:
        reading.execute("INSERT INTO message VALUES ('x')")

    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_what_another_process_has_not_yet_folded_in_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    writer = sqlite3.connect(path)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("CREATE TABLE message (id TEXT)")
    writer.execute("INSERT INTO message VALUES ('x')")
    writer.commit()

    with read_only(path) as reading:
        assert reading.execute("SELECT id FROM message").fetchall() == [("x",)]
    writer.close()


def test_what_is_no_database_is_a_bad_line(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"no database" * 100)

    with pytest.raises(BadLine, match="cannot be read"), read_only(tmp_path / "a.db") as reading:
        reading.execute("SELECT 1 FROM message")
