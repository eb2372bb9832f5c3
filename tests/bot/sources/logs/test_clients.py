"""Whose a file is: by what its first lines look like, and where none can be read by where it lies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.sources.logs import opencode
from bot.sources.logs.clients import BY_NAME, FIRST_LINES, LINE_CLIENTS, first_lines, line_client, whole_file
from tests.bot.sources.logs.machine import Line, claude, codex_head, joined
from tests.bot.sources.logs.test_copilot_cli import start

GEMINI = {"sessionId": "s", "projectHash": "h"}
QWEN = {"sessionId": "s", "usageMetadata": {}, "type": "assistant"}


def owner(folder: Path, content: bytes, *parts: str) -> str | None:
    path = folder / "file.jsonl"
    path.write_bytes(content)
    client = line_client(path, parts or ("file.jsonl",))
    return client.name if client else None


@pytest.mark.parametrize(
    ("line", "client"),
    [
        (claude(), "claude_code"),
        (codex_head(), "codex"),
        (start(), "copilot_cli"),
        (GEMINI, "gemini_cli"),
        (QWEN, "qwen_code"),
        ({"prompt": "a"}, None),
    ],
    ids=["claude", "codex", "copilot", "gemini", "qwen", "nobody"],
)
def test_what_the_first_lines_look_like_decides_wherever_the_file_lies(
    tmp_path: Path, line: dict[str, Any], client: str | None
) -> None:
    assert owner(tmp_path, joined([{"note": 1}, line]), "projects", "x", "file.jsonl") == client


def test_where_no_line_can_be_read_where_it_lies_decides(tmp_path: Path) -> None:
    assert owner(tmp_path, b"no json\n", "projects", "-srv", "file.jsonl") == "claude_code"
    assert owner(tmp_path, b"no json\n", "sessions", "2026", "file.jsonl") == "codex"
    assert owner(tmp_path, b"no json\n", "elsewhere", "file.jsonl") is None


def test_only_the_first_lines_are_looked_at_and_bad_ones_count(tmp_path: Path) -> None:
    inside: list[Line | str] = [*["bad"] * (FIRST_LINES - 1), claude()]
    beyond: list[Line | str] = [*["bad"] * FIRST_LINES, claude()]

    assert owner(tmp_path, joined(inside), "here.jsonl") == "claude_code"
    assert owner(tmp_path, joined(beyond), "here.jsonl") is None


def test_a_last_line_without_its_end_and_one_longer_than_a_block_are_lines_too(tmp_path: Path) -> None:
    path = tmp_path / "file.jsonl"
    long = json.dumps({"text": "x" * 20_000}).encode()
    path.write_bytes(long + b"\n" + b'\0 {"last": 1}')

    assert [[*line] for line in first_lines(path)] == [["text"], ["last"]]
    assert [*first_lines(tmp_path / "gone.jsonl")] == []


def test_files_read_whole_are_known_by_their_name_and_place() -> None:
    def whose(*parts: str) -> str | None:
        found = whole_file(Path(*parts), parts)
        return found[0] if found else None

    assert whose("opencode.db") == opencode.TOOL
    assert whose("session-store.db") == "copilot_cli"
    assert whose("other.db") is None
    assert whose("tmp", "h", "chats", "session-1.json") == "gemini_cli"
    assert whose("storage", "message", "ses_1", "msg_1.json") == opencode.TOOL
    assert whose("package.json") is None


def test_each_client_has_a_name_of_its_own_and_says_whether_its_lines_stand_alone() -> None:
    assert len(BY_NAME) == len(LINE_CLIENTS)
    assert {client.name for client in LINE_CLIENTS if client.alone} == {"claude_code", "qwen_code"}
    for client in LINE_CLIENTS:
        reader = client.reader({}, Path("rollout-x.jsonl"), {})
        assert isinstance(reader.memory(), dict)
