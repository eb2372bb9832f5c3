"""Garbage is looked for rarely while rows stream, and as usual afterwards."""

from __future__ import annotations

import gc

import pytest

from storage.load.collecting import rarely


def test_the_usual_rhythm_comes_back_whatever_happens() -> None:
    usual, during = gc.get_threshold(), []

    with pytest.raises(ZeroDivisionError), rarely():
        during.append(1 // 0)

    with rarely():
        during.append(gc.get_threshold()[0])
    assert during > [usual[0]]
    assert gc.get_threshold() == usual
