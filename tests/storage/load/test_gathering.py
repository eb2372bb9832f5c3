"""Rows of one key come together, while memory holds them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine

from storage.load.gathering import Repeats
from storage.load.writes import LoadOf, save_usage
from tests.storage.load.facts import MONDAY, rollup, use


def test_of_a_repeated_key_the_last_record_counts_or_they_add_up(engine: Engine, load: LoadOf) -> None:
    records = [use(input_tokens=1), use(input_tokens=2), use(input_tokens=4)]

    assert save_usage(engine, load, records).new == 3
    assert rollup(engine) == [(MONDAY, 4, 0)]

    save_usage(engine, replace(load, repeats=Repeats.ADD), records)
    assert rollup(engine) == [(MONDAY, 7, 0)]
