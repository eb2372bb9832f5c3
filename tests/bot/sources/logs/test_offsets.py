"""How far a file has been read, and whether what follows is new."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.sources.logs.offsets import EDGE, Mark, edges, resumed


@dataclass(frozen=True)
class OneFile:
    path: Path
    client: str = "codex"
    modified: int = 1

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def size(self) -> int:
        return self.path.stat().st_size


@pytest.fixture
def file(tmp_path: Path) -> OneFile:
    (tmp_path / "a.jsonl").write_bytes(b"0123456789" * 200)
    return OneFile(tmp_path / "a.jsonl")


def read_up_to(file: OneFile, offset: int) -> Mark:
    memory = {"session": "s-1"}
    return Mark(file.name, file.client, file.size, file.modified, offset, edges(file.path, offset), memory)


def test_a_file_that_only_grew_is_read_on_with_what_its_reader_knew(file: OneFile) -> None:
    mark = read_up_to(file, 1_500)
    with file.path.open("ab") as more:
        more.write(b"new lines")
    found = resumed(mark, file)

    assert (found.offset, found.memory, found.size) == (1_500, {"session": "s-1"}, file.size)


@pytest.mark.parametrize("change", ["cut off", "other start", "other end", "another client", "never read"])
def test_any_other_file_is_read_from_its_start(file: OneFile, change: str) -> None:
    mark: Mark | None = read_up_to(file, 1_500)
    content = file.path.read_bytes()
    if change == "cut off":
        file.path.write_bytes(content[:1_499])
    elif change == "other start":
        file.path.write_bytes(b"x" + content[1:])
    elif change == "other end":
        file.path.write_bytes(content[:1_499] + b"x" + content[1_500:])
    elif change == "another client":
        file = OneFile(file.path, client="gemini-cli")
    else:
        mark = None
    found = resumed(mark, file)

    assert (found.offset, found.memory, found.client) == (0, {}, file.client)


def test_a_file_that_is_gone_is_read_from_its_start_when_it_is_back(file: OneFile, tmp_path: Path) -> None:
    mark = read_up_to(file, 1_500)
    file.path.write_bytes(b"y" * 1_600)

    assert resumed(mark, file).offset == 0


def test_the_print_is_of_both_ends_and_of_nothing_between(file: OneFile) -> None:
    before = edges(file.path, 1_500)
    content = bytearray(file.path.read_bytes())
    content[EDGE + 50] ^= 1
    file.path.write_bytes(content)

    assert edges(file.path, 1_500) == before
    assert edges(file.path, 1_501) != before


def test_a_mark_is_current_while_neither_size_nor_time_has_changed(file: OneFile) -> None:
    mark = read_up_to(file, 10)

    assert mark.is_current(file)
    assert not mark.is_current(OneFile(file.path, modified=2))
