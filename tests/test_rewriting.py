"""Workers share the work of rewriting the tests' asserts."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.rewriting import rewrite_share


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four tests, in a Python that keeps compiled modules beside them."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    for name in "abcd":
        (tmp_path / f"test_{name}.py").write_text(f"def test_{name}():\n    assert {name!r}\n")
    return tmp_path


def kept(folder: Path) -> dict[str, int]:
    """The tests that are rewritten, each with its file's number."""
    return {file.name.partition(".")[0]: file.stat().st_ino for file in folder.rglob("*.pyc")}


def test_each_of_two_rewrites_its_half_and_none_twice(
    folder: Path, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    for worker in ("gw0", "gw1", "gw1"):
        monkeypatch.setattr(pytestconfig, "workerinput", {"workerid": worker, "workercount": 2}, raising=False)
        rewrite_share(pytestconfig, folder)
        seen.append(kept(folder))

    assert [sorted(found) for found in seen[:2]] == [["test_a", "test_c"], ["test_a", "test_b", "test_c", "test_d"]]
    assert seen[2] == seen[1]


def test_without_workers_nothing_is_done_beforehand(
    folder: Path, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(pytestconfig, "workerinput", raising=False)

    rewrite_share(pytestconfig, folder)

    assert kept(folder) == {}
