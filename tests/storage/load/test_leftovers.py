"""Nothing stays of a large load whose process died before it was whole; one that was whole is brought to its end."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import Engine, select

from storage.engine import reading_engine
from storage.load.leftovers import take_away
from storage.load.locking import lock_revision
from storage.load.undoing import read_loads
from storage.load.writes import LoadOf, save_usage
from storage.records import Period
from storage.tables import Stream, UnfinishedLoad, UsageBefore
from tests.storage.load.facts import MONDAY, TUESDAY, roster, use
from tests.storage.load.parts import Killed, in_parts, killed_at, some_uses, tokens
from tests.storage.load.test_shifting import PEOPLE, made_again, rolled_up

pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)


def everything(engine: Engine, load: LoadOf) -> list[object]:
    with engine.connect() as connection:
        loads = [note.id for note in read_loads(connection, load.workspace_id)]
        streams = connection.scalars(select(Stream.tool).order_by(Stream.id)).all()
        past = connection.execute(select(UsageBefore.key, UsageBefore.replaced_by)).all()
        return [rolled_up(connection), loads, streams, sorted(past)]


def test_wherever_its_process_dies_a_load_is_there_whole_or_not_at_all(
    engine: Engine, store_url: str, load: LoadOf
) -> None:
    dice, reading = Random(5), reading_engine(store_url)
    roster(engine, load, [(person, MONDAY) for person in PEOPLE[:2]])
    save_usage(engine, load, some_uses(dice, 30))
    before, old = everything(engine, load), tokens(reading)
    news = [*some_uses(dice, 30), use("another tool", tool="Windsurf")]
    died = 0

    while True:
        with killed_at(died + 1), pytest.raises(Killed):
            save_usage(engine, replace(load, whole=Period(TUESDAY, TUESDAY)), news)
        died += 1
        seen = tokens(reading)
        with killed_at(2), suppress(Killed):
            take_away(engine)
        with in_parts(), engine.begin() as connection:
            lock_revision(connection, load.workspace_id)  # whoever writes next takes away what is left
            assert connection.scalars(select(UnfinishedLoad.id)).all() == []
        with engine.connect() as connection:
            assert rolled_up(connection) == made_again(connection, load.workspace_id)
        assert tokens(reading) == seen
        if seen != old:
            break
        assert everything(engine, load) == before

    assert died > 9
    reading.dispose()


def test_a_load_that_fails_leaves_the_store_as_it_was_at_once(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use(f"k{number}") for number in range(6)])
    before, left = everything(engine, load), [4]

    def fail() -> None:
        left[0] -= 1
        if left[0] == 0:
            raise OSError("no room left")

    with in_parts(fail), pytest.raises(OSError, match="no room"):
        save_usage(engine, load, [use(f"k{number}", input_tokens=1) for number in range(20)])

    assert everything(engine, load) == before
    assert take_away(engine)
