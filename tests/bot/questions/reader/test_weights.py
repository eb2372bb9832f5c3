"""The weights are the ones that the release recorded, or they are not used."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bot.questions.reader import trained


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    trained._load.cache_clear()
    monkeypatch.setattr(trained, "WEIGHTS", tmp_path / "reader.onnx")
    monkeypatch.setattr(trained, "RECORDED", tmp_path / "reader.sha256")


def test_without_the_file_it_says_so() -> None:
    with pytest.raises(trained.Unfit, match="not installed"):
        trained.trained_reader()


def test_another_file_than_the_recorded_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "reader.onnx").write_bytes(b"something else")
    (tmp_path / "reader.sha256").write_text(f"{hashlib.sha256(b'weights').hexdigest()}  reader.onnx\n")
    with pytest.raises(trained.Unfit, match="not the file"):
        trained.trained_reader()
