"""The rows that presence is made of: spells, streams, and the days of use as bits."""

from __future__ import annotations

from datetime import date

from storage.answer.presence_rows import number_of, spells_of, streams_of, uses_of
from storage.tables import BLOCK
from tests.storage.answer.office import MONDAYS
from tests.storage.worlds import World


def test_days_are_counted_from_1970() -> None:
    assert number_of(date(1970, 1, 1)) == 0
    assert number_of(date(2026, 2, 3)) - number_of(MONDAYS[0]) == 1


def test_everybody_has_a_bit_of_their_own_a_mover_the_same_in_both_spells_and_an_agent_none(office: World) -> None:
    spells = spells_of(office.connection, office.directory.workspace_id)
    people = [spell.person for spell in spells if spell.kind != "agent"]
    mover = office.directory.person["mover@x.example"].id

    assert [spell.person for spell in spells if spell.kind == "agent"] == [0]
    assert all(person.bit_count() == 1 for person in people)
    assert len({*people}) == len(people) - 1
    assert len({spell.person for spell in spells if spell.person_id == mover}) == 1


def test_a_spell_without_an_end_lasts_beyond_every_day_asked(office: World) -> None:
    spells = spells_of(office.connection, office.directory.workspace_id)
    mover = [spell for spell in spells if spell.person_id == office.directory.person["mover@x.example"].id]

    assert mover[0].last == mover[1].first - 1
    assert mover[1].last > number_of(date(2200, 1, 1))


def test_streams_are_told_apart_by_source_only_where_that_is_asked(office: World) -> None:
    one = streams_of(office.connection, office.directory.workspace_id, told_apart=())
    each = streams_of(office.connection, office.directory.workspace_id, told_apart=("source",))

    assert {stream.source for stream in one} == {""}
    assert {stream.source for stream in each} >= {"files"}
    assert {stream[:7] for stream in one} == {stream[:7] for stream in each}


def test_use_of_several_days_is_several_bits_and_of_nobody_is_none(office: World) -> None:
    block = number_of(MONDAYS[0]) // BLOCK
    rows = office.connection.execute(uses_of(office.directory.workspace_id, block, told_apart=())).all()
    wanted = {number_of(day) - block * BLOCK for day in MONDAYS if number_of(day) // BLOCK == block}
    spells = {spell.id for spell in spells_of(office.connection, office.directory.workspace_id)}

    assert {row[0] for row in rows} <= spells
    most = max((int(row[2]) for row in rows), key=int.bit_count)
    assert {place for place in range(BLOCK) if most >> place & 1} == wanted


def test_tokens_are_not_needed_to_have_use(office: World) -> None:
    block = number_of(MONDAYS[0]) // BLOCK
    silent = {stream.id for stream in streams_of(office.connection, office.directory.workspace_id)
              if stream.tool == "silent"}  # fmt: skip
    rows = office.connection.execute(uses_of(office.directory.workspace_id, block, told_apart=())).all()

    assert silent & {row[1] for row in rows}
