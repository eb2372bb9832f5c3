"""How sure the network may say it is: the temperature at which its probabilities fit a kept-out set best."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from bot.questions.reader.choices import softmax
from bot.questions.reader.schema import KEEP
from bot.questions.reader.trained import TrainedReader
from bot.questions.training.labels import Example

GRID = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)


def temperature_of(reader: TrainedReader, examples: Iterable[Example]) -> float:
    """The temperature of the grid with the least surprise over all heads of the examples."""
    surprise = dict.fromkeys(GRID, 0.0)
    for example in examples:
        for part, wanted in labelled(reader, example):
            for temperature in GRID:
                surprise[temperature] -= float(np.log(max(softmax(part, temperature)[wanted], 1e-9)))
    return min(GRID, key=lambda temperature: surprise[temperature])


def labelled(reader: TrainedReader, example: Example) -> Iterable[tuple[NDArray[np.float32], int]]:
    """The logits of each head whose class is known, with the class."""
    ids, _ = reader.encode(example.parts)
    batch = np.array([ids], dtype=np.int64)
    logits = reader.session.run(None, {"ids": batch, "mask": np.ones_like(batch)})[0][0]
    start = 0
    for name, values in reader.spec.items():
        part = logits[start : start + len(values)]
        start += len(values)
        label = example.heads.get(name)
        if label in values:
            yield part if example.before is not None or values[-1] != KEEP else part[:-1], values.index(label)
