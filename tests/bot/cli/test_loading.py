"""Garbage is not searched for while code is loaded."""

from __future__ import annotations

import gc
from contextlib import suppress

from bot.cli.loading import loading


def test_the_search_rests_while_code_is_loaded_and_goes_on_whatever_happens() -> None:
    before = gc.get_freeze_count()
    seen = []
    with suppress(ImportError), loading():
        seen.append(gc.isenabled())
        raise ImportError
    assert [*seen, gc.isenabled()] == [False, True]
    assert gc.get_freeze_count() > before
    gc.unfreeze()
