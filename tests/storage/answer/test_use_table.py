"""Spells with use of some streams on some days, against a look at each use."""

from __future__ import annotations

from random import Random

from storage.answer.use_table import UseTable

SPELLS, STREAMS, DAYS = 90, 7, 200


def test_the_spells_found_are_those_with_a_use_of_the_streams_on_the_days() -> None:
    dice = Random(7)
    uses = {
        spell: [(1 << dice.randrange(STREAMS), dice.getrandbits(DAYS) & dice.getrandbits(DAYS)) for _ in range(2)]
        for spell in range(0, SPELLS, 2)
    }
    table = UseTable(SPELLS, uses)
    for _ in range(50):
        what, days = dice.getrandbits(STREAMS), 0b111 << dice.randrange(DAYS + 70)
        expected = sum(
            1 << spell for spell, own in uses.items() if any(stream & what and used & days for stream, used in own)
        )
        assert table.spells_with_use(what, days) == expected


def test_nobody_has_use_where_nothing_is_recorded() -> None:
    assert UseTable(3, {}).spells_with_use(1, 1) == 0
