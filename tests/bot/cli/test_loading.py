"""Garbage is not searched for while code is loaded."""

from __future__ import annotations

import gc

import pytest

from bot.cli.loading import loading


def test_the_search_rests_while_code_is_loaded_and_goes_on_whatever_happens() -> None:
    before = gc.get_freeze_count()
    seen = []

    def failing() -> None:
        with loading():
            seen.append(gc.isenabled())
            raise ImportError

    with pytest.raises(ImportError):
        failing()
    assert seen == [False]
    assert gc.isenabled()
    assert gc.get_freeze_count() > before
    gc.unfreeze()
