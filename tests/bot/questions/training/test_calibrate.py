"""The temperature at which the network's probabilities fit a kept-out set best."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from bot.questions.reader.schema import KEEP
from bot.questions.reader.trained import TrainedReader
from bot.questions.training.calibrate import GRID, labelled, temperature_of

SPEC = {"status": ("figures", "why"), "metric": ("cost", "tokens", KEEP)}


@dataclass
class Lines:
    """As much of an example as is looked at."""

    heads: dict[str, str | None]
    before: object | None = None
    parts: list[str] = field(default_factory=lambda: ["tokens"])


def reader(logits: list[float]) -> TrainedReader:
    """A reader that always says the same."""

    class Fixed:
        spec = SPEC

        class session:
            @staticmethod
            def run(_names: Any, _inputs: Any) -> list[Any]:
                return [np.array([logits], dtype=np.float32)]

        @staticmethod
        def encode(_parts: Any) -> tuple[list[int], list[int]]:
            return [1, 2], [0]

    return Fixed()  # type: ignore[return-value]


SURE = [4.0, 0.0, 4.0, 0.0, 0.0]


def test_a_network_that_is_always_right_may_be_surer_and_one_that_errs_less_sure() -> None:
    right: list[Any] = [Lines({"status": "figures", "metric": "cost"})] * 10
    half: list[Any] = [*right[:5], *[Lines({"status": "why", "metric": "tokens"})] * 5]

    assert temperature_of(reader(SURE), right) == min(GRID)
    assert temperature_of(reader(SURE), half) == max(GRID)


def test_only_heads_whose_class_is_known_are_looked_at() -> None:
    example: Any = Lines({"status": None, "metric": "unheard of"})

    assert [*labelled(reader(SURE), example)] == []


@pytest.mark.parametrize(("before", "classes"), [(None, 2), (object(), 3)])
def test_nothing_is_kept_where_there_is_no_query_before(before: object | None, classes: int) -> None:
    example: Any = Lines({"metric": "tokens"}, before)
    ((logits, wanted),) = labelled(reader(SURE), example)

    assert (len(logits), wanted) == (classes, 1)
