"""Which files below a folder are read, and that what is nobody's is left alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.sources.logs.discovery import LogFile, discover
from bot.sources.logs.offsets import Mark
from tests.bot.sources.logs.machine import Line, Machine, claude, only

FILE = "projects/-srv-app/session.jsonl"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def found_in(machine: Machine, known: dict[str, Mark] | None = None) -> dict[str, LogFile]:
    return {file.name: file for file in discover(machine.folder, known or {})}


def test_other_json_lines_in_the_folder_are_not_theirs(machine: Machine) -> None:
    machine.write(FILE, claude())
    answer: Line = {"model": "gpt-5.5", "usage": {"input_tokens": 5, "output_tokens": 6}, "id": "x"}
    machine.write("projects/-srv-app/dataset.jsonl", answer, {"messages": [], "usage": {"input_tokens": 1}})
    machine.write("training.jsonl", {"prompt": "a", "completion": "b"}, "no json at all")
    machine.path("projects/-srv-app/package.json").write_text('{"usage": {"input_tokens": 4}}', "utf-8")

    found = machine.read()
    assert (found.files, only(found).requests) == (1, 1)
    assert found.skipped == []


def test_a_folder_that_may_not_be_read_is_passed_over(machine: Machine) -> None:
    machine.write(FILE, claude())
    (machine.folder / "gone").symlink_to(machine.folder / "nowhere")

    assert only(machine.read()).requests == 1


def test_nothing_there_is_nothing(machine: Machine) -> None:
    found = machine.read()

    assert (found.files, found.rows, found.skipped) == (0, [], [])


def test_a_file_is_found_with_its_client_its_size_and_when_it_was_written(machine: Machine) -> None:
    path = machine.write(FILE, claude())
    os.utime(path, ns=(5, 7))
    file = found_in(machine)[FILE]

    assert (file.client, file.size, file.modified, file.whole) == ("claude_code", path.stat().st_size, 7, None)


def test_what_belongs_to_version_control_or_packages_is_not_looked_into(machine: Machine) -> None:
    for folder in (".git", "node_modules", "projects/-srv-app/node_modules"):
        machine.write(f"{folder}/session.jsonl", claude())

    assert found_in(machine) == {}


def test_a_file_that_was_nobodys_is_looked_into_again_only_when_it_has_changed(machine: Machine) -> None:
    path = machine.write("notes.jsonl", {"prompt": "a"})
    file = found_in(machine)["notes.jsonl"]
    mark = Mark(file.name, "", file.size, file.modified, 0)
    path.write_bytes(b" " * 3 + b"\n")  # shorter than before

    assert file.client == ""
    assert found_in(machine, {"notes.jsonl": mark})["notes.jsonl"].size == 4
    machine.write("notes.jsonl", claude())
    assert found_in(machine, {"notes.jsonl": mark})["notes.jsonl"].client == "claude_code"


def test_an_empty_file_waits_until_something_is_in_it(machine: Machine) -> None:
    machine.write(FILE)

    assert found_in(machine) == {}


def test_a_database_in_use_has_grown_when_the_log_beside_it_has(machine: Machine) -> None:
    database = machine.path("opencode.db")
    database.write_bytes(b"x" * 100)
    log = machine.path("opencode.db-wal")
    log.write_bytes(b"y" * 30)
    os.utime(log, ns=(9, 1 << 61))
    file = found_in(machine)["opencode.db"]

    assert (file.client, file.size, file.modified) == ("opencode", 130, 1 << 61)
    assert file.whole is not None


def test_a_link_to_a_folder_is_not_followed(machine: Machine) -> None:
    machine.write(FILE, claude())
    (machine.folder / "again").symlink_to(machine.folder / "projects", target_is_directory=True)

    assert [*found_in(machine)] == [FILE]
