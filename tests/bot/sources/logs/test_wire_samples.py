"""The wire samples come to the totals that were worked out by hand."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.bot.sources.logs.machine import Machine, only, sums
from tests.shared import needs_shared, shared

pytestmark = needs_shared


@pytest.fixture
def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shared("data", "wire", "EXPECTED.json").read_text("utf-8"))
    return found


def sample(tmp_path: Path, client: str) -> Machine:
    machine = Machine(tmp_path)
    shutil.copytree(shared("data", "wire", client), machine.folder, dirs_exist_ok=True)
    return machine


def test_claude_code(tmp_path: Path, expected: dict[str, Any]) -> None:
    rows = sample(tmp_path, "claude_code").read().rows

    wanted = expected["claude_code"]
    assert sum(row.requests for row in rows) == wanted["calls"]
    assert {f"{row.date}|{row.model}" for row in rows} == wanted["by_day_model"].keys()
    for row in rows:
        day = wanted["by_day_model"][f"{row.date}|{row.model}"]
        written = day["cache_write_5m"] + day["cache_write_1h"]
        assert (row.requests, row.input_tokens, row.cached_input_tokens, row.cache_write_tokens, row.output_tokens) == (
            day["calls"],
            day["uncached_in"],
            day["cache_read"],
            written,
            day["out"],
        )


def test_codex(tmp_path: Path, expected: dict[str, Any]) -> None:
    row = only(sample(tmp_path, "codex").read())

    wanted = expected["codex"]
    assert row.requests == wanted["calls"]
    assert row.input_tokens + row.cached_input_tokens == wanted["in_total"]
    assert (row.input_tokens, row.cached_input_tokens) == (wanted["uncached_in"], wanted["cached"])
    assert (row.output_tokens, row.reasoning_tokens) == (wanted["out"], wanted["reasoning_subset_of_out"])


def test_gemini_cli(tmp_path: Path, expected: dict[str, Any]) -> None:
    row = only(sample(tmp_path, "gemini_cli").read())

    wanted = expected["gemini_cli"]
    assert row.requests == wanted["calls"]
    assert (row.input_tokens, row.cached_input_tokens) == (wanted["uncached_in"], wanted["cached"])
    assert (row.output_tokens, row.reasoning_tokens) == (wanted["out_billable"], wanted["of_which_thoughts"])


def test_all_of_them_below_one_folder(tmp_path: Path, expected: dict[str, Any]) -> None:
    machine = Machine(tmp_path)
    for client in ("claude_code", "codex", "gemini_cli"):
        shutil.copytree(shared("data", "wire", client), machine.folder / client)

    found = machine.read()

    assert found.files == 7
    assert found.skipped == []
    assert sums(found)["requests"] == sum(
        expected[client]["calls"] for client in ("claude_code", "codex", "gemini_cli")
    )


def test_a_folder_within_the_logs_is_read_as_well(tmp_path: Path) -> None:
    """Where a file lies tells less there; its lines tell enough."""
    machine = Machine(tmp_path)
    shutil.copytree(shared("data", "wire", "claude_code", "projects", "-srv-app"), machine.folder, dirs_exist_ok=True)
    shutil.copy(next(shared("data", "wire", "codex", "archived_sessions").glob("*")), machine.folder / "one.jsonl")

    assert {row.tool for row in machine.read().rows} == {"claude_code", "codex"}
