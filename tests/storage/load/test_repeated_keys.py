"""Rows of one key come together also where memory does not hold all of them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine

from storage.load.gathering import PENDING_KEYS, Repeats
from storage.load.writes import LoadOf, save_usage
from tests.storage.load.facts import MONDAY, rollup, use


def test_repeats_that_lie_far_apart_are_found_too(engine: Engine, load: LoadOf) -> None:
    apart = PENDING_KEYS + 10
    keys = [f"k{n}" for n in range(apart)]
    records = [use(key, input_tokens=tokens, subject=f"p{tokens}@acme.example") for tokens in (1, 2) for key in keys]

    saved = save_usage(engine, load, records)

    assert saved.new == 2 * apart
    assert rollup(engine) == [(MONDAY, 2 * apart, 0)]
    save_usage(engine, replace(load, source="other", repeats=Repeats.ADD), records)
    assert rollup(engine) == [(MONDAY, 5 * apart, 0)]
