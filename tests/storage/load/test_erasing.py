"""Somebody who is erased: gone from all that is stored, for good, while teams keep their figures."""

from __future__ import annotations

import zlib
from datetime import timedelta

from sqlalchemy import insert, inspect, select

from storage.keep import open_turns, outbox
from storage.keep.outbox import Draft
from storage.load.erasing import erase
from storage.load.outcomes import OutcomeRecord, save_outcomes
from storage.roster_records import SpellRecord
from storage.tables import Outcome, Subscription
from tests.storage.load.stores import ANA, BO, JULY, JUNE, NOW, Store, spell

HOUR = timedelta(hours=1)
NAME = "Ana Öztürk"


def erased(store: Store, email: str = ANA) -> str | None:
    with store.engine.begin() as connection:
        return erase(connection, store.workspace_id, email, NOW)


def held(store: Store) -> str:
    """All that the store holds, packed or not."""
    with store.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        rows = [row for table in tables for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"')]
    return " ".join(_readable(value) for row in rows for value in row).lower()


def _readable(value: object) -> str:
    if not isinstance(value, bytes | memoryview):
        return str(value)
    try:
        return zlib.decompress(value).decode()
    except zlib.error:
        return bytes(value).decode(errors="replace")


def test_use_stays_in_the_team_under_a_pseudonym_and_whoever_is_erased_stays_so(store: Store) -> None:
    known = (spell(ANA, name=NAME), spell(BO))
    store.roster(*known)
    store.use((ANA, JUNE), (BO, JUNE))

    pseudonym = erased(store, " Ana@ACME.example ")
    assert pseudonym is not None
    after = [(JUNE, BO, "Platform"), (JUNE, pseudonym, "Platform")]
    assert store.rollup() == after
    assert erased(store) is None

    store.roster(*known)
    store.use((ANA, JULY))
    assert ANA not in {email for _, email, _ in store.rollup()}
    assert erased(store, "zoe@acme.example") is None


def test_nothing_that_waits_or_was_replaced_names_them_and_what_is_others_stays(store: Store) -> None:
    store.roster(SpellRecord(email=ANA, name=NAME, team="Platform", start=JUNE), spell(BO))
    with store.engine.begin() as connection:
        for email, user in ((ANA, "U0ANA"), (BO, "U0BO")):
            place = {"slack_team": "T1", "channel": f"C{user}", "owner": user, "email": email, "zone": "UTC"}
            row = {"workspace_id": store.workspace_id, "weekday": 0, "minute": 540, "since": NOW, **place}
            connection.execute(insert(Subscription).values(row))
            turn = {"user": user, "text": "tokens this month"}
            open_turns.open_(connection, store.workspace_id, f"turn {user}", turn, NOW, HOUR)
            draft = Draft(key=f"to {user}", slack_team="T1", channel=user, message={"text": "ready"})
            outbox.put(connection, store.workspace_id, draft, NOW, HOUR)
        named = {"user": "U0CY", "text": f"tokens of {NAME}"}
        open_turns.open_(connection, store.workspace_id, "turn about", named, NOW, HOUR)
        draft = Draft(key="about", slack_team="T1", channel="C1", message={"text": f"{NAME} used little"})
        outbox.put(connection, store.workspace_id, draft, NOW, HOUR)

    erased(store)

    with store.engine.connect() as connection:
        assert open_turns.count(connection) == 1
        assert outbox.counts(connection) == {"waiting": 1, "dropped": 2}
        taken = outbox.take(connection, NOW, HOUR)
    assert taken is not None
    assert taken.key == "to U0BO"
    assert "ztürk" not in held(store)
    assert "u00d6zt" not in held(store)


def test_checks_say_it_no_more_even_where_later_ones_replaced_them_and_a_later_load_does_not_bring_it_back(
    store: Store,
) -> None:
    store.roster(spell(ANA), spell(BO))

    def check(run: str, by: str, load: int) -> None:
        outcome = OutcomeRecord(run_id=run, day=JUNE, workflow="triage", checker="human", checked_by=by, success=True)
        with store.engine.begin() as connection:
            save_outcomes(connection, store.workspace_id, [outcome], lambda _result: load)

    check("1", ANA, 0)
    check("2", BO, 0)
    pseudonym = erased(store)
    check("3", ANA, 0)

    with store.engine.connect() as connection:
        by_run = {run: by for run, by in connection.execute(select(Outcome.run_id, Outcome.checked_by))}
    assert by_run == {"1": pseudonym, "2": BO, "3": pseudonym}
    assert ANA not in held(store)
