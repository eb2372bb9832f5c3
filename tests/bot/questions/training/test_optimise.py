"""The weights' graph is rewritten once, at their making, and says the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from bot.questions.reader.trained import WEIGHTS, TrainedReader, trained_reader
from bot.questions.training.optimise import optimise


def test_the_weights_of_this_release_are_rewritten_and_say_the_same_again(tmp_path: Path) -> None:
    copy = Path(shutil.copy(WEIGHTS, tmp_path / "reader.onnx"))

    optimise(copy)

    again, shipped = TrainedReader(copy), trained_reader()
    ids = np.array([[101, 2129, 2172, 102]])
    made, known = (reader.session.run(None, {"ids": ids, "mask": ids * 0 + 1}) for reader in (again, shipped))
    assert all(map(np.array_equal, made, known))
    assert b"DynamicQuantizeMatMul" in WEIGHTS.read_bytes()  # what the fusions leave of the exported multiplications
    assert (again.spec, again.temperature) == (shipped.spec, shipped.temperature)
    assert [*tmp_path.iterdir()] == [copy]
