"""How many processes there is room for, by what a container's files say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.processes import capacity
from bot.processes.capacity import MEMORY_EACH, MOST, fitting


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, MOST),
        ({"cpu.max": "max 100000"}, MOST),
        ({"cpu.max": "150000 100000"}, 2),
        ({"cpu.max": "50000 100000"}, 1),
        ({"cpu/cpu.cfs_quota_us": "300000", "cpu/cpu.cfs_period_us": "100000"}, 3),
        ({"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, MOST),
        ({"memory.max": "max"}, MOST),
        ({"memory.max": str(512 * 2**20)}, 1),
        ({"memory.max": str(64 * 2**20)}, 1),
        ({"memory.max": str(3 * MEMORY_EACH)}, 3),
        ({"memory/memory.limit_in_bytes": str(2 * MEMORY_EACH)}, 2),
    ],
)
def test_cores_and_memory_say_how_many(
    files: dict[str, str], expected: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WEB_CONCURRENCY", raising=False)
    sizes = {"SC_PHYS_PAGES": 64 * 2**18, "SC_PAGE_SIZE": 4096}
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(64), raising=False)
    monkeypatch.setattr(os, "sysconf", sizes.__getitem__)
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content + "\n")

    assert fitting(tmp_path) == expected


@pytest.mark.parametrize(("told", "expected"), [("2", 2), ("9", MOST), ("", MOST), ("auto", MOST), ("0", 1)])
def test_a_host_may_say_that_it_bears_fewer(
    told: str, expected: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capacity, "cores", lambda _: 64)
    monkeypatch.setattr(capacity, "memory", lambda _: 2**40)
    monkeypatch.setenv("WEB_CONCURRENCY", told)

    assert fitting(tmp_path) == expected


def test_one_core_has_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capacity, "memory", lambda _: 2**40)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3}, raising=False)

    assert fitting(tmp_path) == 1
