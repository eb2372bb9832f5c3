"""Which days of a file need not be read again, after what may have happened to the store since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine, select

from storage.load.known_days import DaysMoved, KnownDays, ToldDays
from storage.load.undoing import undo
from storage.load.writes import LoadOf, Saved, save_usage
from storage.records import Restate, UsageRecord
from storage.tables import Load
from tests.storage.load.facts import MONDAY, NOW, TUESDAY, before_the_lock, roster, use

WEDNESDAY = date(2026, 11, 18)
FILE = ToldDays("as usual", {MONDAY: (1, "a"), TUESDAY: (1, "b")})
ROWS = [use("m", MONDAY, cost=Decimal(1)), use("t", TUESDAY, cost=Decimal(1))]


def _load(engine: Engine, load: LoadOf, rows: list[UsageRecord], told: ToldDays = FILE) -> tuple[set[date], Saved]:
    """Load a file of these rows but those of days that are known; gives these days too."""
    known = KnownDays(load.workspace_id, load.source, load.feed, load.what)
    left = known.leave_out(engine, told)
    saved = save_usage(engine, replace(load, known=known), [row for row in rows if row.day not in left])
    return {*left}, saved


def test_a_file_that_tells_a_day_alike_again_leaves_it_out(engine: Engine, load: LoadOf) -> None:
    roster(engine, load, [("ana@acme.example", MONDAY)])

    first, _ = _load(engine, load, ROWS)
    again, saved = _load(engine, load, ROWS)

    assert (first, again) == (set(), {MONDAY, TUESDAY})
    assert (saved.unchanged, saved.days, saved.first_day, saved.last_day) == (2, 2, MONDAY, TUESDAY)
    other = ToldDays(FILE.reading, {**FILE.days, TUESDAY: (1, "changed")})
    part, saved = _load(engine, load, [ROWS[0], replace(ROWS[1], input_tokens=11)], other)
    assert (part, saved.unchanged, saved.changed) == ({MONDAY}, 1, 1)
    with engine.connect() as connection:  # what a file told is kept once
        assert len([*connection.scalars(select(Load.id).where(Load.told.is_not(None)))]) == 1


def test_what_came_between_has_a_day_read_again(engine: Engine, load: LoadOf) -> None:
    def saves(*rows: UsageRecord) -> Callable[[LoadOf], Saved]:
        return lambda other: save_usage(engine, other, rows)

    def saves_whole_days(other: LoadOf) -> None:
        save_usage(engine, replace(other, rule=Restate.WHOLE_DAYS), [use("x", MONDAY, cost=Decimal(1))])

    def is_taken_back(other: LoadOf) -> None:
        load_id = saves(replace(ROWS[0], input_tokens=6))(other).load_id
        with engine.begin() as connection:
            undo(connection, other.workspace_id, load_id, NOW)

    cases: dict[str, tuple[Callable[[LoadOf], object], set[date]]] = {
        "another day": (saves(use("w", WEDNESDAY)), {MONDAY, TUESDAY}),
        "a fact was changed": (saves(replace(ROWS[0], input_tokens=5)), {TUESDAY}),
        "a fact was added": (saves(use("n", MONDAY, cost=Decimal(1))), {TUESDAY}),
        "a fact went": (saves_whole_days, set()),
        "a load was taken back": (is_taken_back, set()),
    }
    for name, (between, expected) in cases.items():
        roster(engine, load, [("ana@acme.example", MONDAY)])
        own = replace(load, source=name)
        _load(engine, own, ROWS)
        between(replace(own, what="another file"))
        assert _load(engine, own, ROWS)[0] == expected, name


def test_a_day_that_holds_a_row_twice_is_read_again(engine: Engine, load: LoadOf) -> None:
    told = ToldDays("as usual", {MONDAY: (1, "a"), TUESDAY: (2, "b")})
    rows = [*ROWS, ROWS[1]]

    _load(engine, load, rows, told)

    assert _load(engine, load, rows, told)[0] == {MONDAY}


def test_what_lacks_a_price_or_is_nobodys_is_counted_also_where_it_is_left_out(engine: Engine, load: LoadOf) -> None:
    roster(engine, load, [("ana@acme.example", MONDAY)])
    rows = [replace(ROWS[0], cost=None), replace(ROWS[1], subject="zoe@acme.example")]
    _load(engine, load, rows)

    _, as_read = _load(engine, load, rows, ToldDays("read again", FILE.days))
    left, saved = _load(engine, load, rows, ToldDays("read again", FILE.days))

    assert left == {MONDAY, TUESDAY}
    assert replace(saved, load_id=0) == replace(as_read, load_id=0)
    assert (saved.unmatched, dict(saved.unpriced_models)) == (("zoe@acme.example",), {"m": 1})
    roster(engine, load, [("ana@acme.example", TUESDAY)])
    _, saved = _load(engine, load, rows, ToldDays("read again", FILE.days))
    assert (saved.unmatched_rows, saved.outside_rows) == (1, 1)


def test_another_header_or_another_feed_is_read_again(engine: Engine, load: LoadOf) -> None:
    roster(engine, load, [("ana@acme.example", MONDAY)])
    _load(engine, load, ROWS)

    assert _load(engine, replace(load, feed="laptops"), ROWS)[0] == set()
    assert _load(engine, load, ROWS, ToldDays("otherwise", FILE.days))[0] == set()


def test_a_store_that_changed_while_the_file_was_read_is_told_of(engine: Engine, load: LoadOf) -> None:
    roster(engine, load, [("ana@acme.example", MONDAY)])
    _load(engine, load, ROWS)
    changed = replace(ROWS[0], input_tokens=7)

    with (
        before_the_lock(engine, lambda: save_usage(engine, replace(load, what="another"), [changed])),
        pytest.raises(DaysMoved),
    ):
        _load(engine, load, ROWS)
